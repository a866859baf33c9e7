import { TOLD_STEPS } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { project } from '../../project/project.js';
import { aDevice } from '../../testing/a-projection.js';
import { aLiveSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { view } from '../../view/view.js';

const client = CLIENT;
const noticesOf = (walk: Walk): readonly string[] => {
  const held = project(walk.session, CLIENT);
  if (held === null) throw new Error('no client');
  return view(held, aDevice({ lastHeardAtMs: walk.nowMs }), walk.nowMs).notices.map(({ id }) => id);
};

test('[M5][A30][C21] the client reads each step in plain words when a person chooses it, until it is taken away', () => {
  const walk = aLiveSession();
  for (const step of TOLD_STEPS) {
    walk.say(PRACTITIONER, { type: 'client.tell', client, step });
    expect(noticesOf(walk)).toEqual([`told.${step}`]);
    expect(walk.events.at(-1)).toMatchObject({ kind: 'client.told', outcome: step });
  }
  walk.say(PRACTITIONER, { type: 'client.tell', client, step: null });
  expect(noticesOf(walk)).toEqual([]);
  expect(walk.say(PRACTITIONER, { type: 'client.tell', client, step: null }).lastRefusal?.code).toBe(
    'not-now',
  );
  expect(walk.say(CLIENT, { type: 'client.tell', client, step: 'whatHelps' }).lastRefusal?.code).toBe(
    'not-allowed',
  );
});

test('[M5][H05][H16] no crisis, risk or run puts a sentence there, or takes one away', () => {
  const walk = aLiveSession().say(PRACTITIONER, { type: 'crisis.open', client });
  expect(noticesOf(walk)).toEqual([]);
  walk.say(PRACTITIONER, { type: 'client.tell', client, step: 'stayTogether' });
  walk.say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' });
  walk.say(PRACTITIONER, { type: 'risk.lower', client, reason: 'clientSafe' });
  expect(noticesOf(walk)).toEqual(['told.stayTogether']);
});

test('[M5][V1] what is said in a crisis is the same frame as what is said in none', () => {
  const frameOf = (walk: Walk) =>
    JSON.stringify(
      project(walk.say(PRACTITIONER, { type: 'client.tell', client, step: 'tellEachStep' }).session, CLIENT),
    );
  expect(frameOf(aLiveSession().say(PRACTITIONER, { type: 'crisis.open', client }))).toBe(
    frameOf(aLiveSession()),
  );
});
