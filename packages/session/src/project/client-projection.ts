import { Adjustments, CHANNELS, Id, ItemName, Personal, Role, Threshold, ToldStep } from '@holdfast/protocol';
import * as z from 'zod/mini';
import { OwnObservation } from './observation.js';
import { ClientPause } from './pause.js';
import { RecordingProjection } from './recording.js';
import { AlternativeProjection } from './set-up-shape.js';

const Texts = z.strictObject({ consent: z.string(), limits: z.string() });

/** What every role's projection starts with. */
export const sharedShape = {
  version: z.literal(1),
  person: Id,
  /** The session's client. */
  client: Id,
  practitioner: Id,
  drill: z.boolean(),
  /** The client is a minor: whose number it is, is asked (H30). */
  isMinor: z.boolean(),
  /** Versions of the texts that this session shows (A12). */
  texts: Texts,
  /** Words that this person may read, by owner. */
  vault: z.record(Id, Personal),
};

/** How a client sees others: nothing finer than here and away. */
export const Nearness = z.enum(['notYet', 'here', 'away']);
/** What the schema {@link Nearness} lets through. */
export type Nearness = z.infer<typeof Nearness>;

/** What a client's device holds: no run, risk, deadline, alert, crisis, owner or duty (V1; H05, H16). */
export const ClientProjection = z.strictObject({
  role: z.literal('client'),
  ...sharedShape,
  stage: z.enum(['gathering', 'settingUp', 'live', 'ended']),
  isAdmitted: z.boolean(),
  /** Media may be used now. */
  mediaAllowed: z.boolean(),
  /** In a joint meeting: they wait outside of the room; never why (J17). */
  isSetApart: z.boolean(),
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
  /** Picture and sound are off both ways; never why (U2). */
  pause: ClientPause,
  /** The questions at the end: nothing waits for them (A50). */
  feedback: z.enum(['notYet', 'asked', 'given']),
  /** What the practitioner says of their own room (D12). */
  practitionerRoom: z.enum(['unknown', 'private', 'othersPresent']),
  /** What makes the session fit them (A41, A42). */
  adjustments: z.nullable(Adjustments),
  /** Text versions that this client was taken through (A12). */
  explained: z.strictObject({ consent: z.nullable(z.string()), limits: z.nullable(z.string()) }),
  /** What a person chose to tell them about what comes next: the same in every pathway and in none (V1, C21). */
  told: z.nullable(ToldStep),
  /** What a person offered them instead of video (A53). */
  alternative: z.nullable(AlternativeProjection),
  people: z.array(z.strictObject({ id: Id, role: Role, presence: Nearness })),
});
/** What the schema {@link ClientProjection} lets through. */
export type ClientProjection = z.infer<typeof ClientProjection>;
