import { CrisisHarm, Id, Instant, type CrisisFact } from '@holdfast/protocol';
import type { StateValue } from 'xstate';
import * as z from 'zod/mini';
import type { CrisisContext } from '../machines/crisis/crisis-state.js';
import type { Session } from '../step/session.js';

/** What a crisis asks again: not now, still to be asked, or checked since it was opened (A28). */
const Check = z.strictObject({ state: z.enum(['none', 'asked', 'checked']), atMs: z.nullable(Instant) });

/** A crisis, for the staff who may see it. */
export const CrisisProjection = z.strictObject({
  state: z.enum(['none', 'open', 'resolved']),
  harm: CrisisHarm,
  location: Check,
  callBackNumber: Check,
  escalation: z.enum(['none', 'offered', 'joined', 'briefed', 'accepted']),
  /** What was recorded of the hand-over after it was accepted. */
  handOver: z.enum(['none', 'clientIntroduced', 'senderReleased']),
  /** Whose crisis it is now. */
  owner: z.nullable(Id),
  offeredBy: z.nullable(Id),
  joinedBy: z.nullable(Id),
  acceptedBy: z.nullable(Id),
});
/** What the schema {@link CrisisProjection} lets through. */
export type CrisisProjection = z.infer<typeof CrisisProjection>;

const ESCALATION: Readonly<Record<string, CrisisProjection['escalation']>> = {
  offered: 'offered',
  joined: 'joined',
  briefed: 'briefed',
};

/** The parts of an open crisis, by name; none where none is open. */
function partsOf(value: StateValue | undefined): Readonly<Record<string, StateValue | undefined>> {
  const open = typeof value === 'object' ? value['open'] : undefined;
  return typeof open === 'object' ? open : {};
}

/** What staff hold of the crisis of a client. */
export function crisisOf(session: Session, client: Id): CrisisProjection {
  const chart = session.charts[`crisis:${client}`];
  const context = chart?.context as CrisisContext | undefined;
  const parts = partsOf(chart?.value);
  const { escalation } = parts;
  const accepted = typeof escalation === 'object' ? escalation['accepted'] : undefined;
  const check = (fact: CrisisFact): CrisisProjection['location'] => ({
    state: parts[fact] === 'asked' ? 'asked' : parts[fact] === 'checked' ? 'checked' : 'none',
    atMs: parts[fact] === 'checked' ? (context?.checked[fact].atMs ?? null) : null,
  });
  return {
    state: escalation !== undefined ? 'open' : chart?.value === 'resolved' ? 'resolved' : 'none',
    harm: context?.harm ?? 'unknown',
    location: check('location'),
    callBackNumber: check('callBackNumber'),
    escalation:
      accepted !== undefined
        ? 'accepted'
        : (typeof escalation === 'string' && ESCALATION[escalation]) || 'none',
    handOver: accepted === 'clientIntroduced' || accepted === 'senderReleased' ? accepted : 'none',
    owner: context?.owner ?? null,
    offeredBy: context?.offeredBy ?? null,
    joinedBy: context?.joinedBy ?? null,
    acceptedBy: context?.acceptedBy ?? null,
  };
}
