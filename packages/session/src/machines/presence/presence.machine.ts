import type { AlertCause, Id, Instant, Role } from '@holdfast/protocol';
import { and, assign, emit, enqueueActions, not, setup } from 'xstate';
import { arm, disarm, tighten } from '../../step/arm.js';
import type { AlertRequest, ChartInput, Emitted, Heard, Passed, Stated } from '../../step/concept.js';
import { record } from '../../step/record.js';
import { evidenceAfter, isProven, lastProofMs, type Evidence } from './evidence.js';

export interface PresenceContext {
  readonly person: Id;
  readonly role: Role;
  readonly evidence: Evidence;
  /** Since when nobody has proof of life of this person, or since when they left. Null while they are there. */
  readonly awaySinceMs: Instant | null;
  /** They are away because a page is going; a reload looks the same for some seconds. */
  readonly isUnloading: boolean;
  /** After a start of the session server nobody is called gone before this. */
  readonly reassessUntilMs: Instant | null;
  /** Counts the times they were away, and went on to be after a run, so that each has an id of its own. */
  readonly absences: number;
  /** The duty role was told of this absence. */
  readonly isMissed: boolean;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

export type PresenceEvent =
  | Stated<
      | 'device.joined'
      | 'device.heard'
      | 'device.silent'
      | 'device.unloading'
      | 'media.reported'
      | 'person.left'
      | 'person.exited'
      | 'server.started'
    >
  | Passed
  | Heard<'risk.raised' | 'run.opened' | 'run.ended' | 'person.alive' | 'lead.changed'>;

type Args = { readonly context: PresenceContext; readonly event: PresenceEvent };

/** Who leads the session: the practitioner whom a client needs. */
const isLead = ({ person }: PresenceContext, { now }: PresenceEvent): boolean => person === now.practitioner;

const subjectOf = (context: PresenceContext) => ({ kind: 'person', id: context.person }) as const;

/** What stands right now and cannot wait (rule P6). Nothing stands in a session that is closed. */
const isNeededAtOnce = ({ now }: PresenceEvent): boolean =>
  now.stage !== 'closed' &&
  (now.openRun !== null || now.openPathways.length > 0 || now.isHelpAsked || now.isRiskActive);

/** Or somebody is, or may be, in this session and would be alone without the practitioner. */
const isNeeded = (event: PresenceEvent): boolean =>
  isNeededAtOnce(event) ||
  (['settingUp', 'live'].includes(event.now.stage) &&
    ['alive', 'suspected', 'gone'].includes(event.now.clientPresence));

const missing = (context: PresenceContext, event: PresenceEvent, cause: AlertCause): AlertRequest => ({
  cause,
  client: event.now.client,
  about: event.now.openRun ?? `${context.person}.a${context.absences}`,
});

const sinceMs = ({ context, event }: Args): Instant => lastProofMs(context.evidence) ?? event.atMs;

/** A page that goes is given time to be a reload; silence is given `lostAfterMs` from the last proof of life. */
const goneAtMs = ({ context, event }: Args): Instant => {
  const { lostAfterMs, unloadingMs, unloadingRiskMs } = event.now.limits;
  const reload = event.now.isRiskActive ? unloadingRiskMs : unloadingMs;
  const waitMs = context.isUnloading ? reload : lostAfterMs;
  return Math.max(sinceMs({ context, event }) + waitMs, context.reassessUntilMs ?? 0);
};

/** P5: counted from the last proof of life; at once with risk active. */
const missingAtMs = ({ context, event }: Args): Instant => {
  const fromMs = context.awaySinceMs ?? event.atMs;
  return event.now.isRiskActive ? event.atMs : fromMs + event.now.limits.practitionerGoneMs;
};

/** P4: only joining again makes them alive. A practitioner who is needed then is missed at once (P5). */
const goneOnPurpose = {
  entry: ['keepLeft', 'forgetEvidence', 'recordLeft'],
  on: {
    'device.joined': { guard: 'isMe', target: 'alive', actions: ['keepEvidence', 'recordDevice'] },
    'run.opened': { guard: and(['isPractitioner', not('isMissed')]), actions: 'armMissingAtOnce' },
    'risk.raised': { guard: and(['isPractitioner', not('isMissed')]), actions: 'armMissingAtOnce' },
    'run.ended': { guard: 'isPractitioner', actions: 'forgetMissed' },
    // P6: what they said before they left can make them lead afterwards.
    'lead.changed': [
      { guard: 'isOldLead', actions: 'notMissed' },
      { guard: 'isPractitioner', actions: 'armMissingAtOnce' },
    ],
    'person.alive': {
      guard: and(['isPractitioner', 'isAnotherPerson', not('isMissed')]),
      actions: 'armMissingFromNow',
    },
    'deadline.passed': {
      guard: and(['isPractitioner', 'isNeeded']),
      actions: ['keepMissed', 'recordMissingLeft'],
    },
  },
} as const;

/**
 * One person: alive while *any* device of theirs has proof of life on *any* path; otherwise suspected and then gone,
 * or left, or exited, which only an intent of theirs can say.
 *
 * Rules P1-P7 in docs/safety-protocol.md. A practitioner who is away while someone needs them is a matter for the duty
 * role, counted from the last proof of life.
 */
export const presenceMachine = setup({
  types: {} as { input: ChartInput; context: PresenceContext; events: PresenceEvent; emitted: Emitted },
  guards: {
    isMe: ({ context, event }) => 'person' in event && event.person === context.person,
    isProvenStill: ({ context, event }) => isProven(evidenceAfter(context, event)),
    isProvenNow: ({ context }) => isProven(context.evidence),
    isUnloading: ({ context }) => context.isUnloading,
    isGoneDeadline: ({ event }) => event.type === 'deadline.passed' && event.deadline === 'gone',
    isReturnDeadline: ({ event }) => event.type === 'deadline.passed' && event.deadline === 'return',
    // D1: only who leads is missed.
    isPractitioner: ({ context, event }) => isLead(context, event),
    isOldLead: ({ context, event }) =>
      event.type === 'lead.changed' && event.details?.['from'] === context.person,
    isMissed: ({ context }) => context.isMissed,
    isNeeded: ({ event }) => isNeeded(event),
    isAnotherPerson: ({ context, event }) =>
      event.type === 'person.alive' &&
      event.subject?.id === event.now.client &&
      event.now.client !== context.person,
  },
  actions: {
    keepEvidence: assign(({ context, event }) => {
      const evidence = evidenceAfter(context, event);
      const isUnloading = event.type === 'device.unloading' && event.person === context.person;
      return {
        evidence,
        isUnloading,
        deadlines: isProven(evidence) ? disarm(context.deadlines, 'return') : context.deadlines,
      };
    }),
    // A page that went and then falls silent is still a page that went.
    addEvidence: assign(({ context, event }) => ({ evidence: evidenceAfter(context, event) })),
    forgetEvidence: assign({ evidence: {}, isUnloading: false }),
    armGone: assign(({ context, event }) => ({
      deadlines: arm(context.deadlines, 'gone', goneAtMs({ context, event })),
    })),
    tightenGone: assign(({ context, event }) => ({
      deadlines: tighten(
        context.deadlines,
        'gone',
        (event.saidAtMs ?? event.atMs) + event.now.limits.unloadingRiskMs,
      ),
    })),
    armReturn: assign(({ context, event }) => {
      const reassessUntilMs = event.atMs + event.now.limits.reassessMs;
      return { reassessUntilMs, deadlines: arm(context.deadlines, 'return', reassessUntilMs) };
    }),
    armMissing: assign(({ context, event }) =>
      isLead(context, event)
        ? { deadlines: arm(context.deadlines, 'missing', missingAtMs({ context, event })) }
        : {},
    ),
    // A client whose link flickers is alive again and again: what stands is never put off (H02).
    armMissingFromNow: assign(({ context, event }) => {
      const fromNowMs = missingAtMs({ context: { ...context, awaySinceMs: event.atMs }, event });
      const atMs = Math.min(fromNowMs, context.deadlines['missing'] ?? fromNowMs);
      return { deadlines: arm(context.deadlines, 'missing', atMs) };
    }),
    armMissingAtOnce: assign(({ context, event }) => ({
      deadlines: arm(context.deadlines, 'missing', event.atMs),
    })),
    keepGone: assign(({ context, event }) => ({
      awaySinceMs: sinceMs({ context, event }),
      absences: context.absences + 1,
      deadlines: disarm(context.deadlines, 'gone', 'return'),
    })),
    keepLeft: assign(({ context, event }) => ({
      awaySinceMs: event.atMs,
      absences: context.absences + 1,
      isMissed: false,
      deadlines: {},
    })),
    keepBack: assign({
      awaySinceMs: null,
      isUnloading: false,
      isMissed: false,
      reassessUntilMs: null,
      deadlines: {},
    }),
    keepMissed: assign({ isMissed: true }),
    notMissed: assign(({ context }) => ({
      isMissed: false,
      deadlines: disarm(context.deadlines, 'missing'),
    })),
    // What was told was told for this run; what comes next is told anew, as a matter of its own (A1).
    forgetMissed: assign(({ context }) =>
      context.isMissed ? { isMissed: false, absences: context.absences + 1 } : {},
    ),
    recordDevice: enqueueActions(({ context, event, enqueue }) => {
      if (!('device' in event) || !('person' in event) || event.person !== context.person) return;
      enqueue.emit(
        record(
          event.type,
          ['P1'],
          { kind: 'device', id: event.device },
          { details: { person: context.person } },
        ),
      );
    }),
    recordAlive: emit(({ context }) => record('person.alive', ['P1'], subjectOf(context))),
    recordSuspected: emit(({ context, event }) =>
      record('person.suspected', [context.isUnloading ? 'P3' : 'P2'], subjectOf(context), {
        outcome: context.isUnloading ? 'unloading' : 'silent',
        details: { sinceMs: sinceMs({ context, event }), untilMs: goneAtMs({ context, event }) },
      }),
    ),
    recordGone: emit(({ context, event }) =>
      record('person.gone', ['P2'], subjectOf(context), {
        details: { sinceMs: context.awaySinceMs ?? event.atMs },
      }),
    ),
    recordLeft: enqueueActions(({ context, event, enqueue }) => {
      const kind = event.type === 'person.exited' ? 'person.exited' : 'person.left';
      const isAlone = isLead(context, event) && isNeededAtOnce(event);
      const alert = isAlone ? { alert: missing(context, event, 'practitionerLeft') } : {};
      enqueue.emit(record(kind, isAlone ? ['P4', 'P6'] : ['P4'], subjectOf(context), alert));
      if (!isLead(context, event)) return;
      enqueue.assign({
        isMissed: isAlone,
        deadlines: isAlone ? {} : arm({}, 'missing', event.atMs + event.now.limits.practitionerGoneMs),
      });
    }),
    recordMissingGone: emit(({ context, event }) =>
      record('practitioner.missing', ['P5'], subjectOf(context), {
        details: { sinceMs: context.awaySinceMs ?? event.atMs },
        alert: missing(context, event, 'practitionerGone'),
      }),
    ),
    recordMissingLeft: emit(({ context, event }) =>
      record('practitioner.missing', ['P6'], subjectOf(context), {
        details: { sinceMs: context.awaySinceMs ?? event.atMs },
        alert: missing(context, event, 'practitionerLeft'),
      }),
    ),
  },
}).createMachine({
  id: 'presence',
  context: ({ input }) => ({
    person: input.instance,
    role: input.session.people.find((person) => person.id === input.instance)?.role ?? 'duty',
    evidence: {},
    awaySinceMs: null,
    isUnloading: false,
    reassessUntilMs: null,
    absences: 0,
    isMissed: false,
    deadlines: {},
  }),
  initial: 'notYet',
  on: {
    // D3: who does not lead any more is not missed any more.
    'lead.changed': { guard: 'isOldLead', actions: 'notMissed' },
  },
  states: {
    notYet: {
      on: {
        'device.joined': { guard: 'isMe', target: 'alive', actions: ['keepEvidence', 'recordDevice'] },
        'run.opened': { guard: 'isPractitioner', actions: 'armMissingFromNow' },
        'deadline.passed': {
          guard: and(['isPractitioner', 'isNeeded']),
          actions: ['keepMissed', 'recordMissingGone'],
        },
      },
    },
    alive: {
      entry: ['keepBack', 'recordAlive'],
      on: {
        'device.joined': { guard: 'isMe', actions: ['keepEvidence', 'recordDevice'] },
        'device.heard': { guard: 'isMe', actions: ['keepEvidence', 'recordDevice'] },
        'device.silent': [
          { guard: 'isProvenStill', actions: ['keepEvidence', 'recordDevice'] },
          { target: 'suspected', actions: ['keepEvidence', 'recordDevice'] },
        ],
        'device.unloading': [
          { guard: 'isProvenStill', actions: ['keepEvidence', 'recordDevice'] },
          { target: 'suspected', actions: ['keepEvidence', 'recordDevice'] },
        ],
        'media.reported': [
          { guard: 'isProvenStill', actions: 'keepEvidence' },
          { target: 'suspected', actions: 'keepEvidence' },
        ],
        'person.left': [
          { guard: 'isMe', target: 'left' },
          { guard: 'isProvenStill', actions: 'keepEvidence' },
          { target: 'suspected', actions: 'keepEvidence' },
        ],
        'person.exited': [
          { guard: 'isMe', target: 'exited' },
          { guard: 'isProvenStill', actions: 'keepEvidence' },
          { target: 'suspected', actions: 'keepEvidence' },
        ],
        // P7: nobody is called gone for the session server's own downtime.
        'server.started': { actions: ['keepEvidence', 'armReturn'] },
        'deadline.passed': { guard: and(['isReturnDeadline', not('isProvenNow')]), target: 'gone' },
      },
    },
    suspected: {
      entry: ['armGone', 'recordSuspected'],
      on: {
        'device.joined': { guard: 'isMe', target: 'alive', actions: ['keepEvidence', 'recordDevice'] },
        'device.heard': { guard: 'isMe', target: 'alive', actions: ['keepEvidence', 'recordDevice'] },
        'device.silent': { actions: ['addEvidence', 'recordDevice'] },
        'device.unloading': {
          guard: 'isMe',
          target: 'suspected',
          reenter: true,
          actions: ['keepEvidence', 'recordDevice'],
        },
        'media.reported': { guard: 'isProvenStill', target: 'alive', actions: 'keepEvidence' },
        'person.left': { guard: 'isMe', target: 'left' },
        'person.exited': { guard: 'isMe', target: 'exited' },
        'risk.raised': { guard: 'isUnloading', actions: 'tightenGone' },
        'server.started': { actions: ['addEvidence', 'armReturn', 'armGone'] },
        'deadline.passed': { guard: 'isGoneDeadline', target: 'gone' },
      },
    },
    gone: {
      entry: ['keepGone', 'recordGone', 'armMissing'],
      on: {
        'device.joined': { guard: 'isMe', target: 'alive', actions: ['keepEvidence', 'recordDevice'] },
        'device.heard': { guard: 'isMe', target: 'alive', actions: ['keepEvidence', 'recordDevice'] },
        'media.reported': { guard: 'isProvenStill', target: 'alive', actions: 'keepEvidence' },
        'person.left': { guard: 'isMe', target: 'left' },
        'person.exited': { guard: 'isMe', target: 'exited' },
        'run.opened': { guard: and(['isPractitioner', not('isMissed')]), actions: 'armMissing' },
        'risk.raised': { guard: and(['isPractitioner', not('isMissed')]), actions: 'armMissingAtOnce' },
        'run.ended': { guard: 'isPractitioner', actions: 'forgetMissed' },
        'lead.changed': [
          { guard: 'isOldLead', actions: 'notMissed' },
          { guard: 'isPractitioner', actions: 'armMissing' },
        ],
        'person.alive': {
          guard: and(['isPractitioner', 'isAnotherPerson', not('isMissed')]),
          actions: 'armMissingFromNow',
        },
        'deadline.passed': {
          guard: and(['isPractitioner', 'isNeeded']),
          actions: ['keepMissed', 'recordMissingGone'],
        },
      },
    },
    left: goneOnPurpose,
    exited: goneOnPurpose,
  },
});
