import { and, assign, emit, not, or, setup, stateIn } from 'xstate';
import type { ChartInput, Emitted, Refused } from '../../step/concept.js';
import { refuse } from '../../step/record.js';
import { runChanges as change } from './run-changes.js';
import { runGuards } from './run-guards.js';
import { runRecords as on } from './run-records.js';
import { NOTHING_YET, type RunContext, type RunEvent } from './run-state.js';

const machine = setup({
  types: {} as { input: ChartInput; context: RunContext; events: RunEvent; emitted: Emitted | Refused },
  guards: runGuards,
  actions: {
    open: assign(change.open),
    close: assign(change.close),
    keepLoss: assign(change.keepLoss),
    keepBack: assign(change.keepBack),
    keepByPhone: assign(change.keepByPhone),
    keepTogether: assign(change.keepTogether),
    keepLeft: assign(change.keepLeft),
    armWait: assign(change.armWait),
    disarmWait: assign(change.disarmWait),
    startPhoning: assign(change.startPhoning),
    nextAttempt: assign(change.nextAttempt),
    disarmAttempt: assign(change.disarmAttempt),
    disarmPhoning: assign(change.disarmPhoning),
    armDecide: assign(change.armDecide),
    armAct: assign(change.armAct),
    armLookAgain: assign(change.armLookAgain),
    keepDecision: assign(change.keepDecision),
    forgetDecision: assign(change.forgetDecision),
    disarmDeciding: assign(change.disarmDeciding),
    keepStoodDown: assign(change.keepStoodDown),
    armWord: assign(change.armWord),
    disarmWord: assign(change.disarmWord),
    keepWord: assign(change.keepWord),
    tighten: assign(change.tighten),
    keepDutyTold: assign(change.keepDutyTold),
    keepHelper: assign(change.keepHelper),
    keepStandIn: assign(change.keepStandIn),
    forgetStandIn: assign(change.forgetStandIn),
    keepOwner: assign(change.keepOwner),
    keepOffer: assign(change.keepOffer),
    keepLate: assign(change.keepLate),
    keepGuardian: assign(change.keepGuardian),
    allowRinging: assign(change.allowRinging),
    forgetRinging: assign(change.forgetRinging),
    exhaust: assign(change.exhaust),
    repeat: assign(change.repeat),
    endExhausted: assign(change.endExhausted),
    dispose: assign(change.dispose),
    recordOpened: emit(on.runOpened),
    recordEnded: emit(on.runEnded),
    recordReconnecting: emit(on.reconnectingOpened),
    recordReconnectingSilent: emit(on.reconnectingSilent),
    recordReconnectingRecovered: emit(on.reconnectingRecovered),
    recordReconnectingEnded: emit(on.reconnectingEnded),
    recordPhoning: emit(on.phoningOpened),
    recordAttempt: emit(on.attemptDue),
    recordCall: emit(on.callRecorded),
    recordPhoningSilent: emit(on.phoningSilent),
    recordPhoningReached: emit(on.phoningReached),
    recordPhoningRecovered: emit(on.phoningRecovered),
    recordPhoningEnded: emit(on.phoningEnded),
    recordDeciding: emit(on.decidingOpened),
    recordDecided: emit(on.decided),
    recordUnanswered: emit(on.decidingUnanswered),
    recordActDue: emit(on.actDue),
    recordActed: emit(on.acted),
    recordActUnanswered: emit(on.actUnanswered),
    recordLookAgain: emit(on.lookAgain),
    recordReopened: emit(on.decidingReopened),
    recordStoodDown: emit(on.decidingStoodDown),
    recordReached: emit(on.decidingReached),
    recordWordDue: emit(on.wordDue),
    recordWordGiven: emit(on.wordGiven),
    recordNeedsConfirmation: emit(on.needsConfirmation),
    recordWordMissing: emit(on.wordMissing),
    recordRiskSwitched: emit(on.riskSwitched),
    recordClientLeft: emit(on.clientLeft),
    recordRingingAllowed: emit(on.ringingAllowed),
    recordHandOverOffered: emit(on.handOverOffered),
    recordOwnerChanged: emit(on.ownerChanged),
    recordExhausted: emit(on.exhausted),
    recordRepeated: emit(on.exhaustedRepeated),
    recordLateReport: emit(on.lateReport),
    recordLateAct: emit(on.lateAct),
    refuseStaleRun: emit(refuse('stale-run')),
    refuseNotOwner: emit(refuse('not-owner')),
    refuseNotAllowed: emit(refuse('not-allowed')),
    refuseNotNow: emit(refuse('not-now')),
    refuseBadTime: emit(refuse('bad-time')),
    refuseUnknown: emit(refuse('unknown-person')),
  },
});

/** L18: a person's report about an earlier run is kept and never refused; it moves nothing that is over. */
const lateReport = [
  { guard: 'isKnownRun', actions: 'recordLateReport' },
  { actions: 'refuseStaleRun' },
] as const;
const reportOfOtherRun = [
  { guard: and(['isOtherRun', 'isKnownRun']), actions: 'recordLateReport' },
  { guard: 'isOtherRun', actions: 'refuseStaleRun' },
  { guard: 'isStranger', actions: 'refuseNotAllowed' },
] as const;
const onlyTheOwner = [
  { guard: 'isOtherRun', actions: 'refuseStaleRun' },
  { guard: not('isOwner'), actions: 'refuseNotOwner' },
] as const;

/** L18: no act was asked for: help that was arranged all the same counts, anything else moves no clock. */
const actWithoutDecision = [
  { guard: 'isActReached', target: 'settling', actions: 'recordActed' },
  { actions: 'recordLateAct' },
] as const;

/** Phoning opens, or opens again: somebody is to ring the client. */
const phoneWhen = <const G extends string, const T extends string>(guard: G, target: T) =>
  ({ guard, target, actions: ['startPhoning', 'recordPhoning'] }) as const;

/** Deciding opens: a person's decision is due. */
const decideWhen = <const G extends string>(guard: G) =>
  ({ guard, target: 'undecided', actions: ['armDecide', 'recordDeciding'] }) as const;

/**
 * The ladder's run for one client. It opens when contact is lost, or when a client in need goes on purpose; it has an
 * owner and a clock in every state; and it ends only in together, by phone, left, or what a named person says.
 *
 * Rules L1-L18 in docs/safety-protocol.md. Its parts run beside each other; each is idle, open or done and has its own
 * deadline. The end of one part (an event of its own) is what opens the next. It rings nobody: people do.
 */
export const runMachine = machine.createMachine({
  id: 'run',
  context: ({ input }) => ({
    client: input.instance,
    count: 0,
    run: null,
    cause: null,
    owner: null,
    openedAtMs: null,
    lastContactMs: null,
    helpers: [],
    standIn: null,
    late: null,
    repeats: 0,
    ...NOTHING_YET,
  }),
  initial: 'none',
  states: {
    none: {
      on: {
        'contact.lost': { guard: 'isInSession', target: 'open', actions: ['open', 'recordOpened'] },
        // A call that is cut was going on, also while the session is being closed.
        'call.cut': { target: 'open', actions: ['open', 'recordOpened'] },
        'person.gone': { guard: 'isVanished', target: 'open', actions: ['open', 'recordOpened'] },
        // N3: opened by a person; a decision, and nothing else by itself.
        'attendance.noShowOpened': { target: 'open', actions: ['open', 'recordOpened'] },
        'person.exited': {
          guard: or(['isExitOfClient', 'isLeavingAtRisk']),
          target: 'open',
          actions: ['open', 'recordOpened'],
        },
        'person.left': { guard: 'isLeavingAtRisk', target: 'open', actions: ['open', 'recordOpened'] },
        'consent.withdrawn': { guard: 'isLeavingAtRisk', target: 'open', actions: ['open', 'recordOpened'] },
        'risk.raised': { guard: 'isRaisedWhileApart', target: 'open', actions: ['open', 'recordOpened'] },
        'alert.sent': { actions: 'keepHelper' },
        'alert.accepted': { guard: 'isStandIn', actions: 'keepStandIn' },
        'person.alive': { guard: 'isPractitioners', actions: 'forgetStandIn' },
        'lead.changed': { actions: 'forgetStandIn' },
        'run.lateReport': { actions: 'keepLate' },
        'run.ended': { actions: 'keepLate' },
        // L18: the run may have ended with it, in the same step.
        'phoning.recorded': { actions: 'keepLate' },
        'deciding.acted': { actions: 'keepLate' },
        'run.wordGiven': { actions: 'keepLate' },
        'run.needsConfirmation': { actions: 'keepLate' },
        'ladder.recordCall': lateReport,
        'ladder.recordAct': lateReport,
        'ladder.confirmTogether': lateReport,
        'ladder.dispose': lateReport,
        'ladder.decide': { actions: 'refuseStaleRun' },
        'ladder.standDown': { actions: 'refuseStaleRun' },
        'ladder.takeOver': { actions: 'refuseStaleRun' },
        'ladder.offerHandOver': { actions: 'refuseStaleRun' },
        'ladder.allowRinging': { actions: 'refuseStaleRun' },
      },
    },

    open: {
      type: 'parallel',
      // L16: the only other way out is a disposition (in `staff`).
      always: {
        guard: and([
          'hasOutcome',
          stateIn('#run.open.deciding.idle'),
          stateIn('#run.open.word.idle'),
          not(stateIn('#run.open.phoning.attempting')),
        ]),
        target: 'none',
        actions: ['recordEnded', 'close'],
      },
      states: {
        // L4: the machine's own part. It goes on beside the others and never ends because of them.
        reconnecting: {
          initial: 'idle',
          states: {
            idle: {
              on: {
                'run.opened': { guard: 'isReconnectingPlanned', target: 'waiting' },
                'contact.lost': { guard: 'isNewOutage', target: 'waiting' },
              },
            },
            waiting: {
              entry: ['armWait', 'recordReconnecting'],
              exit: 'disarmWait',
              on: {
                'deadline.passed': {
                  guard: 'isWaitOver',
                  target: 'done',
                  actions: 'recordReconnectingSilent',
                },
                'contact.recovered': { target: 'done', actions: 'recordReconnectingRecovered' },
                'contact.byPhone': { target: 'done', actions: 'recordReconnectingEnded' },
                'person.alive': {
                  guard: 'isClientBackWaiting',
                  target: 'done',
                  actions: 'recordReconnectingRecovered',
                },
                'run.clientLeft': { target: 'done', actions: 'recordReconnectingEnded' },
                'run.needsConfirmation': { target: 'done', actions: 'recordReconnectingEnded' },
              },
            },
            done: { on: { 'contact.lost': { guard: 'isNewOutage', target: 'waiting' } } },
          },
        },

        // L5, L6: a call that a person makes; the machine counts attempts and takes what came of them.
        phoning: {
          initial: 'idle',
          on: {
            'ladder.recordCall': [...reportOfOtherRun, { actions: 'recordCall' }],
            'deciding.decided': phoneWhen('isRingAgain', '.attempting'),
            'call.cut': phoneWhen('isAllowed', '.attempting'),
            'contact.lost': phoneWhen('isPhoningDueAgain', '.attempting'),
            'person.gone': phoneWhen('isVanishedAndAllowed', '.attempting'),
            'run.ringingAllowed': phoneWhen('isPhoningOverdue', '.attempting'),
          },
          states: {
            idle: {
              on: {
                'run.opened': phoneWhen('isPhoningPlanned', 'attempting'),
                'reconnecting.ended': phoneWhen('isSilenceThenPhoning', 'attempting'),
                'risk.raised': phoneWhen('isRaisedPhoning', 'attempting'),
                'contact.budgetSpent': phoneWhen('isAllowed', 'attempting'),
                'privacy.resolved': phoneWhen('isPhoningDueInPrivate', 'attempting'),
              },
            },
            attempting: {
              entry: ['nextAttempt', 'recordAttempt'],
              exit: 'disarmAttempt',
              on: {
                'deadline.passed': [
                  {
                    guard: and(['isAttemptOver', not('isLastAttempt')]),
                    target: 'attempting',
                    reenter: true,
                  },
                  {
                    guard: or(['isAttemptOver', 'isPhoningOver']),
                    target: 'done',
                    actions: ['disarmPhoning', 'recordPhoningSilent'],
                  },
                ],
                'phoning.recorded': [
                  { guard: 'isReached', target: 'done', actions: ['disarmPhoning', 'recordPhoningReached'] },
                  {
                    guard: and(['isThisAttempt', not('isLastAttempt')]),
                    target: 'attempting',
                    reenter: true,
                  },
                  {
                    guard: 'isThisAttempt',
                    target: 'done',
                    actions: ['disarmPhoning', 'recordPhoningSilent'],
                  },
                ],
                'contact.recovered': { target: 'done', actions: ['disarmPhoning', 'recordPhoningRecovered'] },
                'person.alive': {
                  guard: 'isClientBackWaiting',
                  target: 'done',
                  actions: ['disarmPhoning', 'recordPhoningRecovered'],
                },
                'run.clientLeft': { target: 'done', actions: ['disarmPhoning', 'recordPhoningEnded'] },
                'run.needsConfirmation': { target: 'done', actions: ['disarmPhoning', 'recordPhoningEnded'] },
                // Q6: nobody is rung where somebody listens (H12).
                'privacy.compromised': { target: 'done', actions: ['disarmPhoning', 'recordPhoningEnded'] },
                // One part at a time: what would open it again finds it open.
                'deciding.decided': {},
                'call.cut': {},
                'contact.lost': {},
                'person.gone': {},
                'run.ringingAllowed': {},
              },
            },
            done: {},
          },
        },

        // No `reenter` on a part as a whole: it would start the parts beside it anew. A target inside it is entered again
        // all the same.
        // L9-L12: a person's decision, and what came of it. Nobody outside is told without it.
        deciding: {
          initial: 'idle',
          on: {
            'ladder.decide': [
              ...onlyTheOwner,
              { guard: 'isUnsafeContact', actions: 'refuseNotAllowed' },
              { guard: 'isBlockedRinging', actions: 'refuseNotAllowed' },
              { guard: 'isBadTime', actions: 'refuseBadTime' },
              { guard: 'isNotNow', target: '.waiting', actions: ['keepDecision', 'recordDecided'] },
              { target: '.acting', actions: ['keepDecision', 'recordDecided'] },
            ],
            'ladder.recordAct': [
              ...reportOfOtherRun,
              { guard: 'isActReached', target: '.settling', actions: 'recordActed' },
              {
                target: '.undecided',
                actions: ['recordActed', 'forgetDecision', 'armDecide', 'recordReopened'],
              },
            ],
            'ladder.standDown': [
              ...onlyTheOwner,
              {
                guard: 'mayStandDown',
                target: '.idle',
                actions: ['keepStoodDown', 'recordStoodDown', 'forgetDecision'],
              },
              { actions: 'refuseNotNow' },
            ],
          },
          states: {
            idle: {
              on: {
                'run.opened': decideWhen('isDecidingPlanned'),
                'reconnecting.ended': decideWhen('isSilenceThenDeciding'),
                'phoning.ended': decideWhen('isPhoningSilent'),
                'risk.raised': decideWhen('isRaisedStillOut'),
                'contact.budgetSpent': decideWhen('isBlocked'),
                'privacy.compromised': {
                  guard: stateIn('#run.open.phoning.attempting'),
                  target: 'undecided',
                  actions: ['armDecide', 'recordDeciding'],
                },
                'call.cut': decideWhen('isDecidingDueAgain'),
                'contact.lost': decideWhen('isDecidingDueAgain'),
                'person.gone': decideWhen('isVanishedDecidingDue'),
                'run.clientLeft': decideWhen('isLeftInEarnest'),
                'run.ownerChanged': decideWhen('isFromExhausted'),
                'ladder.standDown': [...onlyTheOwner, { actions: 'refuseNotNow' }],
                // L18: help that was arranged counts whenever it is said; a client who is back keeps nothing open.
                'ladder.recordAct': [
                  ...reportOfOtherRun,
                  { guard: 'isActReachedBack', actions: 'recordActed' },
                  ...actWithoutDecision,
                ],
                // A person may decide before it is due; only "not now" has nothing to put off.
                'ladder.decide': [
                  ...onlyTheOwner,
                  { guard: or(['isUnsafeContact', 'isBlockedRinging']), actions: 'refuseNotAllowed' },
                  { guard: 'isNotNow', actions: 'refuseNotNow' },
                  { target: 'acting', actions: ['keepDecision', 'recordDecided'] },
                ],
              },
            },
            undecided: {
              exit: 'disarmDeciding',
              on: {
                'deadline.passed': { guard: 'isDecideOver', actions: 'recordUnanswered' },
                'run.ownerChanged': { guard: 'hasNoDecideClock', actions: 'armDecide' },
                'ladder.recordAct': [...reportOfOtherRun, ...actWithoutDecision],
              },
            },
            acting: {
              entry: ['armAct', 'recordActDue'],
              exit: 'disarmDeciding',
              on: {
                'deadline.passed': { guard: 'isActOver', actions: 'recordActUnanswered' },
                'run.ownerChanged': { guard: 'hasNoActClock', actions: 'armAct' },
                // Ringing the client again is carried out by phoning.
                'phoning.recorded': { guard: 'isRingingAgain', actions: 'armAct' },
                'phoning.ended': [
                  {
                    guard: and(['isRingingAgain', 'isPhoningReached']),
                    target: 'idle',
                    actions: ['recordReached', 'forgetDecision'],
                  },
                  {
                    guard: 'isRingingAgain',
                    target: 'undecided',
                    actions: ['forgetDecision', 'armDecide', 'recordReopened'],
                  },
                ],
              },
            },
            settling: {
              entry: 'armAct',
              exit: 'disarmDeciding',
              on: {
                'deadline.passed': { guard: 'isActOver', actions: 'recordActUnanswered' },
                'run.ownerChanged': { guard: 'hasNoActClock', actions: 'armAct' },
              },
            },
            waiting: {
              entry: 'armLookAgain',
              exit: 'disarmDeciding',
              on: {
                'deadline.passed': {
                  guard: 'isLookAgainOver',
                  target: 'undecided',
                  actions: ['forgetDecision', 'recordLookAgain', 'armDecide', 'recordReopened'],
                },
                'ladder.recordAct': [...reportOfOtherRun, ...actWithoutDecision],
              },
            },
          },
        },

        // L14: a picture is not yet a person who can talk.
        word: {
          initial: 'idle',
          states: {
            idle: {
              on: {
                'contact.recovered': [{ guard: 'needsWord', target: 'awaited' }, { actions: 'keepTogether' }],
                'person.alive': { guard: 'isClientBackWaiting', target: 'awaited' },
                'risk.raised': { guard: 'isRaisedTogether', target: 'awaited' },
                'ladder.confirmTogether': [
                  ...reportOfOtherRun,
                  { guard: 'isBack', actions: 'recordWordGiven' },
                  { guard: 'isReturning', actions: ['keepWord', 'recordWordGiven'] },
                  // L18: said against the evidence: steps stop, and a second word settles it.
                  { target: 'awaited', actions: ['keepWord', 'recordNeedsConfirmation'] },
                ],
              },
            },
            awaited: {
              entry: ['armWord', 'recordWordDue'],
              exit: 'disarmWord',
              on: {
                'deadline.passed': { guard: 'isWordOver', actions: 'recordWordMissing' },
                'run.ownerChanged': { guard: 'hasNoWordClock', actions: 'armWord' },
                'ladder.confirmTogether': [
                  ...reportOfOtherRun,
                  { target: 'idle', actions: ['keepTogether', 'recordWordGiven'] },
                ],
                'deciding.stoodDown': { guard: 'hasNoWordClock', actions: 'armWord' },
                'contact.lost': { guard: 'isBack', target: 'idle' },
                'person.gone': { guard: 'isVanished', target: 'idle' },
                'contact.byPhone': 'idle',
                'call.cut': 'idle',
                'run.clientLeft': 'idle',
              },
            },
          },
        },

        // Who owns the run, and what is true of it whatever part is open.
        staff: {
          initial: 'answering',
          on: {
            'contact.lost': [
              { guard: 'isLostAtRisk', actions: ['keepLoss', 'keepDutyTold', 'recordRiskSwitched'] },
              { actions: 'keepLoss' },
            ],
            'call.cut': [
              { guard: 'isLostAtRisk', actions: ['keepLoss', 'keepDutyTold', 'recordRiskSwitched'] },
              { actions: 'keepLoss' },
            ],
            'contact.recovered': { actions: 'keepBack' },
            'contact.byPhone': { actions: 'keepByPhone' },
            'call.movedToVideo': { actions: 'keepTogether' },
            'person.gone': [
              {
                guard: and(['isVanished', 'isLostAtRisk']),
                actions: ['keepLoss', 'keepDutyTold', 'recordRiskSwitched'],
              },
              { guard: 'isVanished', actions: 'keepLoss' },
            ],
            'person.alive': [
              { guard: 'isPractitioners', actions: 'forgetStandIn' },
              { guard: 'isClientBackWaiting', actions: 'keepBack' },
            ],
            // L7: going on purpose stops what rings and waits. With risk active, or by quick exit, a person decides.
            'person.left': { guard: 'isClientGoing', actions: ['keepLeft', 'recordClientLeft'] },
            'person.exited': { guard: 'isClientGoing', actions: ['keepLeft', 'recordClientLeft'] },
            'consent.withdrawn': { actions: ['keepLeft', 'recordClientLeft'] },
            'privacy.compromised': { actions: 'forgetRinging' },
            'risk.raised': [
              { guard: 'isRaisedStillOut', actions: ['tighten', 'keepDutyTold', 'recordRiskSwitched'] },
              { guard: 'isRaised', actions: 'tighten' },
            ],
            // D3: the run goes with the session, and no clock of it moves (L17).
            'lead.changed': [
              {
                guard: 'isOldLeads',
                target: '.answering',
                actions: ['forgetStandIn', 'keepOwner', 'recordOwnerChanged', 'endExhausted'],
              },
              { actions: 'forgetStandIn' },
            ],
            'alert.sent': { actions: 'keepHelper' },
            'alert.accepted': [
              {
                guard: 'isTakingOver',
                target: '.answering',
                actions: ['keepOwner', 'recordOwnerChanged', 'endExhausted'],
              },
              { guard: 'isStandIn', actions: 'keepStandIn' },
            ],
            'alert.listExhausted': { guard: 'isMine', target: '.exhausted', actions: 'exhaust' },
            'phoning.recorded': [
              {
                guard: 'isReachedAnew',
                target: '.answering',
                actions: ['keepLate', 'keepOwner', 'recordOwnerChanged', 'endExhausted'],
              },
              { actions: ['keepLate', 'keepGuardian'] },
            ],
            'deciding.acted': { actions: 'keepLate' },
            'run.wordGiven': { actions: 'keepLate' },
            'run.needsConfirmation': { actions: 'keepLate' },
            'run.lateReport': { actions: 'keepLate' },
            'deciding.decided': {
              guard: 'isExhausted',
              target: '.answering',
              actions: ['recordOwnerChanged', 'endExhausted'],
            },
            'ladder.takeOver': [
              { guard: 'isOtherRun', actions: 'refuseStaleRun' },
              { guard: and(['isStranger', not('isOffered')]), actions: 'refuseNotAllowed' },
              { guard: and(['isOwner', not('isExhausted')]), actions: 'refuseNotNow' },
              { target: '.answering', actions: ['keepOwner', 'recordOwnerChanged', 'endExhausted'] },
            ],
            'ladder.offerHandOver': [
              ...onlyTheOwner,
              { guard: not('isKnownStaff'), actions: 'refuseUnknown' },
              { actions: ['keepOffer', 'recordHandOverOffered'] },
            ],
            'ladder.allowRinging': [
              ...onlyTheOwner,
              { guard: 'isAllowed', actions: 'refuseNotNow' },
              { actions: ['allowRinging', 'recordRingingAllowed'] },
            ],
            'ladder.dispose': [
              ...reportOfOtherRun,
              { target: '#run.none', actions: ['dispose', 'recordEnded', 'close'] },
            ],
          },
          states: {
            answering: {},
            // L15: never silent. It ends when somebody takes it, reaches the client, or says how it ended.
            exhausted: {
              entry: ['repeat', 'recordExhausted'],
              on: {
                'deadline.passed': { guard: 'isRepeatDue', actions: ['repeat', 'recordRepeated'] },
                'alert.listExhausted': {},
              },
            },
          },
        },
      },
    },
  },
});
