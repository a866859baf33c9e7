import { expect, test } from 'vitest';
import { aLiveSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import type { ContactContext } from './contact-state.js';

const context = (walk: Walk) =>
  walk.session.charts[`contact:${CLIENT}`]?.context as unknown as ContactContext;
const onThePhone = () => aLiveSession().cut().to(70_000).recordCall('reachedByName').to(400_000);

test('[P13] a call is lost since it was cut, not since that was heard of', () => {
  const walk = onThePhone().say(PRACTITIONER, { type: 'call.cut', client: CLIENT }, 390_000);
  expect(context(walk)).toMatchObject({ lastContactMs: 390_000, outageFromMs: 390_000 });
  expect(walk.events.find(({ kind }) => kind === 'call.cut')?.details).toMatchObject({ sinceMs: 390_000 });
});

test('[P14][L8] the check by phone is due from when risk was raised, also where that is heard of late', () => {
  const walk = onThePhone().say(PRACTITIONER, { type: 'risk.raise', client: CLIENT }, 390_000);
  expect(context(walk).deadlines).toEqual({ check: 570_000 });
});

test('[P3][L8] a page that went has 3 s from when risk was raised, also where that is heard of late', () => {
  const walk = aLiveSession().state({ type: 'device.unloading', person: CLIENT, device: 'c1.a' }, CLIENT);
  walk.by(1500).media(PRACTITIONER, 'silent', 60_000).to(65_000);
  walk.say(PRACTITIONER, { type: 'risk.raise', client: CLIENT }, 64_000);
  expect(context(walk).deadlines).toMatchObject({ lost: 67_000 });
});
