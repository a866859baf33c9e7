import type { Id, Instant } from '@holdfast/protocol';
import { assign, emit, not, setup } from 'xstate';
import type { ChartInput, Emitted, Heard, Refused, Said } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';

export interface ConsultContext {
  readonly client: Id;
  /** Counts the questions of this session, so that each has an id of its own. */
  readonly count: number;
  /** Who was asked by name, by whom, and who took it; nulls while nobody is asked. */
  readonly person: Id | null;
  readonly askedBy: Id | null;
  readonly takenBy: Id | null;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type ConsultEvent = Said<'consult.ask' | 'consult.end'> | Heard<'alert.accepted'>;

const nobody = { person: null, askedBy: null, takenBy: null } as const;
const subjectOf = ({ client }: ConsultContext) => ({ kind: 'client', id: client }) as const;

/** What its alerts are about: `c1.consult1`. */
const consultId = ({ client, count }: ConsultContext): Id => `${client}.consult${count}`;

/**
 * Asking a colleague: a person names a person of the policy's staff, who is alerted first; the duty list comes after
 * them. It decides nothing and takes nothing over (C20).
 *
 * Rule M1 in docs/safety-protocol.md.
 */
export const consultMachine = setup({
  types: {} as {
    input: ChartInput;
    context: ConsultContext;
    events: ConsultEvent;
    emitted: Emitted | Refused;
  },
  guards: {
    isStaff: ({ event }) =>
      event.type === 'consult.ask' &&
      Object.values(event.now.staff).some((list) => list.includes(event.person)),
    isOneself: ({ event }) => event.type === 'consult.ask' && event.person === event.by.person,
    isMine: ({ context, event }) =>
      event.type === 'alert.accepted' &&
      event.details?.['cause'] === 'consult' &&
      event.details['about'] === consultId(context),
  },
  actions: {
    keepAsked: assign(({ context, event }) =>
      event.type === 'consult.ask'
        ? { ...nobody, count: context.count + 1, person: event.person, askedBy: event.by.person }
        : {},
    ),
    keepTaken: assign(({ event }) => ({ takenBy: event.by.person })),
    forget: assign(nobody),
    recordAsked: emit(({ context }) =>
      record('consult.asked', ['M1'], subjectOf(context), {
        details: { about: consultId(context), person: context.person },
        alert: { cause: 'consult', client: context.client, about: consultId(context) },
      }),
    ),
    recordTaken: emit(({ context, event }) =>
      record('consult.taken', ['M1'], subjectOf(context), {
        details: { about: consultId(context), person: event.by.person },
      }),
    ),
    recordEnded: emit(({ context, event }) =>
      record('consult.ended', ['M1'], subjectOf(context), {
        outcome: event.type === 'consult.end' ? event.outcome : null,
        details: { about: consultId(context) },
      }),
    ),
    refuseUnknown: emit(refuse('unknown-person')),
    refuseNotAllowed: emit(refuse('not-allowed')),
  },
}).createMachine({
  id: 'consult',
  context: ({ input }) => ({ client: input.instance, count: 0, ...nobody, deadlines: {} }),
  initial: 'none',
  states: {
    none: {
      on: {
        'consult.ask': [
          { guard: not('isStaff'), actions: 'refuseUnknown' },
          { guard: 'isOneself', actions: 'refuseNotAllowed' },
          { target: 'asked', actions: ['keepAsked', 'recordAsked'] },
        ],
      },
    },
    asked: {
      on: {
        'alert.accepted': { guard: 'isMine', target: 'taken', actions: ['keepTaken', 'recordTaken'] },
        'consult.end': { target: 'none', actions: ['recordEnded', 'forget'] },
      },
    },
    taken: { on: { 'consult.end': { target: 'none', actions: ['recordEnded', 'forget'] } } },
  },
});
