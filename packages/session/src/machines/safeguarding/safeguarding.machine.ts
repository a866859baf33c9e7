import type { EventDetails, EventKind } from '@holdfast/protocol';
import { and, assign, emit, not, setup, stateIn } from 'xstate';
import type { AlertRequest, ChartInput, Emitted, Heard, Refused, Said } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';
import { safeguardingId, type SafeguardingContext } from './safeguarding-state.js';

type SafeguardingEvent =
  | Said<
      | 'safeguarding.open'
      | 'safeguarding.decide'
      | 'safeguarding.notifyLead'
      | 'safeguarding.setContactPlan'
      | 'safeguarding.setGuardianException'
      | 'safeguarding.sendReferrals'
      | 'safeguarding.settle'
    >
  | Heard<'alert.acknowledged' | 'alert.accepted' | 'followUp.opened' | 'item.answered'>;

const NEW = {
  about: null,
  openedAtMs: null,
  openedBy: null,
  threshold: null,
  consentSought: null,
  decidedBy: null,
  rationaleRef: null,
  lead: null,
  planRef: null,
  planBecause: null,
  end: null,
} as const satisfies Partial<SafeguardingContext>;

/** The kind of follow-up that belongs to this pathway: the referral in writing (guidance 3.5). */
export const SAFEGUARDING_FOLLOW_UP = 'safeguardingReferral';

const on = (
  context: SafeguardingContext,
  kind: EventKind,
  rules: readonly string[],
  rest: { outcome?: string | null; details?: EventDetails; alert?: AlertRequest } = {},
): Emitted =>
  record(
    kind,
    rules,
    { kind: 'client', id: context.client },
    { ...rest, details: { about: safeguardingId(context), ...rest.details } },
  );

/**
 * Safeguarding of one client: a person opens it, a person decides whether the threshold is met, a person tells the lead,
 * and a person settles it. It alerts the policy's list only when a person says so, and nothing but a person ends it.
 *
 * Rules S1-S9 in docs/safety-protocol.md. It keeps codes and references; the narrative stays in the host's record.
 */
export const safeguardingMachine = setup({
  types: {} as {
    input: ChartInput;
    context: SafeguardingContext;
    events: SafeguardingEvent;
    emitted: Emitted | Refused;
  },
  guards: {
    isSameSubject: ({ context, event }) =>
      event.type === 'safeguarding.open' && event.about === context.about,
    isInPerson: ({ event }) => event.type === 'safeguarding.notifyLead' && event.way === 'inPerson',
    isMine: ({ context, event }) =>
      'details' in event && event.details?.['about'] === safeguardingId(context),
    isReferralInWriting: ({ event }) =>
      event.type === 'followUp.opened' && event.outcome === SAFEGUARDING_FOLLOW_UP,
    isPlanNeedless: ({ event }) => event.type === 'safeguarding.setContactPlan' && event.plan === 'notNeeded',
    // S5: what is safe is known only by its words.
    isPlanWithoutWords: ({ context, event }) =>
      event.type === 'safeguarding.setContactPlan' &&
      event.plan === 'set' &&
      (event.answerRef ?? context.planRef) === null,
    hasReason: ({ event }) => event.type === 'safeguarding.setContactPlan' && event.because !== undefined,
    isSameException: ({ context, event }) =>
      event.type === 'safeguarding.setGuardianException' && event.isOn === context.isGuardianException,
    isExceptionOn: ({ context }) => context.isGuardianException,
    isOwing: ({ event }) => event.now.safeguardingOwed.length > 0,
    isHandedToLead: ({ event }) => event.type === 'safeguarding.settle' && event.reason === 'handedToLead',
    hasNoReferrals: ({ event }) => event.now.referrals.length === 0,
    isHeldBack: ({ event }) => event.now.precedence.hasExited || event.now.precedence.isPrivacyCompromised,
    hasSafeChannel: ({ event }) =>
      event.type === 'safeguarding.sendReferrals' && event.now.safeChannels.includes(event.channel),
  },
  actions: {
    keepOpened: assign(({ context, event }) => ({
      ...NEW,
      count: context.count + 1,
      openedAtMs: event.saidAtMs ?? event.atMs,
      openedBy: event.by.person,
      about: event.type === 'safeguarding.open' ? event.about : null,
    })),
    keepSubject: assign(({ event }) => (event.type === 'safeguarding.open' ? { about: event.about } : {})),
    keepDecision: assign(({ event }) =>
      event.type === 'safeguarding.decide'
        ? {
            threshold: event.threshold,
            consentSought: event.consentSought,
            rationaleRef: event.rationaleRef,
            decidedBy: event.by.person,
          }
        : {},
    ),
    keepLead: assign(({ event }) => {
      const person = 'details' in event ? event.details?.['person'] : undefined;
      return typeof person === 'string' ? { lead: person } : {};
    }),
    keepPlan: assign(({ context, event }) =>
      event.type === 'safeguarding.setContactPlan'
        ? {
            planRef: event.plan === 'set' ? (event.answerRef ?? context.planRef) : null,
            planBecause: event.plan === 'set' ? null : (event.because ?? null),
          }
        : {},
    ),
    keepException: assign(({ event }) =>
      event.type === 'safeguarding.setGuardianException'
        ? { isGuardianException: event.isOn, exceptionRef: event.rationaleRef }
        : { isGuardianException: true },
    ),
    keepEnd: assign(({ event }) => (event.type === 'safeguarding.settle' ? { end: event.reason } : {})),
    recordOpened: emit(({ context, event }) =>
      on(context, 'safeguarding.opened', ['S1'], {
        outcome: context.about,
        details: { textVersion: event.now.texts.safeguarding },
      }),
    ),
    recordOpenedAgain: emit(({ context }) =>
      on(context, 'safeguarding.opened', ['S1'], { outcome: 'again' }),
    ),
    recordSubject: emit(({ context }) =>
      on(context, 'safeguarding.opened', ['S1'], {
        outcome: 'corrected',
        details: { subject: context.about },
      }),
    ),
    recordDecided: emit(({ context }) =>
      on(context, 'safeguarding.decided', ['S2'], {
        outcome: context.threshold,
        details: {
          by: context.decidedBy,
          consentSought: context.consentSought,
          rationaleRef: context.rationaleRef,
        },
      }),
    ),
    recordNotified: emit(({ context }) =>
      on(context, 'safeguarding.leadNotified', ['S3'], {
        alert: { cause: 'safeguarding', client: context.client, about: safeguardingId(context) },
      }),
    ),
    recordTold: emit(({ context, event }) =>
      on(context, 'safeguarding.leadTold', ['S3'], { details: { by: event.by.person } }),
    ),
    recordLeadAnswered: emit(({ context, event }) =>
      on(context, 'safeguarding.leadAnswered', ['S3'], {
        outcome: event.type === 'alert.accepted' ? 'accepted' : 'acknowledged',
        details: { person: context.lead },
      }),
    ),
    recordPlanned: emit(({ context, event }) =>
      on(context, 'safeguarding.contactPlanned', ['S5'], {
        outcome: event.type === 'safeguarding.setContactPlan' ? event.plan : null,
        details: { by: event.by.person, because: context.planBecause },
      }),
    ),
    recordException: emit(({ context, event }) =>
      on(context, 'safeguarding.guardianExceptionSet', ['S7'], {
        outcome: context.isGuardianException ? 'on' : 'off',
        details: { by: event.by.person, rationaleRef: context.exceptionRef },
      }),
    ),
    recordReferrals: emit(({ context, event }) =>
      on(context, 'safeguarding.referralsReleased', ['S8'], {
        outcome: event.type === 'safeguarding.sendReferrals' ? event.channel : null,
        details: { by: event.by.person, count: event.now.referrals.length },
      }),
    ),
    recordSettled: emit(({ context, event }) =>
      on(context, 'safeguarding.settled', ['S6'], {
        outcome: context.end,
        details: {
          by: event.by.person,
          threshold: context.threshold,
          rationaleRef: context.rationaleRef,
        },
      }),
    ),
    refusePathwayOpen: emit(({ event }) => ({
      ...refuse('pathway-open'),
      missing: event.now.safeguardingOwed,
    })),
    refuseNotAllowed: emit(refuse('not-allowed')),
    refuseNotNow: emit(refuse('not-now')),
    refuseBadAnswer: emit(refuse('bad-answer')),
  },
}).createMachine({
  id: 'safeguarding',
  context: ({ input }) => ({
    client: input.instance,
    count: 0,
    ...NEW,
    isGuardianException: false,
    exceptionRef: null,
    deadlines: {},
  }),
  initial: 'none',
  on: {
    // S7: in every state; a minor's guardian may be the risk before anybody opens a pathway.
    'safeguarding.setGuardianException': [
      { guard: 'isSameException' },
      { actions: ['keepException', 'recordException'] },
    ],
    // Routed here only for a guardian who is not safe to ask.
    'item.answered': { guard: not('isExceptionOn'), actions: ['keepException', 'recordException'] },
  },
  states: {
    none: { on: { 'safeguarding.open': { target: 'open', actions: ['keepOpened', 'recordOpened'] } } },
    open: {
      type: 'parallel',
      on: {
        'safeguarding.open': [
          // Two people may press at once: the second is on the record and changes nothing (H09).
          { guard: 'isSameSubject', actions: 'recordOpenedAgain' },
          { actions: ['keepSubject', 'recordSubject'] },
        ],
        // S6: by a person, once nothing is owed; handed over only to a named person who took it.
        'safeguarding.settle': [
          { guard: 'isOwing', actions: 'refusePathwayOpen' },
          {
            guard: and(['isHandedToLead', not(stateIn('#safeguarding.open.notified.accepted'))]),
            actions: 'refuseNotNow',
          },
          { target: 'settled', actions: ['keepEnd', 'recordSettled'] },
        ],
        'safeguarding.sendReferrals': [
          { guard: 'hasNoReferrals' },
          { guard: and(['hasSafeChannel', not('isHeldBack')]), actions: 'recordReferrals' },
          { actions: 'refuseNotAllowed' },
        ],
      },
      states: {
        // S2: said anew it replaces what was said; who, when and why stay on the record.
        decision: {
          initial: 'undecided',
          on: { 'safeguarding.decide': { target: '.decided', actions: ['keepDecision', 'recordDecided'] } },
          states: { undecided: {}, decided: {} },
        },
        // S3: alerted on a person's word only; whoever answers is named.
        notified: {
          initial: 'notYet',
          states: {
            notYet: {
              on: {
                'safeguarding.notifyLead': [
                  { guard: 'isInPerson', target: 'told', actions: 'recordTold' },
                  { target: 'offered', actions: 'recordNotified' },
                ],
              },
            },
            offered: {
              on: {
                'safeguarding.notifyLead': { guard: 'isInPerson', target: 'told', actions: 'recordTold' },
                'alert.acknowledged': {
                  guard: 'isMine',
                  target: 'acknowledged',
                  actions: ['keepLead', 'recordLeadAnswered'],
                },
                'alert.accepted': {
                  guard: 'isMine',
                  target: 'accepted',
                  actions: ['keepLead', 'recordLeadAnswered'],
                },
              },
            },
            acknowledged: {
              on: {
                'alert.accepted': {
                  guard: 'isMine',
                  target: 'accepted',
                  actions: ['keepLead', 'recordLeadAnswered'],
                },
                'safeguarding.notifyLead': { guard: 'isInPerson', target: 'told', actions: 'recordTold' },
              },
            },
            accepted: {},
            told: {},
          },
        },
        contactPlan: {
          initial: 'none',
          on: {
            'safeguarding.setContactPlan': [
              { guard: and(['isPlanNeedless', not('hasReason')]), actions: 'refuseBadAnswer' },
              { guard: 'isPlanWithoutWords', actions: 'refuseBadAnswer' },
              { guard: 'isPlanNeedless', target: '.notNeeded', actions: ['keepPlan', 'recordPlanned'] },
              { target: '.set', actions: ['keepPlan', 'recordPlanned'] },
            ],
          },
          states: { none: {}, set: {}, notNeeded: {} },
        },
        followUp: {
          initial: 'none',
          states: {
            none: { on: { 'followUp.opened': { guard: 'isReferralInWriting', target: 'set' } } },
            set: {},
          },
        },
      },
    },
    settled: { on: { 'safeguarding.open': { target: 'open', actions: ['keepOpened', 'recordOpened'] } } },
  },
});
