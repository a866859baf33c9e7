import {
  Adjustments,
  AnswerFlags,
  Appointment,
  CHECKLISTS,
  Id,
  Instant,
  ItemName,
  Policy,
  Role,
  STAFF_ROLES,
  Threshold,
  ToldStep,
} from '@holdfast/protocol';
import * as z from 'zod/mini';
import { AttendanceProjection } from './attendance.js';
import { ChannelProjection } from './channel.js';
import { ClientProjection, sharedShape } from './client-projection.js';
import { ClosingProjection } from './closing-projection.js';
import { ObservationProjection } from './observation.js';
import { PauseProjection } from './pause.js';
import { PrivacyProjection, SignalProjection } from './privacy.js';
import { RecordingProjection } from './recording.js';
import { ReviewProjection } from './review-projection.js';
import { SafeguardingProjection } from './safeguarding.js';
import { ConsultProjection, DisclosureProjection, NoteProjection } from './colleagues.js';
import { CrisisProjection } from './crisis.js';
import { ColleagueProjection, LeadProjection } from './lead.js';
import { MeetingProjection } from './meeting.js';
import { ParticipantCare, ParticipantProjection } from './participant-projection.js';
import { PlanProjection } from './plan-projection.js';
import { SetUpProjection } from './set-up-shape.js';

/**
 * What one person's device holds of the session: `project(session, person)` makes it, the device parses it.
 *
 * The client's shape has no place for run, risk, deadlines, alerts, crisis, owner or duty (rule V1; H05, H16): what
 * is not in the shape cannot leak by a forgotten filter.
 */
const Nullable = { id: z.nullable(Id), at: z.nullable(Instant), code: z.nullable(z.string()) };
const Deadlines = z.record(z.string(), Instant);

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
  /** A guardian answered a call of this run, who does not have the client (J13). */
  hasGuardianAnswered: z.boolean(),
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
  state: z.enum([
    'open',
    'confirmed',
    'uncertain',
    'declined',
    'notSafeToAsk',
    'overridden',
    'expired',
    'notApplicable',
  ]),
  isSettled: z.boolean(),
  answer: Nullable.code,
  flags: AnswerFlags,
  atMs: Nullable.at,
  /** Who answered: what the client asks about is the practitioner's to answer (C17). */
  by: Nullable.id,
  /** The client said that they are in another place now (C11). */
  movedAtMs: Nullable.at,
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
  safeguarding: SafeguardingProjection,
  attendance: AttendanceProjection,
  pause: PauseProjection,
  signal: SignalProjection,
  privacy: PrivacyProjection,
  crisis: CrisisProjection,
  consult: ConsultProjection,
  disclosures: z.array(DisclosureProjection),
  /** The last note of each colleague; the words are in the vault (A31). */
  notes: z.array(NoteProjection),
  /** What the client was told about what comes next. */
  told: z.nullable(ToldStep),
  /** Pathways that somebody must still settle, by name (A34). */
  openPathways: z.array(z.string()),
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
  /** The client's safety plan; null in a session without a client who is cared for. */
  plan: z.nullable(PlanProjection),
  /** What makes the session fit this client (A41, A42). */
  adjustments: z.nullable(Adjustments),
  /** How the client would rather meet, as the host knows it (D06). */
  preference: Appointment.shape.preference,
  setUp: SetUpProjection,
  channel: ChannelProjection,
  observation: ObservationProjection,
  recording: RecordingProjection,
  closing: ClosingProjection,
  /** Versions of the service's texts, by the step that they govern (B04). */
  texts: Policy.shape.texts,
  /** Date by which the policy is to be reviewed (E26). */
  policyReviewOn: z.string(),
  /** The longest "not now" at present, in milliseconds. */
  notNowMs: z.number(),
  /** Silence on the media path, in milliseconds: before a device reports it, before contact is called lost. */
  suspectAfterMs: z.number(),
  lostAfterMs: z.number(),
  duty: z.array(Id),
  /** Who takes part beside client and practitioner, or is to. */
  participants: z.array(ParticipantCare),
  /** Null in a session of one client. */
  meeting: z.nullable(MeetingProjection),
  lead: LeadProjection,
});
/** What the schema {@link Care} lets through. */
export type Care = z.infer<typeof Care>;

/** What a practitioner's device holds. */
export const PractitionerProjection = z.strictObject({
  role: z.literal('practitioner'),
  ...sharedShape,
  care: Care,
});
/** What the schema {@link PractitionerProjection} lets through. */
export type PractitionerProjection = z.infer<typeof PractitionerProjection>;

/** The policy's staff, and a practitioner who does not lead: nothing until this person was alerted, or asked (E20, H18). */
export const StaffProjection = z.strictObject({
  role: z.enum([...STAFF_ROLES, 'colleague']),
  ...sharedShape,
  care: z.nullable(Care),
  /** For those who look back at sessions (F7); null for everybody else. */
  review: z.nullable(ReviewProjection),
  /** For a practitioner who does not lead (D5); null for everybody else. */
  colleague: z.nullable(ColleagueProjection),
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
  ParticipantProjection,
]);
/** What the schema {@link Projection} lets through. */
export type Projection = z.infer<typeof Projection>;
