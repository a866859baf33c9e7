import { expect, test } from 'vitest';
import type { Care } from '../project/projection.js';
import {
  aCare,
  aClientProjection,
  aDevice,
  aDutyProjection,
  aPractitionerProjection,
} from '../testing/a-projection.js';
import type { View } from './types.js';
import { view } from './view.js';

const seen = (care: Partial<Care> = {}): View => view(aPractitionerProjection(care), aDevice(), 0);
const paused = { pause: { ...aCare().pause, isPaused: true } };
const ids = (shown: View): string[] => [...shown.actions, ...shown.notices].map(({ id }) => id);
const OBSERVED = /^(cannot|settle|client\.cannot|picture\.|sound\.|unheard|unseen|reported)/;
const observed = (shown: View): string[] => ids(shown).filter((id) => OBSERVED.test(id));

test('[B07][E20] whoever was alerted reads it until they have answered, and then that they have come', () => {
  const alert = {
    id: 'a',
    about: 'c1.crisis1',
    cause: 'escalation',
    person: 'duty-1',
    deadlines: {},
  } as const;
  const headline = (alerts: Care['alerts']): string =>
    view(aDutyProjection({ alerts }), aDevice(), 0).headline.key;
  for (const state of ['sent', 'acknowledged', 'unanswered'] as const)
    expect(headline([{ ...alert, state }])).toBe('duty.alerted.headline');
  for (const state of ['accepted', 'stoodDown'] as const)
    expect(headline([{ ...alert, state }])).toBe('duty.joined.headline');
  // What somebody else was alerted for is not theirs to answer.
  expect(headline([{ ...alert, person: 'duty-2', state: 'sent' }])).toBe('duty.joined.headline');
});

test('[B07][U1] the headline of the practitioner says that they pause, while nothing else goes before it', () => {
  const byPhone = { ...aCare().contact, state: 'byPhone' as const };
  expect(
    [seen(), seen(paused), seen({ ...paused, contact: byPhone })].map(({ headline }) => headline.key),
  ).toEqual(['practitioner.live.headline', 'staff.pause.headline', 'staff.talking.headline']);
});

test('[U1][O6] in a pause nobody is asked or told what is seen and heard: it is off on purpose', () => {
  const observation = {
    ...aCare().observation,
    picture: { is: 'offByChoice' as const, sinceMs: 0 },
    reports: { practitioner: ['cannotSee' as const], client: ['cannotHear' as const] },
  };
  expect(observed(seen({ observation })).length).toBeGreaterThan(3);
  expect(observed(seen({ ...paused, observation }))).toEqual([]);
  const client = (pause: 'none' | 'paused' | 'ready'): string[] =>
    observed(
      view(
        aClientProjection({
          pause,
          observation: { isHeard: false, isSeen: false, reported: ['cannotSee'], isReported: true },
        }),
        aDevice(),
        0,
      ),
    );
  expect(client('none').length).toBeGreaterThan(3);
  expect([client('paused'), client('ready')]).toEqual([[], []]);
});

test('[H20][H04] what is read back in set-up stands in the question itself', () => {
  const vault = { c1: { callBackNumber: '+44 20 1', address: '1 Test Street' } };
  const items = aCare().items.map((item) =>
    item.item === 'locationConfirmed'
      ? { ...item, isSettled: false, state: 'open' as const, answer: null }
      : item.item === 'callBackNumber'
        ? { ...item, flags: {} }
        : item,
  );
  const why = (words: typeof vault | undefined) => {
    const care = { stage: 'settingUp' as const, items };
    const shown = view(
      aPractitionerProjection(care, words === undefined ? {} : { vault: words }),
      aDevice(),
      0,
    );
    return ['item.locationConfirmed', 'readBack'].map(
      (id) => shown.tasks.find((task) => task.id === id)?.why,
    );
  };
  expect(why(vault)).toEqual([
    { key: 'practitioner.item.locationConfirmed.last', params: { address: '1 Test Street' } },
    { key: 'readBack.is', params: { number: '+44 20 1' } },
  ]);
  expect(why(undefined).map((message) => message?.key)).toEqual([
    'practitioner.item.locationConfirmed.why',
    'readBack.why',
  ]);
});

test('[V3] with the session ended, active risk is named and nobody is told to ring when contact is lost', () => {
  const risk = { isActive: true, sinceMs: 0 };
  const said = (stage: Care['stage']) =>
    seen({ stage, risk }).notices.find(({ id }) => id === 'risk')?.message.key;
  expect([said('live'), said('closing')]).toEqual(['staff.risk.notice', 'staff.risk.title']);
});
