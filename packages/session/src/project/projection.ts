import {
  AnswerFlags,
  CHANNELS,
  CHECKLISTS,
  Id,
  Instant,
  ITEMS,
  Personal,
  Role,
  StaffRole,
  Threshold,
} from '@holdfast/protocol';
import * as z from 'zod/mini';
import { ChannelProjection } from './channel.js';
import { ObservationProjection, OwnObservation } from './observation.js';
import { RecordingProjection } from './recording.js';

/**
 * What one person's device holds of the session: `project(session, person)` makes it, the device parses it.
 *
 * The client's shape has no place for run, risk, deadlines, alerts, crisis, owner or duty (rule V1; H05, H16): what
 * is not in the shape cannot leak by a forgotten filter.
 */
const ItemName = z.enum(ITEMS);
const Nullable = { id: z.nullable(Id), at: z.nullable(Instant), code: z.nullable(z.string()) };
const Vault = z.record(Id, Personal);
const Texts = z.strictObject({ consent: z.string(), limits: z.string() });
const Deadlines = z.record(z.string(), Instant);

const shared = {
  version: z.literal(1),
  person: Id,
  /** The session's client. */
  client: Id,
  practitioner: Id,
  drill: z.boolean(),
  /** Versions of the texts that this session shows (A12). */
  texts: Texts,
  /** Words that this person may read, by owner. */
  vault: Vault,
};

/** How a client sees others: nothing finer than here and away. */
export const Nearness = z.enum(['notYet', 'here', 'away']);
/** What the schema {@link Nearness} lets through. */
export type Nearness = z.infer<typeof Nearness>;

/** What a client's device holds: no run, risk, deadline, alert, crisis, owner or duty (V1; H05, H16). */
export const ClientProjection = z.strictObject({
  role: z.literal('client'),
  ...shared,
  stage: z.enum(['gathering', 'settingUp', 'live', 'ended']),
  isAdmitted: z.boolean(),
  /** Media may be used now. */
  mediaAllowed: z.boolean(),
  /** Their own items: settled, or still to be answered. Never which answer (H05: someone may look on). */
  items: z.array(z.strictObject({ item: ItemName, settledBefore: Threshold, isSettled: z.boolean() })),
  contact: z.enum(['notYet', 'together', 'lost', 'byPhone', 'apart']),
  /** Silence before this device reports it, in milliseconds. */
  suspectAfterMs: z.number(),
  /** Silence before contact is called lost, in milliseconds: until then the client's screen says nothing. */
  lostAfterMs: z.number(),
  help: z.enum(['none', 'asked', 'answered']),
  /** How they meet. */
  channel: z.enum(CHANNELS),
  observation: OwnObservation,
  /** Whether it runs, and their own grant (H06). */
  recording: RecordingProjection,
  /** What the practitioner says of their own room (D12). */
  practitionerRoom: z.enum(['unknown', 'private', 'othersPresent']),
  /** Text versions that this client was taken through (A12). */
  explained: z.strictObject({ consent: Nullable.code, limits: Nullable.code }),
  people: z.array(z.strictObject({ id: Id, role: Role, presence: Nearness })),
});
/** What the schema {@link ClientProjection} lets through. */
export type ClientProjection = z.infer<typeof ClientProjection>;

const Part = z.enum(['idle', 'open', 'done']);

/** An open run, with its three parts, for the people who act on it. */
export const RunProjection = z.strictObject({
  id: Id,
  status: z.enum(['open', 'exhausted']),
  cause: z.string(),
  owner: Id,
  openedAtMs: Instant,
  /** Last contact: the run's clock starts here. */
  sinceMs: Nullable.at,
  reconnecting: Part,
  phoning: Part,
  /** Number of the attempt to record next, from 1. */
  attempt: z.number(),
  deciding: z.enum(['idle', 'undecided', 'acting', 'settling', 'waiting', 'done']),
  decision: Nullable.code,
  word: z.enum(['idle', 'awaited']),
  /** A decision that is open may be stood down: contact is back, or the search is over in another way. */
  mayStandDown: z.boolean(),
  offeredTo: Nullable.id,
  /** Duty persons who may report and take over: those who were alerted. */
  helpers: z.array(Id),
  deadlines: Deadlines,
});
/** What the schema {@link RunProjection} lets through. */
export type RunProjection = z.infer<typeof RunProjection>;

/** An alert, for the staff who may see it. */
export const AlertProjection = z.strictObject({
  id: Id,
  about: Id,
  cause: z.string(),
  person: Id,
  state: z.enum(['sent', 'acknowledged', 'accepted', 'stoodDown', 'unanswered']),
  deadlines: Deadlines,
});
/** What the schema {@link AlertProjection} lets through. */
export type AlertProjection = z.infer<typeof AlertProjection>;

/** A set-up item, for staff: its state, and the answer without its words. */
export const ItemProjection = z.strictObject({
  item: ItemName,
  settledBefore: Threshold,
  state: z.enum(['open', 'confirmed', 'uncertain', 'declined', 'notSafeToAsk', 'overridden', 'expired']),
  isSettled: z.boolean(),
  answer: Nullable.code,
  flags: AnswerFlags,
  atMs: Nullable.at,
});
/** What the schema {@link ItemProjection} lets through. */
export type ItemProjection = z.infer<typeof ItemProjection>;

/** A report that came later than it was said: it counts, and is shown as late (L18). */
export const LateReportProjection = z.strictObject({
  report: z.enum(['call', 'act', 'together', 'disposition']),
  outcome: Nullable.code,
  by: Id,
  saidAtMs: Instant,
  /** When it arrived. */
  atMs: Instant,
});
/** What the schema {@link LateReportProjection} lets through. */
export type LateReportProjection = z.infer<typeof LateReportProjection>;

/** All that a staff member needs to decide and to act. */
export const Care = z.strictObject({
  stage: z.enum(['gathering', 'settingUp', 'live', 'closing', 'closed']),
  isAdmitted: z.boolean(),
  mediaAllowed: z.boolean(),
  gate: z.strictObject({ media: z.string(), live: z.string() }),
  items: z.array(ItemProjection),
  people: z.array(z.strictObject({ id: Id, role: Role, presence: z.string() })),
  contact: z.strictObject({
    state: z.string(),
    /** Media carries heartbeats both ways, whatever the state is (they may talk by phone meanwhile). */
    isMediaUp: z.boolean(),
    lastTogetherAtMs: Nullable.at,
    deadlines: Deadlines,
  }),
  /** Who talks to the client by phone now. */
  caller: Nullable.id,
  run: z.nullable(RunProjection),
  /** The newest report that came late. */
  late: z.nullable(LateReportProjection),
  /** The id that the next run will have: what is said offline can name it. */
  nextRun: Id,
  risk: z.strictObject({ isActive: z.boolean(), sinceMs: Nullable.at }),
  crisis: z.strictObject({
    state: z.enum(['none', 'open', 'resolved']),
    escalation: z.enum(['none', 'offered', 'accepted']),
    acceptedBy: Nullable.id,
  }),
  help: z.strictObject({ isAsked: z.boolean(), askedAtMs: Nullable.at, deadlines: Deadlines }),
  alerts: z.array(AlertProjection),
  /** The number may be rung: its flag, exit and overrides taken together (H03). */
  mayRing: z.boolean(),
  /** Phoning may be open: by the number, or by a channel without voice that the client marked safe (H32). */
  mayPhone: z.boolean(),
  hasExited: z.boolean(),
  /** The service's own lists: each step and what came of it so far. */
  checklists: z.partialRecord(
    z.enum(CHECKLISTS),
    z.array(z.strictObject({ step: z.string(), outcome: Nullable.code })),
  ),
  channel: ChannelProjection,
  observation: ObservationProjection,
  recording: RecordingProjection,
  closing: z.strictObject({
    disposition: Nullable.code,
    followUps: z.array(z.strictObject({ id: Id, kind: z.string(), owner: Id, dueOn: z.string() })),
  }),
  /** The longest "not now" at present, in milliseconds. */
  notNowMs: z.number(),
  /** Silence on the media path, in milliseconds: before a device reports it, before contact is called lost. */
  suspectAfterMs: z.number(),
  lostAfterMs: z.number(),
  duty: z.array(Id),
});
/** What the schema {@link Care} lets through. */
export type Care = z.infer<typeof Care>;

/** What a practitioner's device holds. */
export const PractitionerProjection = z.strictObject({
  role: z.literal('practitioner'),
  ...shared,
  care: Care,
});
/** What the schema {@link PractitionerProjection} lets through. */
export type PractitionerProjection = z.infer<typeof PractitionerProjection>;

/** The policy's staff: nothing until this person was alerted (E20, H18). */
export const StaffProjection = z.strictObject({
  role: StaffRole,
  ...shared,
  care: z.nullable(Care),
  /** For management, whose grant recording needs (E15); null for everybody else. */
  recording: z.nullable(RecordingProjection),
});
/** What the schema {@link StaffProjection} lets through. */
export type StaffProjection = z.infer<typeof StaffProjection>;

/** What one device holds, by the role of its person. */
export const Projection = z.discriminatedUnion('role', [
  ClientProjection,
  PractitionerProjection,
  StaffProjection,
]);
/** What the schema {@link Projection} lets through. */
export type Projection = z.infer<typeof Projection>;
