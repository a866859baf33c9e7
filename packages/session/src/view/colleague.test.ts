import { expect, test } from 'vitest';
import { asClosed } from '../device/projected.js';
import { project } from '../project/project.js';
import { aDevice } from '../testing/a-projection.js';
import { aLiveSession, PRACTITIONER } from '../testing/a-session.js';
import type { View } from './types.js';
import { view } from './view.js';

const NEXT = 'p2';

test('[D5][Z4] a colleague who was asked, and was off the line at the close, reads that the session is closed and nothing else', () => {
  const walk = aLiveSession({ others: [{ id: NEXT, role: 'practitioner' }] }).join(NEXT);
  walk.say(PRACTITIONER, { type: 'handOver.offer', to: NEXT });
  const held = project(walk.session, NEXT);
  if (held === null) throw new TypeError('they are of the session');
  const at = (lastHeardAtMs: number, shown = held): View =>
    view(shown, aDevice({ lastHeardAtMs, media: 'none' }), walk.nowMs);
  const asked = at(walk.nowMs);
  expect([asked.stage, asked.headline.key, asked.tasks.map(({ id }) => id)]).toEqual([
    'alerted',
    'colleague.offered.headline',
    ['handOver'],
  ]);
  expect(asked.facts.length).toBeGreaterThan(0);
  expect(at(walk.nowMs - 5000, asClosed(held))).toMatchObject({
    stage: 'closed',
    headline: { key: 'duty.closed.headline' },
    explanation: [],
    whoActs: 'nobody',
    notices: [],
    tasks: [],
    facts: [],
    people: [],
    actions: [],
    reports: [],
  });
});
