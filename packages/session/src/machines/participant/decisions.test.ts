import type { Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, actor, calm } from '../../testing/deliver.js';
import { participantConcept } from './participant.concept.js';
import { inRoom, PARTICIPANT_STATES, participantOf, type ParticipantContext } from './participant-state.js';

const PERSON = 'n1';
const people = [{ id: PERSON, role: 'interpreter' }] as const;
const person = { person: PERSON };
const text = calm.texts.participation;

const aParticipant = (value: string, context: Partial<ParticipantContext> = {}): ChartState => {
  const made = aChart(participantConcept, PERSON, people);
  return { value, context: { ...made.context, ...context } };
};
const settled = { method: 'document', consent: text, clientSays: 'agrees' } as never;
const states = Object.fromEntries([
  ...PARTICIPANT_STATES.map((state) => [state, aParticipant(state)]),
  ...PARTICIPANT_STATES.map((state) => [`${state} and settled`, aParticipant(state, settled)]),
  ['admitted and needed', aParticipant('admitted', { isNeeded: true })],
  ['held and refused', aParticipant('held', { clientSays: 'refuses', heldBecause: 'practitioner' })],
]);

const own = { by: { ...actor('p1'), person: PERSON, role: 'interpreter' } } as const;
const said = (message: Command, by: Partial<Cell> = {}): Cell => ({ message, ...by });
const heard = (type: Emitted['type']): Cell => ({ message: { type, rules: [], subject: null } });
const cells: Readonly<Record<string, Cell>> = {
  'identity by document': said({ type: 'participant.confirmIdentity', ...person, method: 'document' }),
  'identity as known to the service': said({
    type: 'participant.confirmIdentity',
    ...person,
    method: 'knownToService',
  }),
  'their consent': said({ type: 'participant.consent', ...person, textVersion: text }, own),
  'consent to an old text': said({ type: 'participant.consent', ...person, textVersion: 'old' }, own),
  'consent by somebody else': said({ type: 'participant.consent', ...person, textVersion: text }),
  'their consent taken back': said({ type: 'participant.withdraw', ...person }, own),
  'consent taken back by somebody else': said({ type: 'participant.withdraw', ...person }),
  'the client agrees': said({ type: 'participant.clientAgrees', ...person }),
  'the client refuses': said({ type: 'participant.clientRefuses', ...person }),
  'let in': said({ type: 'participant.admit', ...person }),
  'put outside': said({ type: 'participant.hold', ...person }),
  'sent away': said({ type: 'participant.remove', ...person }),
  'a device comes': { message: { type: 'device.joined', ...person, device: 'd1' } as never },
  'they left': heard('person.left'),
  'they left while in the room': { ...heard('person.left'), now: { inRoom: [PERSON] } },
  'they went at once': heard('person.exited'),
  'a crisis opens': heard('crisis.opened'),
  'safeguarding opens': heard('safeguarding.opened'),
  'privacy is broken': heard('privacy.compromised'),
};

test('[J1][J2][J3][J4][J5][J6] what each state does with each message', () => {
  expect(decisionTable(participantConcept, states, cells)).toMatchSnapshot();
});

test('[J1] only who is admitted is in the room; of whom there is no chart, nothing is known', () => {
  const session = (value: string) => ({
    people: [...people, { id: 'n2', role: 'supporter' } as const],
    charts: { [`participant:${PERSON}`]: aParticipant(value) },
  });
  for (const state of PARTICIPANT_STATES) {
    expect(inRoom(session(state))).toEqual(state === 'admitted' ? [PERSON] : []);
    expect(participantOf(session(state), PERSON)?.state).toBe(state);
  }
  expect(participantOf(session('unheardOf'), PERSON)).toBeNull();
  expect(participantOf(session('admitted'), 'n2')).toBeNull();
});
