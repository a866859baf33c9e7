import type { CrisisFact } from '@holdfast/protocol';
import { alertAbout, crisisId, type CrisisContext, type CrisisEvent } from './crisis-state.js';

interface Args {
  readonly context: CrisisContext;
  readonly event: CrisisEvent;
}

/** Which item's answer checks a fact again, and which answers make the check old (A28, H04). */
const READ_BACK: Readonly<Record<CrisisFact, string>> = {
  location: 'locationConfirmed',
  callBackNumber: 'callBackNumber',
};
const SETTLED: readonly unknown[] = ['confirmed', 'none'];

const isResolve = (event: CrisisEvent, exit: string): boolean =>
  event.type === 'crisis.resolve' && event.exit === exit;

const itemOf = (event: CrisisEvent): string | null =>
  event.type === 'item.answered' || event.type === 'item.reopened' ? (event.subject?.id ?? null) : null;
const isSettling = (event: CrisisEvent): boolean =>
  event.type === 'item.answered' && SETTLED.includes(event.outcome);

export const crisisGuards = {
  isClosed: ({ event }: Args) => event.now.stage === 'closed',
  isHandOver: ({ event }: Args) => isResolve(event, 'handOverAccepted'),
  isClientSafe: ({ event }: Args) => isResolve(event, 'clientSafe'),
  isOverride: ({ event }: Args) => isResolve(event, 'overridden'),
  // Accepted, and not offered on since.
  isAccepted: ({ context }: Args) => context.acceptedBy !== null && context.acceptedBy === context.joinedBy,
  isPractitioner: ({ event }: Args) => event.by.role === 'practitioner',
  hasRationale: ({ event }: Args) => event.type === 'crisis.resolve' && event.rationaleRef !== undefined,
  hasReason: ({ event }: Args) => event.type === 'crisis.resolve' && event.reason !== undefined,
  isSameHarm: ({ context, event }: Args) => event.type === 'crisis.setHarm' && event.to === context.harm,
  isOwner: ({ context, event }: Args) => event.by.person === context.owner,
  /** D3: who led the session owned this crisis. */
  isOldLeads: ({ context, event }: Args) =>
    event.type === 'lead.changed' && event.details?.['from'] === context.owner,
  isJoined: ({ context, event }: Args) => event.by.person === context.joinedBy,
  // Whoever is left waiting may ask for the next person; whoever came may say that they cannot stay.
  isOwnerOrWaiting: ({ context, event }: Args) =>
    [context.owner, context.offeredBy, context.joinedBy].includes(event.by.person),
  isMyAlert: ({ context, event }: Args) => {
    if (event.type !== 'alert.accepted' || event.details?.['cause'] !== 'escalation') return false;
    const about = String(event.details['about']);
    return about === crisisId(context) || about.startsWith(`${crisisId(context)}.`);
  },
  /** Of what was offered last, and not of an earlier offer. */
  isOfLastOffer: ({ context, event }: Args) =>
    'details' in event && event.details?.['about'] === alertAbout(context),
  /** It was handed over to whose it is, before it was offered on. */
  wasHandedOver: ({ context }: Args) => context.acceptedBy === context.owner,
  isOtherFact: ({ event }: Args, fact: CrisisFact) =>
    event.type !== 'crisis.confirmFact' || event.fact !== fact,
  isGiven: ({ event }: Args, fact: CrisisFact) => event.now.given.includes(fact),
  isAnswerOf: ({ event }: Args, fact: CrisisFact) => itemOf(event) === READ_BACK[fact] && isSettling(event),
  isMadeOld: ({ event }: Args, fact: CrisisFact) => {
    const item = itemOf(event);
    if (fact === 'location' && item === 'location') return true;
    return item === READ_BACK[fact] && !isSettling(event);
  },
};
