import type { LineSocket } from '@holdfast/session/practice';
import type { WebSocket } from 'ws';

/** The session server's end of one line, whatever carries it. */
export interface LineEnd {
  readonly isOpen: boolean;
  /** Sent, and not yet on its way. */
  readonly unreadBytes: number;
  listen(listeners: {
    readonly onMessage: (data: Buffer, isBinary: boolean) => void;
    readonly onClosed: () => void;
  }): void;
  send(text: string): void;
  close(code: number): void;
  /** At once, without a goodbye. */
  terminate(): void;
}

export const webSocketEnd = (socket: WebSocket): LineEnd => ({
  get isOpen() {
    return socket.readyState === socket.OPEN;
  },
  get unreadBytes() {
    return socket.bufferedAmount;
  },
  listen({ onMessage, onClosed }) {
    socket.on('message', (data: Buffer, isBinary: boolean) => onMessage(data, isBinary));
    socket.on('close', onClosed);
    // The close event follows, with all that there is to do.
    socket.on('error', () => {});
  },
  send: (text) => socket.send(text),
  close: (code) => socket.close(code),
  terminate: () => socket.terminate(),
});

interface Timers {
  after(delayMs: number, call: () => void): () => void;
}

/**
 * A line within this process, for a device that is played here: the device's end. Messages take a turn each way and stay in
 * order.
 */
export function lineWithin(timers: Timers, accept: (end: LineEnd) => void): LineSocket {
  let isOpen = true;
  let onMessage: (data: Buffer, isBinary: boolean) => void = () => {};
  let onClosed: () => void = () => {};
  const later = (call: () => void): void => void timers.after(0, call);
  const end = (tellDevice: boolean): void => {
    if (!isOpen) return;
    isOpen = false;
    later(() => {
      onClosed();
      if (tellDevice) device.onclose?.();
    });
  };
  const device: LineSocket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (text) =>
      later(() => {
        if (isOpen) onMessage(Buffer.from(text), false);
      }),
    close: () => end(false),
  };
  later(() => {
    if (!isOpen) return;
    accept({
      get isOpen() {
        return isOpen;
      },
      unreadBytes: 0,
      listen: (listeners) => ({ onMessage, onClosed } = listeners),
      send: (text) => later(() => device.onmessage?.({ data: text })),
      close: () => end(true),
      terminate: () => end(true),
    });
    device.onopen?.();
  });
  return device;
}
