import { assign, emit, enqueueActions, not, setup } from 'xstate';
import type { ChartInput, Emitted, Heard, Refused, Said, Stated } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';
import { needsOf, type HeldBecause, type ParticipantContext } from './participant-state.js';

type ParticipantEvent =
  | Said<
      | 'participant.confirmIdentity'
      | 'participant.clientAgrees'
      | 'participant.clientRefuses'
      | 'participant.admit'
      | 'participant.hold'
      | 'participant.remove'
      | 'participant.consent'
      | 'participant.withdraw'
    >
  | Stated<'device.joined' | 'person.left' | 'person.exited'>
  | Heard<'crisis.opened' | 'safeguarding.opened' | 'privacy.compromised'>;

const BECAUSE: Readonly<Record<string, HeldBecause>> = {
  'crisis.opened': 'crisis',
  'safeguarding.opened': 'safeguarding',
  'privacy.compromised': 'privacy',
};

const subjectOf = ({ person }: ParticipantContext) => ({ kind: 'person', id: person }) as const;

/** Circumstances are of before this message: whether the room has lost somebody by it. */
const wasInRoom = ({ person }: ParticipantContext, { now }: ParticipantEvent) => ({
  details: { wasInRoom: now.inRoom.includes(person) },
});

/** What can be settled wherever they are: at the door, in the room, or before they came. */
const settling = {
  'participant.confirmIdentity': [{ guard: 'isSameMethod' }, { actions: ['keepMethod', 'recordIdentity'] }],
  'participant.consent': [
    { guard: not('isOwn'), actions: 'refuseNotAllowed' },
    { guard: not('isThisText'), actions: 'refuseBadAnswer' },
    { guard: 'hasConsented' },
    { actions: ['keepConsent', 'recordConsented'] },
  ],
  'participant.clientAgrees': [{ guard: 'hasClientAgreed' }, { actions: ['keepAgrees', 'recordAgreed'] }],
} as const;

/** Consent and the client's agreement can be taken back at any time; outside nothing else follows from it. */
const takingBack = {
  'participant.withdraw': [
    { guard: not('isOwn'), actions: 'refuseNotAllowed' },
    { guard: 'hasConsented', actions: ['forgetConsent', 'recordWithdrawn'] },
  ],
  'participant.clientRefuses': [{ guard: 'hasClientRefused' }, { actions: ['keepRefuses', 'recordRefused'] }],
} as const;

const leaving = {
  'person.left': { target: 'left', actions: 'recordLeft' },
  'person.exited': { target: 'left', actions: 'recordLeft' },
  'participant.remove': { target: 'removed', actions: 'recordRemoved' },
} as const;

/** J2: named by the practitioner, with everything settled. */
const admitting = {
  'participant.admit': [
    { guard: not('isSettled'), actions: 'refuseUnsettled' },
    { target: 'admitted', actions: ['keepAdmitted', 'recordAdmitted'] },
  ],
} as const;

/**
 * One person who takes part beside client and practitioner: invited, at the door, in the room, or outside. Only who is
 * admitted here has media.
 *
 * Rules J1-J7 in docs/safety-protocol.md.
 */
export const participantMachine = setup({
  types: {} as {
    input: ChartInput;
    context: ParticipantContext;
    events: ParticipantEvent;
    emitted: Emitted | Refused;
  },
  guards: {
    isOwn: ({ context, event }) => event.by.person === context.person,
    isThisText: ({ event }) =>
      event.type === 'participant.consent' && event.textVersion === event.now.texts.participation,
    isSameMethod: ({ context, event }) =>
      event.type === 'participant.confirmIdentity' && event.method === context.method,
    hasConsented: ({ context }) => context.consent !== null,
    hasClientAgreed: ({ context }) => context.clientSays === 'agrees',
    hasClientRefused: ({ context }) => context.clientSays === 'refuses',
    isSettled: ({ context }) => needsOf(context).length === 0,
    isNeeded: ({ context }) => context.isNeeded,
  },
  actions: {
    keepMethod: assign(({ event }) =>
      event.type === 'participant.confirmIdentity' ? { method: event.method } : {},
    ),
    keepConsent: assign(({ event }) =>
      event.type === 'participant.consent' ? { consent: event.textVersion } : {},
    ),
    forgetConsent: assign({ consent: null }),
    keepAgrees: assign({ clientSays: 'agrees' }),
    keepRefuses: assign({ clientSays: 'refuses' }),
    keepAdmitted: assign(({ context }) => ({ admissions: context.admissions + 1, heldBecause: null })),
    keepHeld: assign(({ event }) => ({ heldBecause: BECAUSE[event.type] ?? 'practitioner' })),
    forgetHeld: assign({ heldBecause: null }),
    recordAtTheDoor: emit(({ context }) => record('participant.atTheDoor', ['J1'], subjectOf(context))),
    recordIdentity: emit(({ context }) =>
      record('participant.identityConfirmed', ['J2'], subjectOf(context), { outcome: context.method }),
    ),
    recordConsented: emit(({ context }) =>
      record('participant.consented', ['J2'], subjectOf(context), { details: { text: context.consent } }),
    ),
    recordAgreed: emit(({ context }) => record('participant.clientAgreed', ['J3'], subjectOf(context))),
    recordRefused: emit(({ context }) => record('participant.clientRefused', ['J3'], subjectOf(context))),
    recordWithdrawn: emit(({ context, event }) =>
      record('participant.consentWithdrawn', ['J3'], subjectOf(context), wasInRoom(context, event)),
    ),
    recordAdmitted: emit(({ context }) =>
      record('participant.admitted', ['J2'], subjectOf(context), { details: { role: context.role } }),
    ),
    recordHeld: emit(({ context }) =>
      record('participant.heldOutside', ['J5'], subjectOf(context), { outcome: context.heldBecause }),
    ),
    recordLeft: emit(({ context, event }) =>
      record('participant.left', ['J4'], subjectOf(context), wasInRoom(context, event)),
    ),
    recordRemoved: emit(({ context }) => record('participant.removed', ['J4'], subjectOf(context))),
    refuseUnsettled: enqueueActions(({ context, enqueue }) => {
      enqueue.emit({ ...refuse('gate-open'), missing: needsOf(context) });
    }),
    refuseNotAllowed: emit(refuse('not-allowed')),
    refuseBadAnswer: emit(refuse('bad-answer')),
  },
}).createMachine({
  id: 'participant',
  context: ({ input }) => {
    const person = input.session.people.find(({ id }) => id === input.instance);
    return {
      person: input.instance,
      role: person?.role ?? 'observer',
      isNeeded: person?.isNeeded ?? false,
      method: null,
      consent: null,
      clientSays: 'notAsked',
      heldBecause: null,
      admissions: 0,
      deadlines: {},
    };
  },
  initial: 'invited',
  states: {
    invited: {
      on: {
        ...settling,
        ...takingBack,
        'device.joined': { target: 'waiting', actions: 'recordAtTheDoor' },
        'participant.remove': { target: 'removed', actions: 'recordRemoved' },
      },
    },
    waiting: { on: { ...settling, ...takingBack, ...admitting, ...leaving } },
    admitted: {
      on: {
        ...settling,
        ...leaving,
        // J3: without either of them nobody is in the room.
        'participant.withdraw': [
          { guard: not('isOwn'), actions: 'refuseNotAllowed' },
          { target: 'waiting', actions: ['forgetConsent', 'recordWithdrawn'] },
        ],
        'participant.clientRefuses': { target: 'waiting', actions: ['keepRefuses', 'recordRefused'] },
        'participant.hold': { target: 'held', actions: ['keepHeld', 'recordHeld'] },
        // J5: in a pathway nobody hears the next word who is not needed for it (H26).
        'crisis.opened': { guard: not('isNeeded'), target: 'held', actions: ['keepHeld', 'recordHeld'] },
        'safeguarding.opened': {
          guard: not('isNeeded'),
          target: 'held',
          actions: ['keepHeld', 'recordHeld'],
        },
        'privacy.compromised': {
          guard: not('isNeeded'),
          target: 'held',
          actions: ['keepHeld', 'recordHeld'],
        },
      },
    },
    // J6: let in again by the practitioner's decision only, person by person.
    held: { exit: 'forgetHeld', on: { ...settling, ...takingBack, ...admitting, ...leaving } },
    left: {
      on: {
        'device.joined': { target: 'waiting', actions: 'recordAtTheDoor' },
        'participant.remove': { target: 'removed', actions: 'recordRemoved' },
      },
    },
    // J4: whoever was removed does not come again in this session.
    removed: {},
  },
});
