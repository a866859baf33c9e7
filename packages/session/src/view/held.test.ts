import { describe, expect, test } from 'vitest';
import { aCare, aDevice, aDutyProjection, aPractitionerProjection, aRun } from '../testing/a-projection.js';
import type { View } from './types.js';
import { view } from './view.js';

const vault = { 'duty-1': { name: 'D Name' } };
const byPhone = { state: 'byPhone', isMediaUp: false, lastTogetherAtMs: 0, deadlines: { check: 600_000 } };
const lost = { ...byPhone, state: 'lost', deadlines: {} };
type Care = NonNullable<Parameters<typeof aPractitionerProjection>[0]>;
const seen = (care: Care, lastHeardAtMs = 0, nowMs = 0): View =>
  view(aPractitionerProjection(care, { vault }), aDevice({ lastHeardAtMs }), nowMs);
const keys = (shown: View) => [shown.headline, ...shown.explanation].map(({ key }) => key);
const phoneTask = (shown: View) => shown.tasks.find(({ id }) => id === 'phone');
const choices = (shown: View) => phoneTask(shown)?.choices.map(({ id }) => id);

describe('a practitioner who comes back', () => {
  test('[V8 H02] sees who talks to the client, is told not to ring, and may take the call over', () => {
    const shown = seen({ contact: byPhone, caller: 'duty-1' });
    expect(shown.headline).toEqual({ key: 'staff.held.talking.headline', params: { name: 'D Name' } });
    expect(keys(shown)).toEqual(['staff.held.talking.headline', 'staff.held.talking.what']);
    expect([shown.stage, shown.whoActs]).toEqual(['phone', 'duty']);
    expect(phoneTask(shown)).toMatchObject({
      title: { key: 'staff.phone.heldTitle' },
      why: { key: 'staff.phone.heldWhy', params: { name: 'D Name' } },
      urgency: 'normal',
      dueAtMs: null,
    });
    expect(choices(shown)).toEqual(['still', 'cut']);
    const onVideo = seen({ contact: { ...byPhone, isMediaUp: true }, caller: 'duty-1' });
    expect([phoneTask(onVideo)?.why?.key, choices(onVideo)]).toEqual([
      'staff.phone.heldVideoIsBack',
      ['move', 'still', 'cut'],
    ]);
  });

  test('[V8 H02] is not asked to ring over the owner who rings, and may take over', () => {
    const shown = seen({ run: aRun({ owner: 'duty-1', phoning: 'open' }), contact: lost });
    expect(keys(shown)).toEqual([
      'staff.held.ringing.headline',
      'staff.held.ringing.what',
      'run.cause.contactLost',
    ]);
    expect([shown.whoActs, shown.tasks.map(({ id }) => id)]).toEqual([
      'duty',
      ['report', 'takeOver', 'dispose', 'consult', 'staffNote.1', 'tell', 'disclosure.1', 'channel'],
    ]);
  });

  test('[V8 H02 H08] rings all the same when the owner is gone, or this page is cut off', () => {
    const run = aRun({ owner: 'duty-1', phoning: 'open' });
    const people = [...aCare().people.slice(0, 2), { id: 'duty-1', role: 'duty', presence: 'gone' } as const];
    for (const shown of [seen({ run, contact: lost, people }), seen({ run, contact: lost }, 1, 5001)]) {
      expect(shown.headline.key).toBe('practitioner.phone.headline');
      expect(shown.tasks.map(({ id }) => id)).toContain('call');
    }
  });
});

test('[V8 H31] of a practitioner who never came nobody reads that they ring: a duty person is asked to', () => {
  const people = aCare().people.map((one) => (one.id === 'p1' ? { ...one, presence: 'notYet' } : one));
  const run = aRun({ phoning: 'open', helpers: ['duty-1'] });
  const shown = view(aDutyProjection({ run, contact: lost, people }), aDevice(), 0);
  expect(shown.headline.key).toBe('duty.phone.headline');
  expect(shown.tasks.map(({ id }) => id)).toContain('call');
  expect(shown.notices.map(({ message }) => message.key)).toEqual(['duty.practitionerAway']);
});

test('[V8 A15] whoever has the call reads that they talk, practitioner or duty; it is not asked of another', () => {
  const own = seen({ contact: { ...byPhone, deadlines: { answer: 5000 } }, caller: 'p1' });
  expect([own.headline.key, phoneTask(own)?.title.key, choices(own)]).toEqual([
    'staff.talking.headline',
    'staff.phone.title',
    ['still', 'cut'],
  ]);
  const duty = view(aDutyProjection({ contact: byPhone, caller: 'duty-1' }), aDevice(), 0);
  expect([duty.headline.key, phoneTask(duty)?.title.key]).toEqual([
    'staff.talking.headline',
    'staff.phone.title',
  ]);
  const other = view(aDutyProjection({ contact: byPhone, caller: 'p1' }), aDevice(), 0);
  expect([other.headline.key, other.whoActs]).toEqual(['staff.held.talking.headline', 'practitioner']);
});

test('[H08] cut off while they talk by phone, nothing has to be rung yet', () => {
  const shown = seen({ contact: byPhone, caller: 'p1' }, 1, 5001);
  expect(shown.notices[0]?.message.key).toBe('line.staff.downTogether');
});
