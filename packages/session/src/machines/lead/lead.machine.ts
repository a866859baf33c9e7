import type { Id } from '@holdfast/protocol';
import { assign, emit, not, setup } from 'xstate';
import type { ChartInput, Emitted, Refused, Said } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';
import type { LeadContext } from './lead-state.js';

type LeadEvent = Said<'handOver.offer' | 'handOver.accept' | 'handOver.decline' | 'handOver.take'>;

interface OwnContext extends LeadContext {
  /** The session's practitioners: nobody else ever leads it. */
  readonly practitioners: readonly Id[];
}

const subjectOf = (lead: Id) => ({ kind: 'person', id: lead }) as const;

const offering = {
  'handOver.offer': [
    { guard: not('isColleague'), actions: 'refuseUnknown' },
    { guard: 'isOfferedAlready' },
    { target: 'offered', actions: ['keepOffer', 'recordOffered'] },
  ],
} as const;

/** D4: nobody leads while the practitioner is not there; whoever of the colleagues is there may. */
const taking = {
  'handOver.take': [
    { guard: not('isLeadGone'), actions: 'refuseNotNow' },
    { target: 'held', actions: ['keepLead', 'recordTaken'] },
  ],
} as const;

/**
 * Who leads the session. Until a named colleague accepts, the old one leads on; nothing else is touched by a hand-over.
 *
 * Rules D1-D5 in docs/safety-protocol.md.
 */
export const leadMachine = setup({
  types: {} as { input: ChartInput; context: OwnContext; events: LeadEvent; emitted: Emitted | Refused },
  guards: {
    isColleague: ({ context, event }) =>
      event.type === 'handOver.offer' &&
      event.to !== context.lead &&
      context.practitioners.includes(event.to),
    isOfferedAlready: ({ context, event }) =>
      event.type === 'handOver.offer' && event.to === context.offeredTo,
    isOfferedToThem: ({ context, event }) => event.by.person === context.offeredTo,
    isLeadGone: ({ event }) => event.now.isPractitionerGone,
  },
  actions: {
    keepOffer: assign(({ event }) => (event.type === 'handOver.offer' ? { offeredTo: event.to } : {})),
    forgetOffer: assign({ offeredTo: null }),
    keepLead: assign(({ context, event }) => ({
      lead: event.by.person ?? context.lead,
      before: [...context.before.filter((person) => person !== event.by.person), context.lead],
      offeredTo: null,
    })),
    recordOffered: emit(({ context }) =>
      record('lead.offered', ['D2'], subjectOf(context.lead), { details: { to: context.offeredTo } }),
    ),
    recordDeclined: emit(({ context, event }) =>
      record('lead.declined', ['D2'], subjectOf(context.lead), { details: { by: event.by.person } }),
    ),
    recordAccepted: emit(({ context }) =>
      record('lead.changed', ['D2'], subjectOf(context.lead), {
        outcome: 'accepted',
        details: { from: context.before.at(-1) ?? null },
      }),
    ),
    recordTaken: emit(({ context }) =>
      record('lead.changed', ['D4'], subjectOf(context.lead), {
        outcome: 'taken',
        details: { from: context.before.at(-1) ?? null },
      }),
    ),
    refuseUnknown: emit(refuse('unknown-person')),
    refuseNotAllowed: emit(refuse('not-allowed')),
    refuseNotNow: emit(refuse('not-now')),
  },
}).createMachine({
  id: 'lead',
  context: ({ input }) => {
    const practitioners = input.session.people
      .filter(({ role }) => role === 'practitioner')
      .map(({ id }) => id);
    return { lead: practitioners[0] ?? 'nobody', practitioners, before: [], offeredTo: null, deadlines: {} };
  },
  initial: 'held',
  states: {
    held: { on: { ...offering, ...taking } },
    offered: {
      on: {
        ...offering,
        ...taking,
        'handOver.accept': [
          { guard: not('isOfferedToThem'), actions: 'refuseNotAllowed' },
          { target: 'held', actions: ['keepLead', 'recordAccepted'] },
        ],
        'handOver.decline': [
          { guard: not('isOfferedToThem'), actions: 'refuseNotAllowed' },
          { target: 'held', actions: ['forgetOffer', 'recordDeclined'] },
        ],
      },
    },
  },
});
