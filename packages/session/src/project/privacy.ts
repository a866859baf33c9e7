import { Id, Instant } from '@holdfast/protocol';
import * as z from 'zod/mini';
import type { PrivacyContext } from '../machines/privacy/privacy.machine.js';
import type { SignalContext } from '../machines/signal/signal.machine.js';
import { circumstances } from '../step/circumstances.js';
import type { Session } from '../step/session.js';
import { stateName } from '../step/state-name.js';

const Deadlines = z.record(z.string(), Instant);

/** The discreet signal, for staff. */
export const SignalProjection = z.strictObject({
  isUnseen: z.boolean(),
  atMs: z.nullable(Instant),
  deadlines: Deadlines,
});
/** What the schema {@link SignalProjection} lets through. */
export type SignalProjection = z.infer<typeof SignalProjection>;

const STEPS = ['none', 'paused', 'recontracting', 'switchingChannel', 'endingNeutrally', 'ended'] as const;

/** Broken privacy, for staff: the step, and what can be chosen next. */
export const PrivacyProjection = z.strictObject({
  /** `none`: private, as far as anybody said. */
  step: z.enum(STEPS),
  /** Where they go on, once a person chose it. */
  to: z.nullable(z.string()),
  isLeadAlerted: z.boolean(),
  /** What alerts of it are about. */
  about: Id,
  /** Version of the neutral wording that is said. */
  wording: z.string(),
  /** Time and channel were agreed; the words are in the vault. */
  hasSafeContact: z.boolean(),
  /** The back-up channel was marked as safe. */
  isBackUpSafe: z.boolean(),
  deadlines: Deadlines,
});
/** What the schema {@link PrivacyProjection} lets through. */
export type PrivacyProjection = z.infer<typeof PrivacyProjection>;

export function projectSignal(session: Session, client: Id): SignalProjection {
  const chart = session.charts[`signal:${client}`];
  const context = chart?.context as SignalContext | undefined;
  const isUnseen = chart?.value === 'signalled';
  return {
    isUnseen,
    atMs: isUnseen ? (context?.signalledAtMs ?? null) : null,
    deadlines: { ...context?.deadlines },
  };
}

/** A state of the pathway as a step: `compromised.paused` is `paused`. */
const stepOf = (state: string): PrivacyProjection['step'] =>
  STEPS.find((step) => state === step || state === `compromised.${step}`) ?? 'none';

export function projectPrivacy(session: Session, client: Id): PrivacyProjection {
  const chart = session.charts[`privacy:${client}`];
  const context = chart?.context as PrivacyContext | undefined;
  return {
    step: stepOf(stateName(chart?.value ?? 'private')),
    to: context?.to ?? null,
    isLeadAlerted: context?.isLeadAlerted ?? false,
    about: `${client}.privacy${context?.count ?? 0}`,
    wording: session.policy.texts.neutralEnding,
    hasSafeContact: context?.safeContactRef != null,
    isBackUpSafe: circumstances(session).isBackUpSafe,
    deadlines: { ...context?.deadlines },
  };
}
