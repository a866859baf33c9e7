import { randomUUID } from 'node:crypto';
import { hasMedia, isParticipant, type Id, type RefusalCode } from '@holdfast/protocol';
import type { Clock } from '@holdfast/session';
import type { VideoServer } from '../video/video-server.js';
import type { Desk } from './desk.js';
import { outsideOf, type Outside } from './outside.js';
import { actorOf, sendTo, type Seat } from './seat.js';

/** After a video server that failed, before it is asked again. */
const RETRY_AFTER_MS = 2000;
/** How soon a participant who is outside, and comes back with a token that still lives, is out again. */
const PUT_OUT_EVERY_MS = 2000;
/** Grants of these name the other side's device. */
const DIRECT: readonly VideoServer['transport'][] = ['webrtc', 'practice'];

export interface GrantsOptions extends Outside {
  readonly clock: Clock;
  readonly nowMs: () => number;
  readonly onProblem: (what: 'video-failed') => void;
}

/** Media grants: never before the gate is open for that person, never for two devices of one person (H13). */
export class MediaGrants {
  readonly #options: GrantsOptions;
  /** One for a session, however many devices wait for it. */
  readonly #retries = new Map<Desk, () => void>();
  /** Sessions with a participant who was let in and is not any more. */
  readonly #doors = new Map<Desk, () => void>();
  #isClosed = false;

  constructor(options: GrantsOptions) {
    this.#options = options;
  }

  /** Gives every device that has media what it needs, when that has changed. Returns at once. */
  refresh(desk: Desk): void {
    desk.renewRoles();
    const isAllowed = desk.isMediaAllowed();
    const isTakenBack = desk.wasMediaAllowed && !isAllowed;
    desk.wasMediaAllowed = isAllowed;
    // Media that was allowed and is not any more (consent taken back): whoever holds a token is put out.
    if (isTakenBack) void this.#closeOldRoom(desk);
    else if (!isAllowed && desk.isGathering()) void this.#openAhead(desk);
    for (const seat of desk.seats.values()) void this.#refreshSeat(desk, seat);
    void this.#putOut(desk);
  }

  /** The room is there, and the video server known to answer, before anybody may go in: nobody waits for it then. */
  async #openAhead(desk: Desk): Promise<void> {
    const { room } = desk;
    const { client } = desk;
    const isClientHere = client !== undefined && (desk.holderOf(client.id)?.connections.size ?? 0) > 0;
    if (!desk.live.record.isOpen || !isClientHere || desk.openedAhead === room) return;
    desk.openedAhead = room;
    try {
      await this.#videoOf(desk).openRoom({ room, policy: desk.live.session.policy });
    } catch {
      desk.openedAhead = null;
      this.#failed(desk);
    }
  }

  /** A device asks: a grant, or why not. */
  async answer(desk: Desk, seat: Seat, id: Id): Promise<void> {
    const code = refusalFor(desk, seat);
    // The grant that is on its way answers this one, too.
    if (code === null && seat.isGranting) return;
    if (code === null && (await this.#tryToGive(desk, seat, id))) return;
    sendTo(seat, { type: 'settled', id, outcome: 'refused', code: code ?? 'not-now' });
  }

  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#retries.values()) cancel();
    this.#retries.clear();
    for (const cancel of this.#doors.values()) cancel();
    this.#doors.clear();
  }

  /**
   * J11: who was let in and is outside now is put out of the room at once, and again for as long as they are outside: a
   * removal takes no token back. A new room would do that, too, and would break the contact of those who stay (C7a).
   */
  async #putOut(desk: Desk): Promise<void> {
    this.#doors.get(desk)?.();
    this.#doors.delete(desk);
    const { outside } = desk;
    if (this.#isClosed || outside.length === 0) return;
    this.#doors.set(
      desk,
      this.#options.clock.after(PUT_OUT_EVERY_MS, () => void this.#putOut(desk)),
    );
    const { room } = desk;
    const { policy } = desk.live.session;
    for (const person of outside) {
      await this.#videoOf(desk)
        .removePerson({ room, policy, person })
        .catch(() => this.#options.onProblem('video-failed'));
    }
  }

  /** Whether a description may be handed from this device to that one. */
  maySignal(desk: Desk, from: Seat, to: Id): boolean {
    return refusalFor(desk, from) === null && desk.peerOf(from)?.device === to;
  }

  async #refreshSeat(desk: Desk, seat: Seat): Promise<void> {
    if (seat.isGranting || seat.connections.size === 0) return;
    if (refusalFor(desk, seat) !== null) return void (seat.granted = null);
    if (!this.#isStale(desk, seat)) return;
    if (await this.#tryToGive(desk, seat, null)) void this.#refreshSeat(desk, seat);
  }

  async #tryToGive(desk: Desk, seat: Seat, id: Id | null): Promise<boolean> {
    seat.isGranting = true;
    try {
      await this.#give(desk, seat, id);
      return true;
    } catch {
      this.#failed(desk);
      return false;
    } finally {
      seat.isGranting = false;
    }
  }

  #failed(desk: Desk): void {
    const { clock, onProblem } = this.#options;
    onProblem('video-failed');
    if (this.#isClosed || this.#retries.has(desk)) return;
    const retry = (): void => {
      this.#retries.delete(desk);
      this.refresh(desk);
    };
    this.#retries.set(desk, clock.after(RETRY_AFTER_MS, retry));
  }

  /** Direct media needs to know the other device; a server of its own does not care. */
  #isStale(desk: Desk, seat: Seat): boolean {
    if (seat.granted?.room !== desk.room) return true;
    const peer = desk.peerOf(seat)?.device ?? null;
    const isDirect = DIRECT.includes(this.#videoOf(desk).transport);
    return isDirect && peer !== null && peer !== seat.granted.peer;
  }

  #videoOf(desk: Desk): VideoServer {
    return outsideOf(this.#options, desk.live.session).video;
  }

  async #give(desk: Desk, seat: Seat, id: Id | null): Promise<void> {
    const { nowMs } = this.#options;
    const video = this.#videoOf(desk);
    const { person, device } = seat;
    const { room } = desk;
    const peerDevice = desk.peerOf(seat)?.device ?? null;
    const { policy } = desk.live.session;
    const asked = { ...desk.key, room, person: person.id, device, role: person.role, peerDevice, policy };
    const grant = await video.grant({ ...asked, nowMs: nowMs() });
    // The gate may have closed meanwhile.
    if (refusalFor(desk, seat) !== null) return;
    seat.granted = { room, peer: peerDevice };
    // Media first: neither this grant nor the next one waits for the record, nor for a store that is gone.
    sendTo(seat, { type: 'grant', id, grant });
    if (seat.notedRoom !== room) void this.#note(desk, seat, room);
  }

  async #note(desk: Desk, seat: Seat, room: Id): Promise<void> {
    seat.notedRoom = room;
    const subject = { kind: 'device', id: seat.device } as const;
    const details = { transport: this.#videoOf(desk).transport };
    try {
      await desk.note({ kind: 'media.granted', rules: ['G1'], subject, actor: actorOf(seat), details });
    } catch {
      // Not taken: it is noted with the next grant.
      seat.notedRoom = null;
    }
  }

  async #closeOldRoom(desk: Desk): Promise<void> {
    const { session } = desk.live;
    const { room } = desk;
    // J18: the others stay in it, and this session's client is put out.
    if (desk.isRoomUsed) return;
    try {
      await this.#videoOf(desk).closeRoom({ room, policy: session.policy });
    } catch {
      // Until it is closed it stays the session's room: the next try, a start, or the end of the session closes it.
      desk.wasMediaAllowed = desk.live.record.isOpen;
      return this.#failed(desk);
    }
    const id = `room-${randomUUID()}`;
    const work = { kind: 'notes', id, notes: [], outcome: null, room: 'next', vault: 'same' } as const;
    await desk.live.take(work).catch(() => {});
  }
}

function refusalFor(desk: Desk, seat: Seat): RefusalCode | null {
  if (!desk.live.record.isOpen) return 'session-closed';
  const isThird = isParticipant(seat.person.role);
  if (!hasMedia(seat.person.role) && !isThird) return 'not-allowed';
  // J1: outside they are told only that they are not let in, whatever the reason.
  if (isThird && !desk.isMediaAllowed(seat.person)) return 'not-admitted';
  if (!desk.isMediaAllowed()) return desk.isClientAdmitted() ? 'gate-open' : 'not-admitted';
  if (!desk.isMediaAllowed(seat.person)) return 'not-now';
  return seat.holdsMedia ? null : 'opened-elsewhere';
}
