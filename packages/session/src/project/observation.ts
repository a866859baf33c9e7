import { Instant, Picture, Sound, Trouble, type Id } from '@holdfast/protocol';
import * as z from 'zod/mini';
import type { ObservationContext } from '../machines/observation/observation.machine.js';
import type { Session } from '../step/session.js';
import { stateName } from '../step/state-name.js';

const troubles = z.array(Trouble);

/** What staff can see and hear of the client, and since when (A03). */
export const ObservationProjection = z.strictObject({
  picture: z.strictObject({ is: z.enum(['notYet', ...Picture.options]), sinceMs: z.nullable(Instant) }),
  sound: z.strictObject({
    is: z.enum(['notYet', ...Sound.options]),
    sinceMs: z.nullable(Instant),
    /** Gone for so long that both sides are told. */
    isMissing: z.boolean(),
  }),
  /** What each side says that it does not get. */
  reports: z.strictObject({ client: troubles, practitioner: troubles }),
});
/** What the schema {@link ObservationProjection} lets through. */
export type ObservationProjection = z.infer<typeof ObservationProjection>;

/** What the client's device holds of it: whether they get through, and what they said themselves. */
export const OwnObservation = z.strictObject({
  isHeard: z.boolean(),
  isSeen: z.boolean(),
  reported: troubles,
  /** Either side said something: it can be said that it works again. */
  isReported: z.boolean(),
});
/** What the schema {@link OwnObservation} lets through. */
export type OwnObservation = z.infer<typeof OwnObservation>;

const QUIET: ObservationProjection = {
  picture: { is: 'notYet', sinceMs: null },
  sound: { is: 'notYet', sinceMs: null, isMissing: false },
  reports: { client: [], practitioner: [] },
};

export function projectObservation(session: Session, client: Id): ObservationProjection {
  const chart = session.charts[`observation:${client}`];
  if (chart === undefined) return QUIET;
  const { picture, sound, reports } = chart.context as ObservationContext;
  const isMissing = stateName(chart.value).includes('gone.missing');
  return {
    picture,
    sound: { ...sound, isMissing },
    reports: { client: [...reports.client], practitioner: [...reports.practitioner] },
  };
}

export function projectOwnObservation(session: Session, client: Id): OwnObservation {
  const { sound, reports } = projectObservation(session, client);
  const isTold = (what: Trouble): boolean => reports.practitioner.includes(what);
  return {
    isHeard: !sound.isMissing && !isTold('cannotHear'),
    isSeen: !isTold('cannotSee'),
    reported: reports.client,
    isReported: reports.client.length + reports.practitioner.length > 0,
  };
}
