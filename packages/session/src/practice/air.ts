import type { LineSocket } from '../device/line.js';

/** The network of a device without a page: what of it works now. */
export class Air {
  readonly #sockets = new Set<AirSocket>();
  readonly #onBack = new Set<(isOnline: boolean) => void>();
  #isLineUp = true;
  #isMediaUp = true;

  /** Heartbeats of the media path get through. */
  get isMediaUp(): boolean {
    return this.#isMediaUp;
  }

  /** The line to the session server gets through. */
  get isLineUp(): boolean {
    return this.#isLineUp;
  }

  /** Nothing closes and nobody is told, as in a real outage; `line` false: only media is lost. */
  cut({ line }: { readonly line: boolean }): void {
    this.#isMediaUp = false;
    if (line) this.#isLineUp = false;
  }

  /** All is back, and this device's system says so. */
  heal(): void {
    this.#isMediaUp = true;
    if (this.#isLineUp) return;
    this.#isLineUp = true;
    // What stood in the outage wakes minutes late, if ever: the device dials anew.
    for (const socket of this.#sockets) socket.lose();
    this.#sockets.clear();
    for (const call of this.#onBack) call(true);
  }

  /** Called when the network is back. Returns its cancel. */
  onBack(call: (isOnline: boolean) => void): () => void {
    this.#onBack.add(call);
    return () => this.#onBack.delete(call);
  }

  /** A socket through this air. */
  through(open: () => LineSocket): LineSocket {
    const socket = new AirSocket(this, this.#isLineUp ? open() : null);
    this.#sockets.add(socket);
    return socket;
  }
}

class AirSocket implements LineSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly #air: Air;
  readonly #inner: LineSocket | null;

  /** `inner` null: dialled into the outage, it never opens. */
  constructor(air: Air, inner: LineSocket | null) {
    this.#air = air;
    this.#inner = inner;
    if (inner === null) return;
    inner.onopen = () => air.isLineUp && this.onopen?.();
    inner.onmessage = (event) => air.isLineUp && this.onmessage?.(event);
    inner.onclose = () => air.isLineUp && this.onclose?.();
  }

  send(text: string): void {
    if (this.#air.isLineUp) this.#inner?.send(text);
  }

  /** Given up in the middle of an outage, the other end does not learn of it. */
  close(): void {
    if (this.#air.isLineUp) this.#inner?.close();
  }

  /** The outage is over, and this one with it. */
  lose(): void {
    this.onclose?.();
    this.#inner?.close();
  }
}
