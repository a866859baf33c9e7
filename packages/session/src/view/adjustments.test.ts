import type { Adjustments } from '@holdfast/protocol';
import { Adjustments as Schema } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { project } from '../project/project.js';
import { aDevice } from '../testing/a-projection.js';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  PRACTITIONER,
  type Walk,
} from '../testing/a-session.js';
import { view } from './view.js';

const adjustments: Adjustments = {
  lengthMs: 1_800_000,
  breakEveryMs: 600_000,
  cameraOffByChoice: true,
  chatForKeyPoints: true,
  agenda: ['checkIn', 'nextSteps'],
  communication: 'shortSentences',
  whenOverwhelmed: 'pause',
};
const screen = (walk: Walk, person: string) => {
  const held = project(walk.session, person);
  if (held === null) throw new Error('nobody');
  return view(held, aDevice({ lastHeardAtMs: walk.nowMs }), walk.nowMs);
};

test('[U10][A41][A42] length, breaks, camera, chat and agenda stand on both screens, the same, and reach the host’s page', () => {
  const walk = aLiveSession({ appointment: { adjustments } });
  const shown = [CLIENT, PRACTITIONER].map((person) =>
    screen(walk, person).facts.filter(({ id }) => id.startsWith('adjust.')),
  );
  expect(shown[0]).toEqual(shown[1]);
  expect(shown[0]?.map(({ id }) => id)).toEqual([
    'adjust.length',
    'adjust.breaks',
    'adjust.camera',
    'adjust.chat',
    'adjust.communication',
    'adjust.overwhelmed',
    'adjust.agenda.1',
    'adjust.agenda.2',
  ]);
  expect([CLIENT, PRACTITIONER].map((person) => screen(walk, person).adjustments)).toEqual([
    adjustments,
    adjustments,
  ]);
  expect(screen(walk, 'duty-1').adjustments).toBeNull();
});

test('[U10] settings only: no reason and no words about a person fit into them', () => {
  expect(Schema.safeParse(adjustments).success).toBe(true);
  expect(Schema.safeParse({ ...adjustments, because: 'x' }).success).toBe(false);
  expect(Schema.safeParse({ ...adjustments, agenda: ['words about a person'] }).success).toBe(false);
});

test('[U11][A41] a camera that is off is no fault and no drop: what carries contact is heard, not seen', () => {
  const walk = aLiveSession({ appointment: { adjustments } });
  const noCamera = {
    type: 'item.answer',
    item: 'device',
    answer: 'no',
    flags: { hasCamera: false },
  } as const;
  walk.say(CLIENT, noCamera).forget();
  for (let minute = 0; minute < 30; minute += 1) walk.by(60_000).heal();
  expect([walk.value('contact:c1'), walk.run.state, walk.alerted]).toEqual(['together', 'none', []]);
  expect(screen(walk, PRACTITIONER).notices).toEqual([]);
});

test('[U12][D04][D05] no session ends, hurries or alerts by its planned length; set-up has no clock', () => {
  const planned = aLiveSession({ appointment: { adjustments } }).forget();
  planned.by(4 * 3_600_000);
  expect([planned.kinds, planned.value('lifecycle:session')]).toEqual([[], 'live']);
  for (const start of [() => aWalk().join(PRACTITIONER).join(CLIENT), () => aWaitingSession()]) {
    const walk = start().forget();
    const before = [CLIENT, PRACTITIONER].map((person) => screen(walk, person).deadlines);
    walk.by(4 * 3_600_000);
    expect([before, walk.kinds]).toEqual([[[], []], []]);
  }
});
