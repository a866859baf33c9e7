import { referencePolicy, type Fact, type Policy } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { initialTransition } from 'xstate';
import type { Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, actor, calm, deliver, PEOPLE } from '../../testing/deliver.js';
import { recordingConcept } from './recording.concept.js';
import { recordingMachine, type RecordingContext } from './recording.machine.js';

const forbidden = aChart(recordingConcept, 'session');
const allowed = {
  isProhibited: false,
  policy: { policy: 'reference', policyVersion: 'v2', recordingPolicy: 'recording-policy-v3' },
} as const;
const at = (value: string, context: Partial<RecordingContext> = {}): ChartState => ({
  value,
  context: { ...forbidden.context, ...allowed, ...context },
});
const none = { client: false, management: false } as const;
const both = { client: true, management: true } as const;
const ofClient = { client: true, management: false } as const;
const ofManagement = { client: false, management: true } as const;

const said = (fact: Fact): Cell => ({ message: fact });
const text = referencePolicy.texts.recording;
const byClient = { by: actor('c1') } as const;
const byManagement = { by: actor('management-1') } as const;
const heard = (type: Emitted['type']): Cell => ({ message: { type, rules: [], subject: null } });
const start: Cell = { message: { type: 'recording.start' } };

test('[X6][B1][B2][B3][B4] what each state does with what people say, and with what stops it', () => {
  const states: Readonly<Record<string, ChartState>> = {
    'prohibited by the policy': forbidden,
    'no grant': at('prohibited', { grants: none }),
    'the client’s grant': at('oneGrant', { grants: ofClient }),
    'management’s grant': at('oneGrant', { grants: ofManagement, take: 2, isEnding: true }),
    permitted: at('permitted', { grants: both, take: 2, failed: 'start' }),
    'permitted, with the client’s grant only': at('permitted', { grants: ofClient }),
    'permitted, with management’s grant only': at('permitted', { grants: ofManagement }),
    'permitted, and the last one is ending': at('permitted', { grants: both, take: 2, isEnding: true }),
    'running, as was asked': at('running', { grants: both, take: 3 }),
    'running, and begun': at('running', { grants: both, take: 3, hasBegun: true }),
  };
  const cells: Readonly<Record<string, Cell>> = {
    'the client grants': { message: { type: 'recording.grant', textVersion: text }, ...byClient },
    'management grants': { message: { type: 'recording.grant', textVersion: text }, ...byManagement },
    'the client grants an old text': {
      message: { type: 'recording.grant', textVersion: 'old' },
      ...byClient,
    },
    'the client takes it back': { message: { type: 'recording.withdraw' }, ...byClient },
    'management takes it back': { message: { type: 'recording.withdraw' }, ...byManagement },
    started: start,
    'started while privacy is broken': {
      ...start,
      now: { precedence: { ...calm.precedence, isPrivacyCompromised: true } },
    },
    stopped: { message: { type: 'recording.stop' } },
    'stopped by a duty person': { message: { type: 'recording.stop' }, by: actor('duty-1') },
    'privacy is broken': heard('privacy.compromised'),
    'a pause begins': heard('pause.started'),
    'the client left': heard('person.left'),
    'the client went at once': heard('person.exited'),
    'consent is taken back': heard('consent.withdrawn'),
    'the session is ending': heard('session.ending'),
    'the session is closed': heard('session.closed'),
  };
  expect(decisionTable(recordingConcept, states, cells)).toMatchSnapshot();
});

test('[B3][B5][B6] what each state does with what the recorder says', () => {
  const ending = { grants: both, take: 2, isEnding: true, hasBegun: true } as const;
  const states: Readonly<Record<string, ChartState>> = {
    'no take yet': at('permitted', { grants: both }),
    'at rest after two': at('permitted', { grants: both, take: 2 }),
    ending: at('permitted', ending),
    'ending, as it could not begin': at('permitted', { ...ending, failed: 'start' }),
    'ending, and it could not end': at('permitted', { ...ending, failed: 'stop' }),
    'ending with one grant': at('oneGrant', { ...ending, grants: ofClient }),
    'ending with no grant': at('prohibited', { ...ending, grants: none }),
    'running, as was asked': at('running', { grants: both, take: 2 }),
    'running, and begun': at('running', { grants: both, take: 2, hasBegun: true }),
  };
  const cells: Readonly<Record<string, Cell>> = Object.fromEntries(
    [1, 2].flatMap((take): readonly (readonly [string, Cell])[] => [
      [`take ${take} began`, said({ type: 'recording.started', take })],
      [`take ${take} ended`, said({ type: 'recording.stopped', take })],
      [`take ${take} could not begin`, said({ type: 'recording.failed', take, what: 'start' })],
      [`take ${take} could not end`, said({ type: 'recording.failed', take, what: 'stop' })],
    ]),
  );
  expect(decisionTable(recordingConcept, states, cells)).toMatchSnapshot();
});

const made = (policy: Policy) => {
  const input = { instance: 'session', session: { id: 's1', people: PEOPLE, policy } };
  const [{ value, context }] = initialTransition(recordingMachine, input as never);
  return { value, context };
};

test('[X6][B1] at the beginning nobody has granted anything, and the policy is known by id and version', () => {
  const context = {
    textVersion: 'recording-v9',
    grants: none,
    take: 0,
    hasBegun: false,
    isEnding: false,
    failed: null,
    deadlines: {},
  };
  const base: Policy = {
    ...referencePolicy,
    id: 'mine',
    version: 'v7',
    texts: { ...referencePolicy.texts, recording: 'recording-v9' },
  };
  const policy = { policy: 'mine', policyVersion: 'v7' };
  expect(made(base)).toEqual({
    value: 'prohibited',
    context: { ...context, isProhibited: true, policy: { ...policy, recordingPolicy: null } },
  });
  expect(made({ ...base, recording: { mode: 'twoGrants', policy: 'rules-v3' } })).toEqual({
    value: 'prohibited',
    context: { ...context, isProhibited: false, policy: { ...policy, recordingPolicy: 'rules-v3' } },
  });
});

test('[B1][B4] every event of a recording is about the session', () => {
  const subject = { kind: 'session', id: 'session' };
  const granted = deliver(
    recordingConcept,
    at('prohibited'),
    { type: 'recording.grant', textVersion: text },
    byClient,
  );
  expect(granted.emitted).toMatchObject([{ subject }]);
  const back = deliver(
    recordingConcept,
    at('running', { grants: both, take: 1 }),
    { type: 'recording.withdraw' },
    byClient,
  );
  expect(back.emitted).toMatchObject([{ subject }, { subject }]);
});
