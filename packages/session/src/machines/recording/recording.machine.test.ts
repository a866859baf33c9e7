import { checkPolicy, referencePolicy, type Command, type Fact, type Policy } from '@holdfast/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { projectRecording } from '../../project/recording.js';
import { project } from '../../project/project.js';
import { aLiveSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { aChart, actor, calm, deliver, PEOPLE } from '../../testing/deliver.js';
import { initialTransition } from 'xstate';
import type { Message } from '../../step/concept.js';
import { recordingConcept } from './recording.concept.js';
import { recordingMachine } from './recording.machine.js';

const MANAGEMENT = 'management-1';
const policy: Policy = {
  ...referencePolicy,
  recording: { mode: 'twoGrants', policy: 'recording-policy-v3' },
};
const grant: Command = { type: 'recording.grant', textVersion: policy.texts.recording };
const start: Command = { type: 'recording.start' };
const withdraw: Command = { type: 'recording.withdraw' };
const stop: Command = { type: 'recording.stop' };

const worker = { person: null, role: null, source: 'worker', device: null } as const;
const says = (walk: Walk, body: Fact) => walk.take(body, worker);
const state = (walk: Walk) => walk.value('recording:session');
const granted = () => aLiveSession({ policy }).say(CLIENT, grant).say(MANAGEMENT, grant);
const running = () =>
  says(granted().say(PRACTITIONER, start), { type: 'recording.started', take: 1 }).forget();
const chartOf = ({ session }: Walk) =>
  session.charts['recording:session'] ?? aChart(recordingConcept, 'session');
const effects = (walk: Walk) => walk.effects.map(({ id }) => id);

describe('two grants', () => {
  test('[X6][H06] under a policy that prohibits it no command of anybody leads out', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom(CLIENT, PRACTITIONER, MANAGEMENT, 'duty-1'),
            fc.constantFrom(grant, start, stop, withdraw),
          ),
          { maxLength: 20 },
        ),
        (said) => {
          const walk = aLiveSession();
          for (const [person, command] of said) walk.say(person, command);
          expect(state(walk)).toBe('prohibited');
          expect(walk.effects).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
    expect(aLiveSession().say(CLIENT, grant).lastRefusal?.code).toBe('recording-prohibited');
  });

  test('[B1][E15][E16] each grants for themselves, once, by the text that was shown; the grant names policy and version', () => {
    const walk = aLiveSession({ policy }).forget().say(CLIENT, grant);
    expect(state(walk)).toBe('oneGrant');
    expect(walk.events).toMatchObject([
      {
        kind: 'recording.granted',
        outcome: 'client',
        details: {
          textVersion: 'recording-v1',
          policy: 'reference',
          policyVersion: 'v2',
          recordingPolicy: 'recording-policy-v3',
        },
      },
    ]);
    expect(walk.say(CLIENT, grant).lastRefusal?.code).toBe('not-now');
    expect(state(walk.say(MANAGEMENT, { ...grant, textVersion: 'old-v0' }))).toBe('oneGrant');
    expect(walk.lastRefusal?.code).toBe('bad-answer');
    expect(state(walk.say(MANAGEMENT, grant))).toBe('permitted');
    expect(walk.events.filter(({ kind }) => kind === 'recording.granted')).toHaveLength(2);
    expect(aLiveSession({ policy }).say(PRACTITIONER, grant).lastRefusal?.code).toBe('not-allowed');
  });

  test('[B2][E15][H06] with no grant or one nobody starts it; only the practitioner starts it with both', () => {
    for (const who of [[], [CLIENT], [MANAGEMENT]]) {
      const walk = aLiveSession({ policy });
      for (const person of who) walk.say(person, grant);
      walk.forget().say(PRACTITIONER, start);
      expect([walk.lastRefusal?.code, walk.effects]).toEqual(['not-now', []]);
    }
    expect(granted().say(CLIENT, start).lastRefusal?.code).toBe('not-allowed');
    expect(granted().say(MANAGEMENT, start).lastRefusal?.code).toBe('not-allowed');
  });

  test('[B2][H06] whatever is said in whatever order, a recording begins only with both grants there', () => {
    const person = fc.constantFrom(CLIENT, PRACTITIONER, MANAGEMENT);
    const facts = fc.constantFrom<Fact>(
      { type: 'recording.started', take: 1 },
      { type: 'recording.stopped', take: 1 },
      { type: 'recording.stopped', take: 2 },
      { type: 'recording.failed', take: 1, what: 'stop' },
      { type: 'recording.failed', take: 1, what: 'start' },
    );
    const move = fc.oneof(
      fc.tuple(person, fc.constantFrom(grant, start, stop, withdraw)).map(
        ([who, command]) =>
          (walk: Walk) =>
            walk.say(who, command),
      ),
      facts.map((fact) => (walk: Walk) => says(walk, fact)),
    );
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        const walk = aLiveSession({ policy });
        for (const make of moves) {
          const before = projectRecording(walk.session);
          const asked = walk.effects.length;
          make(walk);
          const isBegun = walk.effects.slice(asked).some(({ kind }) => kind === 'startRecording');
          const both = before.grants.client && before.grants.management;
          if (isBegun) expect([both, before.state]).toEqual([true, 'off']);
          const { grants, state: now } = projectRecording(walk.session);
          if (now === 'on' || now === 'starting') expect(grants).toEqual({ client: true, management: true });
        }
        expect(new Set(effects(walk)).size).toBe(walk.effects.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('it stops at once, and it alone', () => {
  const stops: Readonly<Record<string, (walk: Walk) => unknown>> = {
    'the client takes it back': (walk) => walk.say(CLIENT, withdraw),
    'management takes it back': (walk) => walk.say(MANAGEMENT, withdraw),
    'the practitioner stops it': (walk) => walk.say(PRACTITIONER, stop),
    'a duty person stops it': (walk) => walk.say('duty-1', stop),
    'consent is taken back': (walk) => walk.say(CLIENT, { type: 'consent.withdraw' }),
    'the session ends': (walk) => walk.say(PRACTITIONER, { type: 'session.end' }),
    'the client leaves': (walk) => walk.leave(CLIENT),
    'the client exits': (walk) => walk.exit(CLIENT),
  };
  test.each(Object.entries(stops))('[B4][E15][H06] when %s', (_, make) => {
    const walk = running();
    make(walk);
    expect(effects(walk)).toContain('s1.stopRecording1');
    expect(state(walk)).not.toBe('running');
    expect(projectRecording(walk.session).state).toBe('stopping');
  });

  test.each(['privacy.compromised', 'pause.started'])('[B4] on %s of another chart', (type) => {
    const heard = { type, rules: ['X1'], subject: { kind: 'client', id: CLIENT } } as unknown as Message;
    expect(recordingConcept.concerns(heard, running().session)).toEqual(['session']);
    const chart = chartOf(running());
    const after = deliver(recordingConcept, chart, heard);
    expect(after.chart.value).toBe('permitted');
    expect(after.emitted.map(({ type: kind }) => kind)).toEqual(['recording.stopAsked']);
  });

  test('[B4] nothing else stops with it: call, gate and contact stay as they are', () => {
    const walk = running();
    const others = (session: Walk['session']) =>
      Object.fromEntries(Object.entries(session.charts).filter(([key]) => key !== 'recording:session'));
    const before = others(walk.session);
    walk.say(CLIENT, withdraw);
    expect(others(walk.session)).toEqual(before);
    expect(walk.kinds).toEqual(['recording.withdrawn', 'recording.stopAsked']);
  });

  test('[B3] it does not start while privacy is compromised', () => {
    const chart = chartOf(granted());
    const precedence = { ...calm.precedence, isPrivacyCompromised: true };
    const after = deliver(recordingConcept, chart, start, { now: { precedence } });
    expect([after.refused?.code, after.chart.value]).toEqual(['not-now', 'permitted']);
  });
});

describe('what the recorder says', () => {
  test('[B5][B7][H06] until it says that it ended it may still run, on both screens, and no other begins', () => {
    const walk = running().say(PRACTITIONER, stop);
    for (const person of [CLIENT, PRACTITIONER]) {
      const held = project(walk.session, person);
      const shown =
        held?.role === 'client' ? held.recording : held?.role === 'practitioner' && held.care.recording;
      if (!shown) throw new Error('nothing to see');
      expect(shown.state).toBe('stopping');
    }
    expect(walk.say(PRACTITIONER, start).lastRefusal?.code).toBe('not-now');
    says(walk, { type: 'recording.stopped', take: 7 });
    expect(projectRecording(walk.session).state).toBe('stopping');
    says(walk, { type: 'recording.stopped', take: 1 });
    expect(projectRecording(walk.session).state).toBe('off');
    expect(effects(walk.say(PRACTITIONER, start))).toContain('s1.startRecording2');
  });

  test('[B6] what could not begin is told to end, and what could not end is said', () => {
    const walk = granted().say(PRACTITIONER, start);
    says(walk, { type: 'recording.failed', take: 1, what: 'start' });
    expect(effects(walk)).toEqual(['s1.startRecording1', 's1.stopRecording1']);
    expect(projectRecording(walk.session)).toMatchObject({ state: 'stopping', failed: 'start' });
    says(walk, { type: 'recording.failed', take: 1, what: 'stop' });
    expect(projectRecording(walk.session).failed).toBe('stop');
    says(walk, { type: 'recording.stopped', take: 1 });
    expect(projectRecording(walk.session)).toMatchObject({ state: 'off', failed: null });
  });

  test('[B7][E15] management holds the two grants and nothing else; other staff who were not alerted hold nothing', () => {
    const walk = granted();
    const held = project(walk.session, MANAGEMENT);
    expect(held).toMatchObject({ care: null, recording: { grants: { client: true, management: true } } });
    expect(project(walk.session, 'duty-1')).toMatchObject({ care: null, recording: null });
  });
});

test('[E15] a policy of two grants passes the check', () => {
  expect(checkPolicy(policy).ok).toBe(true);
  const input = { instance: 'session', session: { id: 's', people: PEOPLE, policy, appointment: null } };
  const [made] = initialTransition(recordingMachine, input as never);
  expect(made.context.isProhibited).toBe(false);
  expect(actor(MANAGEMENT).role).toBe('management');
});
