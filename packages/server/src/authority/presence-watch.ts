import { hasMedia, type DeviceMessage, type Fact, type Instant } from '@holdfast/protocol';
import type { Desk } from './desk.js';
import { actorOf, type Seat } from './seat.js';

/** How often silence is looked for. */
export const LOOK_EVERY_MS = 250;
/** A look that comes this late says that this process stood still, not the devices. */
const OWN_PAUSE_MS = 750;
/** A heartbeat that was still on its way when the page said that it goes away. */
const UNLOADING_ECHO_MS = 1000;
/** The facts come before the charts' own deadline for them. */
const REASSESS_EARLY_MS = 2 * LOOK_EVERY_MS;

type Beat = Extract<DeviceMessage, { type: 'beat' }>;

export interface WatchOptions {
  readonly nowMs: () => Instant;
  readonly onProblem: () => void;
}

/**
 * Turns what comes from sockets into facts about devices. A closed socket is no proof of anything: silence is. Facts are
 * never awaited by whoever noticed: the queue of the session keeps their order.
 */
export class PresenceWatch {
  readonly #options: WatchOptions;
  #lookedAtMs: Instant;
  #isPassedOver = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#lookedAtMs = options.nowMs();
  }

  /** A device opened its line. `takesMedia`: a page that opens the session anew. */
  arrived(desk: Desk, seat: Seat, takesMedia: boolean): void {
    const { person, device, presence } = seat;
    if (takesMedia) seat.openedAtMs = this.#options.nowMs();
    if ((presence === 'heard' || presence === 'left') && !takesMedia) return;
    const isKnown = presence === 'awaited' || (presence === 'silent' && !takesMedia);
    const fact: Fact = isKnown
      ? { type: 'device.heard', person: person.id, device, heardAtMs: this.#options.nowMs() }
      : { type: 'device.joined', person: person.id, device };
    this.#back(desk, seat, fact);
  }

  /** Anything at all came from the device. */
  heard(desk: Desk, seat: Seat): void {
    const atMs = this.#options.nowMs();
    const { presence, person, device } = seat;
    if (presence === 'left') return;
    if (presence === 'unloading' && atMs - seat.unloadingAtMs < UNLOADING_ECHO_MS) return;
    if (presence === 'heard') seat.lastHeardAtMs = atMs;
    else this.#back(desk, seat, { type: 'device.heard', person: person.id, device, heardAtMs: atMs });
  }

  /** What a device sees of its media is stated for it when it was not heard for a while and has not said so itself. */
  beat(desk: Desk, seat: Seat, { media }: Beat): void {
    const { client } = desk;
    const { person, device } = seat;
    const isOwed = seat.owesEvidence || (seat.owesRecovery && media.state === 'up');
    if (!isOwed || client === undefined || !hasMedia(person.role)) return;
    if (media.state === 'none' || media.state === 'connecting') return;
    seat.owesEvidence = false;
    // A heartbeat may be older than what the device has said itself: silence that was stated for it is taken back by the next.
    seat.owesRecovery = media.state === 'silent';
    const lastBothWaysAtMs = Math.min(media.lastBothWaysAtMs ?? seat.lastHeardAtMs, this.#options.nowMs());
    const { state } = media;
    const fact: Fact = {
      type: 'media.reported',
      client: client.id,
      device,
      state,
      lastBothWaysAtMs,
      verdict: 'unknown',
    };
    void desk.state(fact, actorOf(seat)).catch(this.#options.onProblem);
  }

  /** The device said something of itself. */
  said(seat: Seat, fact: Fact['type']): void {
    if (fact === 'person.left' || fact === 'person.exited') seat.presence = 'left';
    if (fact === 'media.reported') seat.owesEvidence = false;
    if (fact !== 'device.unloading') return;
    seat.presence = 'unloading';
    seat.unloadingAtMs = this.#options.nowMs();
  }

  /** Looks for silence in every session. */
  look(desks: Iterable<Desk>): void {
    const atMs = this.#options.nowMs();
    const isAfterPause = atMs - this.#lookedAtMs > OWN_PAUSE_MS;
    this.#lookedAtMs = atMs;
    // What arrived meanwhile is still in the sockets: it is read before the next look. One look only, so that a machine
    // that is slow all the time still notices silence (H02).
    this.#isPassedOver = isAfterPause && !this.#isPassedOver;
    if (this.#isPassedOver) return;
    for (const desk of desks) {
      if (!desk.live.record.isOpen) continue;
      const { suspectAfterMs } = desk.live.session.policy.durations;
      for (const seat of desk.seats.values()) {
        if (seat.presence === 'heard' && atMs - seat.lastHeardAtMs >= suspectAfterMs)
          this.#silent(desk, seat);
      }
      this.#reassess(desk, atMs);
    }
  }

  /** Who has not come back by now is silent since the newest proof of life that was stored (design, "After a start"). */
  #reassess(desk: Desk, atMs: Instant): void {
    const { reassessMs } = desk.live.session.policy.durations;
    if (desk.awaitsSinceMs === null || atMs < desk.awaitsSinceMs + reassessMs - REASSESS_EARLY_MS) return;
    desk.awaitsSinceMs = null;
    for (const seat of desk.seats.values()) if (seat.presence === 'awaited') this.#silent(desk, seat);
  }

  #back(desk: Desk, seat: Seat, fact: Fact): void {
    seat.owesEvidence = seat.presence !== 'new';
    seat.presence = 'heard';
    seat.lastHeardAtMs = this.#options.nowMs();
    if (desk.live.record.isOpen) void desk.state(fact).catch(this.#options.onProblem);
  }

  #silent(desk: Desk, seat: Seat): void {
    const { person, device, lastHeardAtMs } = seat;
    seat.presence = 'silent';
    void desk
      .state({ type: 'device.silent', person: person.id, device, lastHeardAtMs })
      .catch(this.#options.onProblem);
  }
}
