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
import { asksAgainOn, isAway } from './expiries.js';
import { isAsserted, isProperSetUp, notApplicableAtFirst } from './set-up-answers.js';

type ItemEvent =
  | Said<'item.answer' | 'item.reopen' | 'item.override'>
  | Stated<'device.joined'>
  | Heard<
      | 'item.answered'
      | 'item.reopened'
      | 'crisis.opened'
      | 'call.movedToVideo'
      | 'channel.changed'
      | 'pause.ended'
      | 'privacy.resolved'
      | 'consent.withdrawn'
      | 'risk.raised'
      | 'risk.lowered'
      | 'route.tested'
    >
  | Stated<'device.heard' | 'media.reported'>;

const cleared = {
  answer: null,
  flags: {},
  method: null,
  by: null,
  atMs: null,
  answerRef: null,
  textVersion: null,
  overrideReason: null,
  preference: null,
  note: null,
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
  const { flags = {}, method, textVersion, because, rationaleRef } = event;
  return {
    ...(flags as Record<keyof AnswerFlags, boolean>),
    ...(method === undefined ? {} : { method }),
    ...(textVersion === undefined ? {} : { textVersion }),
    ...(because === undefined ? {} : { because }),
    ...(rationaleRef === undefined ? {} : { rationaleRef }),
  };
};

/** D06: what the record says of a preference, so that the host can keep it for this kind of session. */
const preferenceDetails = ({ preference }: ItemContext): EventDetails =>
  preference === null ? {} : { ...preference };
/** Which rule makes an item's answer old; the others are I7. */
const EXPIRY_RULES: Readonly<Partial<Record<ItemName, string>>> = {
  clientPrivacy: 'I8',
  emergencyContact: 'I14',
  localRoute: 'I18',
};

/** What is routed to every item at a start of the session server comes by `*`: the chart has no word for it. */
const expiryRule = (item: ItemName, { type }: { readonly type: string }): string =>
  type === 'server.started' ? 'R8' : (EXPIRY_RULES[item] ?? 'I7');

/** I13: what left a doubt, until the answer is settled. */
const doubtedAfter = (
  { doubted }: ItemContext,
  { answer, method }: Said<'item.answer'>,
): readonly string[] => {
  if (answer === 'confirmed') return [];
  return method === undefined ? doubted : [...new Set([...doubted, method])];
};

const isOwn = (item: ItemName, role: string | null): boolean =>
  ITEM_RULES[item].answeredBy.some((own) => own === role);

/** I16: a test of a route changes what is known only where it says something else. */
const reached = {
  guard: 'isReachable',
  target: 'confirmed',
  actions: ['keepTest', 'recordTested'],
} as const;
const unreached = { target: 'declined', actions: ['keepTest', 'recordTested'] } as const;

/**
 * One set-up item (A07, A14): each its own chart, so that no input settles two (H13). Nothing is ticked beforehand.
 *
 * Rules I1-I18 in docs/safety-protocol.md. It keeps codes and references; the words are in the vault.
 */
export const itemMachine = setup({
  types: {} as { input: ChartInput; context: ItemContext; events: ItemEvent; emitted: Emitted | Refused },
  guards: {
    isClosed: ({ event }) => event.now.stage === 'closed',
    isStranger: ({ context, event }) => !isOwn(context.item, event.by.role),
    isStaff: ({ event }) => event.by.role === 'practitioner',
    isImproper: ({ context, event }) =>
      event.type === 'item.answer' &&
      !(
        isProperAnswer(context.item, context.shownText, event) &&
        isProperSetUp(event, context, event.now, event.by.role)
      ),
    isUnsure: ({ event }) => event.type === 'item.answer' && event.answer === 'notSure',
    isNo: ({ context, event }) =>
      event.type === 'item.answer' &&
      (event.answer === 'no' || !ITEM_RULES[context.item].settledBy.includes(event.answer)),
    isNotSafeToAsk: ({ event }) => event.type === 'item.answer' && event.answer === 'notSafeToAsk',
    // C11: the practitioner is told loudly when the client says so; a practitioner who corrects the place knows.
    isMoved: ({ context, event }) => context.item === 'location' && event.by.role === 'client',
    hasNothing: ({ context }) => context.answer === null && context.overrideReason === null,
    // Items hear of a device before presence does: whoever is back is still away here.
    isBack: ({ context, event }) =>
      context.asksAgainOn.includes('rejoin') &&
      isAway(event.now.clientPresence) &&
      (context.answer !== null || context.overrideReason !== null),
    asksNothing: ({ context }) => context.notApplicable !== null,
    isAsserted: ({ context }) => context.answer === 'confirmed',
    isUnanswered: ({ context }) =>
      context.answer === null || !ITEM_RULES[context.item].settledBy.includes(context.answer),
    isReachable: ({ event }) => event.type === 'route.tested' && event.details?.['isReachable'] === true,
    isOnAnotherDevice: ({ context, event }) =>
      event.type === 'device.joined' &&
      context.asksAgainOn.includes('anotherDevice') &&
      context.clientDevice !== null &&
      context.clientDevice !== event.device,
  },
  actions: {
    keepAnswer: assign(({ context, event }) =>
      event.type === 'item.answer'
        ? {
            answer: event.answer,
            flags: event.flags ?? {},
            method: event.method ?? null,
            doubted: doubtedAfter(context, event),
            by: event.by.person,
            atMs: event.atMs,
            answerRef: event.answerRef ?? null,
            textVersion: event.textVersion ?? null,
            overrideReason: null,
            // I21: that they are not sure gives no new place.
            movedAtMs: event.answer === 'confirmed' ? null : context.movedAtMs,
            preference:
              event.answer !== 'confirmed' || event.way === undefined || event.reviewOn === undefined
                ? null
                : { way: event.way, reviewOn: event.reviewOn, sessionType: context.sessionType },
            note: event.because ?? event.rationaleRef ?? null,
          }
        : {},
    ),
    keepMoved: assign(({ event }) => ({ movedAtMs: event.atMs })),
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
    keepTest: assign(({ event }) => ({
      ...cleared,
      answer: event.type === 'route.tested' && event.details?.['isReachable'] === true ? 'confirmed' : 'no',
      method: 'selfTest',
      atMs: event.atMs,
    })),
    beginAsking: assign({ notApplicable: null }),
    stopAsking: assign({ ...cleared, notApplicable: 'risk' }),
    recordAsked: emit(({ context }) => about(context.item, 'item.asked', ['I18'], 'risk')),
    recordTested: emit(({ context }) => about(context.item, 'item.answered', ['I16'], context.answer)),
    recordAnswered: emit(({ context, event }) =>
      about(context.item, 'item.answered', ['I1', 'I2'], context.answer, {
        ...answerDetails(event),
        ...preferenceDetails(context),
      }),
    ),
    recordReopened: emit(({ context }) => about(context.item, 'item.reopened', ['I6'], null)),
    recordMoved: emit(({ context }) => about(context.item, 'item.reopened', ['I6', 'I21'], 'moved')),
    recordOverridden: emit(({ context }) =>
      about(context.item, 'item.overridden', ['I5'], context.overrideReason),
    ),
    recordExpired: emit(({ context, event }) =>
      about(context.item, 'item.expired', [expiryRule(context.item, event), 'I24'], null, {
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
    doubted: [],
    ...cleared,
    // I15: what the host asserts of the practitioner settles the item; nobody has to answer it.
    ...(isAsserted(input.instance as ItemName, input.session)
      ? { answer: 'confirmed' as const, method: 'hostClaims', atMs: input.atMs }
      : {}),
    notApplicable: notApplicableAtFirst(input.instance as ItemName, input.session),
    shownText: shownTextOf(input.instance as ItemName, input.session.policy),
    clientDevice: null,
    movedAtMs: null,
    asksAgainOn: asksAgainOn(input.instance as ItemName, input.session),
    sessionType: input.session.appointment.type,
    deadlines: {},
  }),
  initial: 'beginning',
  on: {
    'item.answer': [
      { guard: 'isClosed' },
      // I3: people answer what is theirs; I4: and only with an answer that belongs to the item.
      { guard: 'isStranger', actions: 'refuseNotAllowed' },
      { guard: 'isImproper', actions: 'refuseBadAnswer' },
      { guard: 'isUnsure', target: '.uncertain', actions: ['keepAnswer', 'recordAnswered'] },
      // Nobody refused anything: it is asked again when it is safe.
      { guard: 'isNotSafeToAsk', target: '.notSafeToAsk', actions: ['keepAnswer', 'recordAnswered'] },
      { guard: 'isNo', target: '.declined', actions: ['keepAnswer', 'recordAnswered'] },
      { target: '.confirmed', actions: ['keepAnswer', 'recordAnswered'] },
    ],
    'item.reopen': [
      { guard: 'isClosed' },
      { guard: 'isStranger', actions: 'refuseNotAllowed' },
      { guard: 'isMoved', target: '.open', actions: ['forgetAnswer', 'keepMoved', 'recordMoved'] },
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
    // The last branch: nothing of these two may come to `*`.
    'device.heard': [{ guard: 'isBack', target: '.expired', actions: ['recordExpired', 'forgetAnswer'] }, {}],
    'media.reported': [
      { guard: 'isBack', target: '.expired', actions: ['recordExpired', 'forgetAnswer'] },
      {},
    ],
    // Routed to the local route only: nobody is asked for it any more who has not named one (I18).
    'risk.lowered': [{ guard: 'isUnanswered', target: '.notApplicable', actions: 'stopAsking' }, {}],
    'risk.raised': {},
    // Routed to the escalation route only (I16).
    'route.tested': [
      { guard: 'isReachable', target: '.confirmed', actions: ['keepTest', 'recordTested'] },
      { target: '.declined', actions: ['keepTest', 'recordTested'] },
    ],
    // I24: whatever else `item.concept.ts` routes here makes the answer old, by the policy's own list.
    '*': [{ guard: 'hasNothing' }, { target: '.expired', actions: ['recordExpired', 'forgetAnswer'] }],
    'device.joined': [
      {
        guard: 'isOnAnotherDevice',
        target: '.expired',
        actions: ['keepDevice', 'recordExpired', 'forgetAnswer'],
      },
      { guard: 'isBack', target: '.expired', actions: ['keepDevice', 'recordExpired', 'forgetAnswer'] },
      { actions: 'keepDevice' },
    ],
  },
  states: {
    beginning: {
      always: [
        { guard: 'asksNothing', target: 'notApplicable' },
        { guard: 'isAsserted', target: 'confirmed' },
        { target: 'open' },
      ],
    },
    // I9: it is there, and settled, and asks nothing.
    notApplicable: {
      on: {
        'item.answer': {},
        'item.reopen': {},
        'item.override': {},
        'item.answered': {},
        'item.reopened': {},
        'crisis.opened': {},
        'call.movedToVideo': {},
        'risk.lowered': {},
        'risk.raised': { target: 'open', actions: ['beginAsking', 'recordAsked'] },
        '*': {},
        'device.joined': { actions: 'keepDevice' },
      },
    },
    open: {
      on: {
        'item.reopen': {},
        'item.answered': {},
        'item.reopened': {},
        'crisis.opened': {},
        'call.movedToVideo': {},
        'channel.changed': {},
        'pause.ended': {},
        'privacy.resolved': {},
        'device.joined': { actions: 'keepDevice' },
      },
    },
    confirmed: { on: { 'item.override': {}, 'route.tested': [{ guard: 'isReachable' }, unreached] } },
    uncertain: {},
    declined: { on: { 'route.tested': [reached, {}] } },
    notSafeToAsk: {},
    overridden: { on: { 'item.override': {}, 'route.tested': [reached, {}] } },
    expired: {
      on: {
        'item.answered': {},
        'item.reopened': {},
        'crisis.opened': {},
        'call.movedToVideo': {},
        'channel.changed': {},
        'pause.ended': {},
        'privacy.resolved': {},
        'device.joined': { actions: 'keepDevice' },
      },
    },
  },
});
