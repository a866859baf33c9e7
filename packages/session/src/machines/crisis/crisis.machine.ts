import type { CrisisFact, EventKind } from '@holdfast/protocol';
import { and, assign, emit, not, setup } from 'xstate';
import type { ChartInput, Emitted, Refused } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';
import {
  alertAbout,
  crisisId,
  fresh,
  subjectOf,
  unchecked,
  type CrisisContext,
  type CrisisEvent,
} from './crisis-state.js';
import { crisisGuards } from './crisis-guards.js';

const said = (kind: EventKind, rule: string, context: CrisisContext): Emitted =>
  record(kind, [rule], subjectOf(context), { details: { about: crisisId(context) } });

const factRecord = (
  kind: 'crisis.factConfirmed' | 'crisis.factAsked',
  context: CrisisContext,
  { type }: CrisisEvent,
  fact: CrisisFact,
): Emitted =>
  record(kind, ['C9'], subjectOf(context), {
    outcome: fact,
    details: { about: crisisId(context), by: type },
  });

/** C7: the hand-over up to its acceptance is taken up by whoever comes, and asked for again by whoever waits. */
const askAgain = {
  target: 'offered',
  guard: 'isOwnerOrWaiting',
  actions: ['keepOffered', 'recordOffered'],
} as const;

/** What is asked again in a crisis, each a part of its own (A28): a tap, or the answer of the item itself. */
const factPart = (fact: CrisisFact) =>
  ({
    initial: 'asked',
    states: {
      asked: {
        on: {
          'crisis.confirmFact': [
            { guard: { type: 'isOtherFact', params: fact } },
            { guard: not({ type: 'isGiven', params: fact }), actions: 'refuseBadAnswer' },
            { target: 'checked', actions: [{ type: 'keepChecked', params: fact }, 'recordConfirmed'] },
          ],
          'item.answered': {
            guard: { type: 'isAnswerOf', params: fact },
            target: 'checked',
            actions: [
              { type: 'keepChecked', params: fact },
              { type: 'recordAnswered', params: fact },
            ],
          },
        },
      },
      // C9: what changes after it was checked is asked again: no help goes to a place that they have left (H04).
      checked: {
        on: {
          'item.answered': {
            guard: { type: 'isMadeOld', params: fact },
            target: 'asked',
            actions: [
              { type: 'forgetChecked', params: fact },
              { type: 'recordAsked', params: fact },
            ],
          },
          'item.reopened': {
            guard: { type: 'isMadeOld', params: fact },
            target: 'asked',
            actions: [
              { type: 'forgetChecked', params: fact },
              { type: 'recordAsked', params: fact },
            ],
          },
        },
      },
    },
  }) as const;

/**
 * A crisis: opened by a person in one action, and ended by a person only, in one of four ways (H21). No deadline and
 * no fact can end it. Its parts go on side by side: whose harm it is about, what is asked again, and the hand-over.
 *
 * Rules C1-C11 in docs/safety-protocol.md.
 */
export const crisisMachine = setup({
  types: {} as { input: ChartInput; context: CrisisContext; events: CrisisEvent; emitted: Emitted | Refused },
  guards: crisisGuards,
  actions: {
    keepOpened: assign(({ context, event }) => ({
      ...fresh,
      count: context.count + 1,
      openedAtMs: event.atMs,
      openedBy: event.by.person,
      owner: event.by.person,
    })),
    keepLead: assign(({ event }) => ({ owner: event.by.person })),
    keepHarm: assign(({ event }) => (event.type === 'crisis.setHarm' ? { harm: event.to } : {})),
    keepOffered: assign(({ context, event }) => ({
      offers: context.offers + 1,
      offeredBy: event.by.person,
      waitedFor: context.joinedBy ?? context.waitedFor,
      joinedBy: null,
    })),
    keepJoined: assign(({ event }) => ({ joinedBy: event.by.person })),
    keepAccepted: assign(({ event }) => ({ acceptedBy: event.by.person, owner: event.by.person })),
    keepChecked: assign(({ context, event }, fact: CrisisFact) => ({
      checked: { ...context.checked, [fact]: { atMs: event.atMs, by: event.by.person } },
    })),
    forgetChecked: assign(({ context }, fact: CrisisFact) => ({
      checked: { ...context.checked, [fact]: unchecked[fact] },
    })),
    keepExit: assign(({ event }) =>
      event.type === 'crisis.resolve'
        ? { exit: event.exit, reason: event.reason ?? null, rationaleRef: event.rationaleRef ?? null }
        : {},
    ),
    recordOpened: emit(({ context }) => record('crisis.opened', ['C1'], subjectOf(context))),
    recordHarm: emit(({ context }) =>
      record('crisis.harmSet', ['C8'], subjectOf(context), { outcome: context.harm }),
    ),
    recordConfirmed: emit(({ context, event }) =>
      factRecord(
        'crisis.factConfirmed',
        context,
        event,
        event.type === 'crisis.confirmFact' ? event.fact : 'location',
      ),
    ),
    recordAnswered: emit(({ context, event }, fact: CrisisFact) =>
      factRecord('crisis.factConfirmed', context, event, fact),
    ),
    recordAsked: emit(({ context, event }, fact: CrisisFact) =>
      factRecord('crisis.factAsked', context, event, fact),
    ),
    recordOffered: emit(({ context }) =>
      record('crisis.escalationOffered', ['C2'], subjectOf(context), {
        details: { about: alertAbout(context) },
        alert: { cause: 'escalation', client: context.client, about: alertAbout(context) },
      }),
    ),
    recordJoined: emit(({ context }) => said('crisis.escalationJoined', 'C7', context)),
    recordBriefed: emit(({ context }) => said('crisis.escalationBriefed', 'C7', context)),
    recordAccepted: emit(({ context }) => said('crisis.escalationAccepted', 'C3', context)),
    recordKept: emit(({ context }) => said('crisis.escalationKept', 'C11', context)),
    recordIntroduced: emit(({ context }) => said('crisis.clientIntroduced', 'C7', context)),
    recordReleased: emit(({ context }) => said('crisis.senderReleased', 'C7', context)),
    recordResolved: emit(({ context }) =>
      record('crisis.resolved', ['C4'], subjectOf(context), {
        outcome: context.exit,
        details: {
          about: crisisId(context),
          ...(context.rationaleRef === null ? {} : { rationaleRef: context.rationaleRef }),
          ...(context.reason === null ? {} : { reason: context.reason }),
        },
      }),
    ),
    refuseNotAllowed: emit(refuse('not-allowed')),
    refuseNotNow: emit(refuse('not-now')),
    refuseNotOwner: emit(refuse('not-owner')),
    refuseBadAnswer: emit(refuse('bad-answer')),
  },
}).createMachine({
  id: 'crisis',
  context: ({ input }) => ({ client: input.instance, count: 0, ...fresh, deadlines: {} }),
  initial: 'none',
  states: {
    none: {
      on: {
        'crisis.open': [{ guard: 'isClosed' }, { target: 'open', actions: ['keepOpened', 'recordOpened'] }],
      },
    },
    open: {
      type: 'parallel',
      on: {
        // D3: it goes with the session; where its hand-over stands does not change.
        'lead.changed': { guard: 'isOldLeads', actions: 'keepLead' },
        // C5: the practitioner's own judgement, with a reference to where it is written down.
        'crisis.resolve': [
          // C3: only a crisis that a named person took over can end as handed over.
          { guard: and(['isHandOver', not('isAccepted')]), actions: 'refuseNotNow' },
          { guard: and(['isClientSafe', not('isPractitioner')]), actions: 'refuseNotAllowed' },
          { guard: and(['isClientSafe', not('hasRationale')]), actions: 'refuseBadAnswer' },
          { guard: and(['isOverride', not('hasReason')]), actions: 'refuseBadAnswer' },
          { target: 'resolved', actions: ['keepExit', 'recordResolved'] },
        ],
      },
      states: {
        enquiry: {
          initial: 'going',
          states: {
            going: {
              on: { 'crisis.setHarm': [{ guard: 'isSameHarm' }, { actions: ['keepHarm', 'recordHarm'] }] },
            },
          },
        },
        location: factPart('location'),
        callBackNumber: factPart('callBackNumber'),
        escalation: {
          initial: 'alone',
          states: {
            alone: {
              on: {
                'crisis.offerEscalation': { target: 'offered', actions: ['keepOffered', 'recordOffered'] },
              },
            },
            offered: {
              on: {
                'crisis.joinEscalation': [
                  { guard: 'isOwner', actions: 'refuseNotAllowed' },
                  { target: 'joined', actions: ['keepJoined', 'recordJoined'] },
                ],
                // Whoever takes the alert comes: no second tap, and no alert that is taken and forgotten.
                'alert.accepted': [
                  {
                    guard: and(['isMyAlert', not('isOwner')]),
                    target: 'joined',
                    actions: ['keepJoined', 'recordJoined'],
                  },
                  // C11: nobody comes to their own crisis. It is theirs as it was, and nothing waits for an answer.
                  {
                    guard: and(['isMyAlert', 'isOfLastOffer', 'wasHandedOver']),
                    target: 'accepted',
                    actions: ['keepJoined', 'recordKept'],
                  },
                  { guard: and(['isMyAlert', 'isOfLastOffer']), target: 'alone', actions: 'recordKept' },
                ],
              },
            },
            joined: {
              on: {
                'crisis.briefEscalation': { target: 'briefed', actions: 'recordBriefed' },
                'crisis.offerEscalation': [askAgain, { actions: 'refuseNotOwner' }],
              },
            },
            briefed: {
              on: {
                'crisis.acceptEscalation': [
                  { guard: 'isJoined', target: 'accepted', actions: ['keepAccepted', 'recordAccepted'] },
                  { actions: 'refuseNotOwner' },
                ],
                'crisis.offerEscalation': [askAgain, { actions: 'refuseNotOwner' }],
              },
            },
            accepted: {
              initial: 'owned',
              on: { 'crisis.offerEscalation': [askAgain, { actions: 'refuseNotOwner' }] },
              states: {
                owned: {
                  on: {
                    'crisis.introduceClient': { target: 'clientIntroduced', actions: 'recordIntroduced' },
                    'crisis.releaseSender': { target: 'senderReleased', actions: 'recordReleased' },
                  },
                },
                clientIntroduced: {
                  on: { 'crisis.releaseSender': { target: 'senderReleased', actions: 'recordReleased' } },
                },
                senderReleased: {},
              },
            },
          },
        },
      },
    },
    resolved: {
      on: {
        'crisis.open': [{ guard: 'isClosed' }, { target: 'open', actions: ['keepOpened', 'recordOpened'] }],
      },
    },
  },
});
