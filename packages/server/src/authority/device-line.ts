import { randomUUID } from 'node:crypto';
import {
  AFTER_CLOSE,
  isCommandType,
  refusal,
  WIRE_VERSION,
  type DeviceMessage,
  type Id,
  type Instant,
  type RefusalCode,
  type ServerMessage,
} from '@holdfast/protocol';
import type { InputOutcome } from '../store/store.js';
import { admitInput } from './admit-input.js';
import type { Charge } from './charge.js';
import type { Desk } from './desk.js';
import type { MediaGrants } from './media-grants.js';
import type { PresenceWatch } from './presence-watch.js';
import { hearNote } from './discreet-signal.js';
import { actorOf, inputIdOf, makeSeat, sendTo, type Connection, type Seat } from './seat.js';
import type { Watchdog } from './watchdog.js';

type Hello = Extract<DeviceMessage, { type: 'hello' }>;
type InputMessage = Extract<DeviceMessage, { type: 'input' }>;

export interface LineTools {
  readonly nowMs: () => Instant;
  readonly charge: Charge;
  readonly presence: PresenceWatch;
  readonly grants: MediaGrants;
  readonly watchdog: Watchdog;
  readonly dutyLine: string | null;
}

/** A device's line after its hello: what it says from now on, and its end. */
export interface DeviceLine {
  readonly desk: Desk;
  readonly seat: Seat;
  take(message: DeviceMessage): Promise<void>;
  /** Something that was refused before it could be read; one event. */
  refused(code: RefusalCode): void;
  ended(): void;
}

/** Seats a device and answers its hello. The caller has checked the credential and the version. */
export function openLine(
  desk: Desk,
  member: { person: Id; device: Id },
  hello: Hello,
  connection: Connection,
  tools: LineTools,
): DeviceLine | null {
  const seat = seatOf(desk, member, tools);
  if (seat === null) return null;
  takeMedia(desk, seat, hello.takesMedia, tools);
  tools.presence.arrived(desk, seat, hello.takesMedia);
  connection.send(welcomeOf(desk, seat, tools));
  if (!tools.charge.isInCharge)
    connection.send({ type: 'charge', inCharge: false, sinceMs: tools.charge.sinceMs });
  bringUpToDate(desk, seat, hello, connection);
  tools.watchdog.arrived(desk, seat);
  if (!seat.holdsMedia) connection.send({ type: 'refused', ...sentenceOf('opened-elsewhere') });
  tools.grants.refresh(desk);
  return {
    desk,
    seat,
    take: (message) => takeMessage({ desk, seat, connection, tools }, message),
    refused: (code) => noteRefused(desk, seat, code, 'message'),
    ended: () => void seat.connections.delete(connection),
  };
}

function welcomeOf({ live }: Desk, { person, epoch }: Seat, { nowMs, dutyLine }: LineTools): ServerMessage {
  const { id, policyHash, drill } = live.session;
  const { role } = person;
  const shared = { session: id, person: person.id, role, epoch, serverNowMs: nowMs(), policyHash, drill };
  const staff = role === 'client' || dutyLine === null ? {} : { dutyLine };
  return { type: 'welcome', version: WIRE_VERSION, ...shared, ...staff };
}

/**
 * A device speaks over its newest line. What still comes over an older one was said before an outage and is delivered
 * by the network after it: heard now, it would take back what the device has said since.
 */
function supersede(seat: Seat): void {
  for (const older of seat.connections) older.close();
  seat.connections.clear();
}

/** A device that holds the newest frame is sent nothing; any other gets what its person may see now. */
function bringUpToDate(desk: Desk, seat: Seat, { resume }: Hello, connection: Connection): void {
  const { epoch, sequence } = seat;
  supersede(seat);
  seat.connections.add(connection);
  desk.push();
  const isFresh = resume?.epoch === epoch && resume.sequence === sequence;
  if (seat.sequence !== sequence || isFresh || seat.json === null) return;
  connection.send({ type: 'update', sequence, projection: JSON.parse(seat.json) });
}

function seatOf(
  desk: Desk,
  { person: id, device }: { person: Id; device: Id },
  { nowMs }: LineTools,
): Seat | null {
  const known = desk.seats.get(device);
  if (known !== undefined) return known.person.id === id ? known : null;
  const person = desk.personOf(id);
  if (person === undefined) return null;
  const seat = makeSeat(person, device, 'new', nowMs());
  desk.seats.set(device, seat);
  return seat;
}

/** A newer device takes media; the older shows "open elsewhere, take back" and stays connected. */
function takeMedia(desk: Desk, seat: Seat, takesMedia: boolean, tools: LineTools): void {
  const holder = desk.holderOf(seat.person.id);
  if (takesMedia) seat.granted = null;
  if (holder === seat || (holder !== undefined && !takesMedia)) return;
  seat.holdsMedia = true;
  if (holder === undefined) return;
  holder.holdsMedia = false;
  holder.granted = null;
  sendTo(holder, { type: 'refused', ...sentenceOf('opened-elsewhere') });
  void desk
    .note({
      kind: 'device.tookMedia',
      rules: [],
      subject: { kind: 'device', id: seat.device },
      actor: actorOf(seat),
      details: { from: holder.device },
    })
    .catch(() => {});
  tools.grants.refresh(desk);
}

const sentenceOf = (code: RefusalCode): { code: RefusalCode; sentence: string } => ({
  code,
  sentence: refusal(code).sentence,
});

interface Line {
  readonly desk: Desk;
  readonly seat: Seat;
  readonly connection: Connection;
  readonly tools: LineTools;
}

async function takeMessage({ desk, seat, connection, tools }: Line, message: DeviceMessage): Promise<void> {
  if (!seat.connections.has(connection)) return;
  tools.presence.heard(desk, seat);
  switch (message.type) {
    case 'beat':
      connection.send({ type: 'beat', count: message.count, serverNowMs: tools.nowMs() });
      hearNote(desk, seat, message.note);
      return tools.presence.beat(desk, seat, message);
    case 'input':
      return takeInput(desk, seat, message, tools);
    case 'signal':
      return takeSignal(desk, seat, message, tools);
    case 'grant.request':
      return tools.grants.answer(desk, seat, message.id);
    case 'hello':
      // Take back: the same device asks for its person's media again.
      takeMedia(desk, seat, message.takesMedia, tools);
      tools.presence.arrived(desk, seat, message.takesMedia);
      return tools.grants.refresh(desk);
  }
}

async function takeInput(desk: Desk, seat: Seat, message: InputMessage, tools: LineTools): Promise<void> {
  const { body, personal, saidAtMs } = message;
  const id = inputIdOf(seat.person.id, message.id);
  const settled = (outcome: InputOutcome): void => answer(seat, { ...outcome, id: message.id });
  const client = desk.client?.id ?? '';
  const { person, device } = seat;
  const roles = desk.rolesOf(person);
  const speaker = { person, roles, device, client, held: desk.live.entries[client] ?? {} };
  const admitted = admitInput(speaker, body, personal, `a-${randomUUID()}`);
  const isTaken = desk.live.record.isOpen || AFTER_CLOSE.some((type) => type === body.type);
  const code = isTaken ? (admitted.ok ? null : admitted.code) : 'session-closed';
  if (code !== null) return settled(await refuseInput(desk, seat, id, code, body.type));
  if (!admitted.ok) return;
  const work = {
    kind: 'input',
    id,
    from: actorOf(seat),
    body: admitted.body,
    saidAtMs,
    vault: admitted.vault,
    settles: [],
  } as const;
  const before = seat.presence;
  // The watch knows at once, as of a page's last message: once it is stored, the person may have come again (H01, P4).
  if (!isCommandType(body.type) && !desk.live.knows(id)) tools.presence.said(seat, body.type);
  const after = seat.presence;
  try {
    settled(await desk.live.take(work));
  } catch {
    // Nothing was changed. Unanswered, the device would send it for ever.
    if (seat.presence === after) seat.presence = before;
    settled({ id, outcome: 'refused', code: 'not-now', missing: [] });
  }
}

/** One event, nothing changed; a repeat gets the same answer. */
function refuseInput(
  desk: Desk,
  seat: Seat,
  id: Id,
  code: RefusalCode,
  inputType: string,
): Promise<InputOutcome> {
  return desk.live.take({
    kind: 'notes',
    id,
    notes: [
      {
        kind: 'input.refused',
        rules: ['R3'],
        subject: null,
        actor: actorOf(seat),
        outcome: code,
        details: { input: inputType },
      },
    ],
    outcome: { id, outcome: 'refused', code, missing: [] },
    room: 'same',
    vault: 'same',
  });
}

function answer(seat: Seat, { id, outcome, code, missing }: InputOutcome): void {
  sendTo(seat, {
    type: 'settled',
    id,
    outcome,
    ...(code === null ? {} : sentenceOf(code)),
    ...(missing.length === 0 ? {} : { missing: [...missing] }),
  });
}

/** Descriptions go to the other side's device and to nobody else, and not before the gate is open. */
function takeSignal(
  desk: Desk,
  seat: Seat,
  { to, data }: Extract<DeviceMessage, { type: 'signal' }>,
  { grants }: LineTools,
): void {
  if (!grants.maySignal(desk, seat, to)) {
    if (desk.isMediaAllowed() || seat.isSignalRefusalNoted) return;
    seat.isSignalRefusalNoted = true;
    return noteRefused(desk, seat, 'gate-open', 'signal');
  }
  const peer = desk.seats.get(to);
  if (peer !== undefined) sendTo(peer, { type: 'signal', from: seat.device, data });
}

function noteRefused(desk: Desk, seat: Seat, code: RefusalCode, input: string): void {
  void desk
    .note({
      kind: input === 'signal' ? 'media.refused' : 'input.refused',
      rules: ['R3'],
      subject: null,
      actor: actorOf(seat),
      outcome: code,
      details: { input },
    })
    .catch(() => {});
}
