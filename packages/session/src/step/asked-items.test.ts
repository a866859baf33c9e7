import { ITEMS, referencePolicy, usualAppointment, type Appointment } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { askedItems } from './asked-items.js';

const asked = (appointment: Partial<Appointment> = {}) =>
  askedItems({ policy: referencePolicy, appointment: { ...usualAppointment, ...appointment } });
const names = (appointment: Partial<Appointment> = {}) => asked(appointment).map(({ item }) => item);

test('[I9][B01] each kind of session asks what its policy lists, in the order of the protocol, with its threshold', () => {
  for (const [type, listed] of Object.entries(referencePolicy.sessionTypes)) {
    const items = listed?.items ?? {};
    const expected = ITEMS.flatMap((item) => {
      const settledBefore = items[item]?.settledBefore;
      return settledBefore === undefined ? [] : [{ item, settledBefore }];
    });
    expect(asked({ type: type as Appointment['type'], isFirst: true })).toEqual(expected);
  }
  expect(names({ type: 'practiceRoom' }), 'the reference policy has no such sessions').toEqual([]);
});

test('[I22][D06] wishes are asked in a first session, and again from the day on that was agreed', () => {
  const isAsked = (rest: Partial<Appointment>) => names({ isFirst: false, ...rest }).includes('preferences');
  const preference = { way: 'video', reviewOn: '2026-03-10' } as const;
  const at = (day: string) => ({ preference, startsAtMs: Date.parse(day) });
  expect(isAsked({ isFirst: true, preference: null })).toBe(true);
  expect(isAsked({ isFirst: true, ...at('2026-03-01') })).toBe(true);
  expect(isAsked({ preference: null, startsAtMs: Date.parse('2026-03-10') })).toBe(false);
  expect(['2026-03-09', '2026-03-10', '2026-03-11'].map((day) => isAsked(at(day)))).toEqual([
    false,
    true,
    true,
  ]);
  expect(isAsked({ preference, startsAtMs: null }), 'nobody can tell').toBe(true);
});
