import { MEETING, type Args, type ContactContext } from './contact-state.js';
import { isUp, reportsAfter } from './media-evidence.js';
import { withoutContactMs } from './outages.js';

/** Whether everybody for whose going contact ended is this one: whoever else is away keeps it ended. */
const isOnlyApart = ({ isOver, apartBy }: ContactContext, person: unknown): boolean =>
  !isOver && apartBy.length > 0 && apartBy.every((apart) => apart === person);

export const contactGuards = {
  isUp: ({ context, event }: Args) => isUp(reportsAfter(context.reports, event)),
  isUpNow: ({ context }: Args) => isUp(context.reports),
  isRunOpen: ({ event }: Args) => event.now.openRun !== null,
  isRecovering: ({ context }: Args) => context.deadlines['recovered'] !== undefined,
  isUnloading: ({ event }: Args) =>
    event.type === 'person.suspected' && event.outcome === 'unloading' && event.subject?.id !== undefined,
  isReloading: ({ context, event }: Args) => (context.reload?.untilMs ?? 0) > event.atMs,
  isReached: ({ event }: Args) => event.type === 'phoning.recorded' && event.outcome === 'reachedByName',
  isTogetherByWord: ({ event }: Args) => event.type === 'run.ended' && event.outcome === 'together',
  isDisposed: ({ event }: Args) =>
    event.type === 'run.ended' && event.outcome !== 'byPhone' && event.outcome !== 'together',
  // P15: what a person closed by a disposition waits for media, not for a line: nobody left who could come back.
  isBackFromLeaving: ({ context, event }: Args) =>
    event.type === 'person.alive' && isOnlyApart(context, event.subject?.id),
  isOldLeadBack: ({ context, event }: Args) =>
    event.type === 'lead.changed' && isOnlyApart(context, event.details?.['from']),
  isBackInMeeting: ({ context }: Args) => isOnlyApart(context, MEETING),
  isOldLeadsCall: ({ context, event }: Args) =>
    event.type === 'lead.changed' && context.caller === event.details?.['from'],
  isDeliberate: ({ context }: Args) => context.isOver || context.apartBy.length > 0,
  isBudgetSpent: ({ context, event }: Args) =>
    withoutContactMs(context.outages, context.outageFromMs, event.atMs, event.now.limits) >=
    event.now.limits.flappingBudgetMs,
  isLostDeadline: ({ event }: Args) => event.type === 'deadline.passed' && event.deadline === 'lost',
  isReturnDeadline: ({ event }: Args) => event.type === 'deadline.passed' && event.deadline === 'return',
  isRecoveredDeadline: ({ event }: Args) =>
    event.type === 'deadline.passed' && event.deadline === 'recovered',
  isBudgetDeadline: ({ event }: Args) => event.type === 'deadline.passed' && event.deadline === 'budget',
  isCheckDeadline: ({ event }: Args) => event.type === 'deadline.passed' && event.deadline === 'check',
  isAnswerDeadline: ({ event }: Args) => event.type === 'deadline.passed' && event.deadline === 'answer',
};
