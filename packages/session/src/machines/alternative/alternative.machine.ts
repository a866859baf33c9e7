import type { AlternativeKind, AlternativeRoute, Id, Instant } from '@holdfast/protocol';
import { assign, emit, setup } from 'xstate';
import type { ChartInput, Emitted, Heard, Refused, Said } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';
import { dayOf } from '../../step/date-of.js';

/** What was offered to the client instead of video. */
export interface Alternative {
  readonly kind: AlternativeKind;
  /** `YYYY-MM-DD`. */
  readonly dueOn: string;
  readonly route: AlternativeRoute;
}

export interface AlternativeContext {
  readonly client: Id;
  readonly offered: Alternative | null;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type AlternativeEvent = Said<'suitability.offerAlternative'> | Heard<'item.answered'>;

const about = ({ client }: AlternativeContext) => ({ kind: 'client', id: client }) as const;

/**
 * What a client is offered instead of video: owed once video was found not suitable, until a person offers something as
 * good, with a date and with whom to turn to until then (A53, D01). An exclusion is never a silent barrier.
 *
 * Rule I11 in docs/safety-protocol.md. Reopening or passing over the item takes back no debt; only another answer does.
 */
export const alternativeMachine = setup({
  types: {} as {
    input: ChartInput;
    context: AlternativeContext;
    events: AlternativeEvent;
    emitted: Emitted | Refused;
  },
  guards: {
    isPast: ({ event }) => event.type === 'suitability.offerAlternative' && event.dueOn < dayOf(event),
    isNotSuitable: ({ event }) => event.type === 'item.answered' && event.outcome === 'notSuitable',
    isSuitable: ({ event }) =>
      event.type === 'item.answered' &&
      (event.outcome === 'confirmed' || event.outcome === 'withExtraControls'),
  },
  actions: {
    keepOffer: assign(({ event }) =>
      event.type === 'suitability.offerAlternative'
        ? { offered: { kind: event.kind, dueOn: event.dueOn, route: event.route } }
        : {},
    ),
    recordOwed: emit(({ context }) =>
      record('alternative.owed', ['I11'], about(context), { outcome: 'notSuitable' }),
    ),
    recordNotOwed: emit(({ context }) => record('alternative.notOwed', ['I11'], about(context))),
    recordOffered: emit(({ context }) =>
      record('alternative.offered', ['I11'], about(context), {
        outcome: context.offered?.kind ?? null,
        details: { dueOn: context.offered?.dueOn ?? null, route: context.offered?.route ?? null },
      }),
    ),
    refuseBadTime: emit(refuse('bad-time')),
  },
}).createMachine({
  id: 'alternative',
  context: ({ input }) => ({ client: input.instance, offered: null, deadlines: {} }),
  initial: 'none',
  on: {
    'suitability.offerAlternative': [
      { guard: 'isPast', actions: 'refuseBadTime' },
      { target: '.offered', actions: ['keepOffer', 'recordOffered'] },
    ],
  },
  states: {
    none: { on: { 'item.answered': { guard: 'isNotSuitable', target: 'owed', actions: 'recordOwed' } } },
    owed: { on: { 'item.answered': { guard: 'isSuitable', target: 'none', actions: 'recordNotOwed' } } },
    // What was promised stands, whatever is found later.
    offered: {},
  },
});
