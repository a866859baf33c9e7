import {
  ITEM_RULES,
  type AnswerFlags,
  type EventDetails,
  type EventKind,
  type ItemName,
} from '@holdfast/protocol';
import { assign, emit, setup } from 'xstate';
import type { ChartInput, Emitted, Heard, Refused, Said, Stated } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';
import { isProperAnswer, shownTextOf, type ItemContext } from './answers.js';

type ItemEvent =
  | Said<'item.answer' | 'item.reopen' | 'item.override'>
  | Stated<'device.joined'>
  | Heard<
      | 'item.answered'
      | 'item.reopened'
      | 'crisis.opened'
      | 'call.movedToVideo'
      | 'channel.changed'
      | 'consent.withdrawn'
    >;

const cleared = {
  answer: null,
  flags: {},
  method: null,
  by: null,
  atMs: null,
  answerRef: null,
  textVersion: null,
  overrideReason: null,
} as const;

const about = (
  item: ItemName,
  type: EventKind,
  rules: string[],
  outcome: string | null,
  details: EventDetails = {},
): Emitted => record(type, rules, { kind: 'item', id: item }, { outcome, details });

const answerDetails = (event: ItemEvent): EventDetails => {
  if (event.type !== 'item.answer') return {};
  const { flags = {}, method, textVersion } = event;
  return {
    ...(flags as Record<keyof AnswerFlags, boolean>),
    ...(method === undefined ? {} : { method }),
    ...(textVersion === undefined ? {} : { textVersion }),
  };
};

const isOwn = (item: ItemName, role: string | null): boolean =>
  ITEM_RULES[item].answeredBy.some((own) => own === role);

/**
 * One set-up item (A07, A14): each its own chart, so that no input settles two (H13). Nothing is ticked beforehand.
 *
 * Rules I1-I8 in docs/safety-protocol.md. It keeps codes and references; the words are in the vault.
 */
export const itemMachine = setup({
  types: {} as { input: ChartInput; context: ItemContext; events: ItemEvent; emitted: Emitted | Refused },
  guards: {
    isClosed: ({ event }) => event.now.stage === 'closed',
    isStranger: ({ context, event }) => !isOwn(context.item, event.by.role),
    isStaff: ({ event }) => event.by.role === 'practitioner',
    isImproper: ({ context, event }) =>
      event.type === 'item.answer' && !isProperAnswer(context.item, context.shownText, event),
    isUnsure: ({ event }) => event.type === 'item.answer' && event.answer === 'notSure',
    isNo: ({ event }) => event.type === 'item.answer' && event.answer === 'no',
    isNotSafeToAsk: ({ event }) => event.type === 'item.answer' && event.answer === 'notSafeToAsk',
    isOnAnotherDevice: ({ context, event }) =>
      event.type === 'device.joined' &&
      context.clientDevice !== null &&
      context.clientDevice !== event.device,
  },
  actions: {
    keepAnswer: assign(({ event }) =>
      event.type === 'item.answer'
        ? {
            answer: event.answer,
            flags: event.flags ?? {},
            method: event.method ?? null,
            by: event.by.person,
            atMs: event.atMs,
            answerRef: event.answerRef ?? null,
            textVersion: event.textVersion ?? null,
            overrideReason: null,
          }
        : {},
    ),
    keepOverride: assign(({ event }) =>
      event.type === 'item.override'
        ? { ...cleared, overrideReason: event.reason, by: event.by.person, atMs: event.atMs }
        : {},
    ),
    keepDevice: assign(({ event }) => (event.type === 'device.joined' ? { clientDevice: event.device } : {})),
    forgetAnswer: assign(cleared),
    keepWithdrawal: assign(({ event }) => ({
      ...cleared,
      answer: 'no' as const,
      by: event.by.person,
      atMs: event.atMs,
    })),
    recordAnswered: emit(({ context, event }) =>
      about(context.item, 'item.answered', ['I1', 'I2'], context.answer, answerDetails(event)),
    ),
    recordReopened: emit(({ context }) => about(context.item, 'item.reopened', ['I6'], null)),
    recordOverridden: emit(({ context }) =>
      about(context.item, 'item.overridden', ['I5'], context.overrideReason),
    ),
    recordExpired: emit(({ context, event }) =>
      about(context.item, 'item.expired', [context.item === 'clientPrivacy' ? 'I8' : 'I7'], null, {
        because: event.type,
      }),
    ),
    refuseNotAllowed: emit(refuse('not-allowed')),
    refuseBadAnswer: emit(refuse('bad-answer')),
  },
}).createMachine({
  id: 'item',
  context: ({ input }) => ({
    item: input.instance as ItemName,
    ...cleared,
    shownText: shownTextOf(input.instance as ItemName, input.session.policy),
    clientDevice: null,
    deadlines: {},
  }),
  initial: 'open',
  on: {
    'item.answer': [
      { guard: 'isClosed' },
      // I3: people answer what is theirs; I4: and only with an answer that belongs to the item.
      { guard: 'isStranger', actions: 'refuseNotAllowed' },
      { guard: 'isImproper', actions: 'refuseBadAnswer' },
      { guard: 'isUnsure', target: '.uncertain', actions: ['keepAnswer', 'recordAnswered'] },
      { guard: 'isNo', target: '.declined', actions: ['keepAnswer', 'recordAnswered'] },
      { guard: 'isNotSafeToAsk', target: '.notSafeToAsk', actions: ['keepAnswer', 'recordAnswered'] },
      { target: '.confirmed', actions: ['keepAnswer', 'recordAnswered'] },
    ],
    'item.reopen': [
      { guard: 'isClosed' },
      { guard: 'isStranger', actions: 'refuseNotAllowed' },
      { target: '.open', actions: ['forgetAnswer', 'recordReopened'] },
    ],
    'item.override': [
      { guard: 'isClosed' },
      { guard: 'isStaff', target: '.overridden', actions: ['keepOverride', 'recordOverridden'] },
      { actions: 'refuseNotAllowed' },
    ],
    // Routed to the consent item only: what was agreed is taken back (A12).
    'consent.withdrawn': { target: '.declined', actions: ['keepWithdrawal'] },
    // Routed by `item.concept.ts` to the items whose answer they make old (I7, I8). Nothing is old that is not answered.
    'item.answered': { target: '.expired', actions: ['recordExpired', 'forgetAnswer'] },
    'item.reopened': { target: '.expired', actions: ['recordExpired', 'forgetAnswer'] },
    'crisis.opened': { target: '.expired', actions: ['recordExpired', 'forgetAnswer'] },
    'call.movedToVideo': { target: '.expired', actions: ['recordExpired', 'forgetAnswer'] },
    'channel.changed': { target: '.expired', actions: ['recordExpired', 'forgetAnswer'] },
    'device.joined': [
      {
        guard: 'isOnAnotherDevice',
        target: '.expired',
        actions: ['keepDevice', 'recordExpired', 'forgetAnswer'],
      },
      { actions: 'keepDevice' },
    ],
  },
  states: {
    open: {
      on: {
        'item.reopen': {},
        'item.answered': {},
        'item.reopened': {},
        'crisis.opened': {},
        'call.movedToVideo': {},
        'channel.changed': {},
        'device.joined': { actions: 'keepDevice' },
      },
    },
    confirmed: { on: { 'item.override': {} } },
    uncertain: {},
    declined: {},
    notSafeToAsk: {},
    overridden: { on: { 'item.override': {} } },
    expired: {
      on: {
        'item.answered': {},
        'item.reopened': {},
        'crisis.opened': {},
        'call.movedToVideo': {},
        'channel.changed': {},
        'device.joined': { actions: 'keepDevice' },
      },
    },
  },
});
