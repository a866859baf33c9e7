import { expect, test } from 'vitest';
import { aLiveSession, aWalk, CLIENT, PRACTITIONER } from '../../testing/a-session.js';

const client = CLIENT;
const risk = 'risk:c1';

test('[K1][A32] one action raises it, in any state of the session', () => {
  expect(aWalk().say(PRACTITIONER, { type: 'risk.raise', client }).value(risk)).toBe('active');
  expect(aLiveSession().say('duty-1', { type: 'risk.raise', client }).value(risk)).toBe('active');
  const closing = aLiveSession()
    .say(PRACTITIONER, { type: 'session.end' })
    .say(PRACTITIONER, { type: 'risk.raise', client });
  expect(closing.value(risk)).toBe('active');
});

test('[K1] an opened crisis raises it', () => {
  const walk = aLiveSession().say(PRACTITIONER, { type: 'crisis.open', client });
  expect(walk.value(risk)).toBe('active');
  expect(walk.events.find((event) => event.kind === 'risk.raised')?.outcome).toBe('crisis');
});

test('[K1][R6] nothing that the client does raises it', () => {
  const walk = aLiveSession().say(CLIENT, { type: 'risk.raise', client });
  expect(walk.lastRefusal?.code).toBe('not-allowed');
  expect(walk.say(CLIENT, { type: 'help.ask', client }).exit(CLIENT).value(risk)).toBe('routine');
});

test('[K2][H09] a second press is on the record and is no refusal', () => {
  const walk = aLiveSession()
    .say(PRACTITIONER, { type: 'risk.raise', client })
    .say('duty-1', { type: 'risk.raise', client });
  expect(walk.lastRefusal).toBeNull();
  expect(walk.events.filter((event) => event.kind === 'risk.raised').map((event) => event.outcome)).toEqual([
    'person',
    'again',
  ]);
});

test('[K3][H21] lowered with a reason, never while a crisis is open', () => {
  const walk = aLiveSession().say(PRACTITIONER, { type: 'crisis.open', client });
  const lower = { type: 'risk.lower', client, reason: 'reassessed' } as const;
  expect(walk.say(PRACTITIONER, lower).lastRefusal?.code).toBe('crisis-open');
  expect(walk.value(risk)).toBe('active');
  walk.say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'clientSafe', rationaleRef: 'note-1' });
  expect(walk.say(PRACTITIONER, lower).value(risk)).toBe('routine');
  expect(walk.events.at(-1)).toMatchObject({ kind: 'risk.lowered', outcome: 'reassessed' });
  expect(walk.say(PRACTITIONER, lower).lastRefusal?.code).toBe('not-now');
});

test('[K1] a closed session has no risk to raise', () => {
  const walk = aLiveSession()
    .say(PRACTITIONER, { type: 'session.end' })
    .say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
  walk.say(PRACTITIONER, { type: 'session.close' }).say(PRACTITIONER, { type: 'risk.raise', client });
  expect(walk.lastRefusal?.code).toBe('session-closed');
});
