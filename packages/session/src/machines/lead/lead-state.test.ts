import type { Actor, Person } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { actor, aChart, deliver } from '../../testing/deliver.js';
import { leadConcept } from './lead.concept.js';
import { asTheyAre, isPractitionerGoing, practitionerOf, roleOf, type LeadContext } from './lead-state.js';

const people: readonly Person[] = [
  { id: 'c1', role: 'client' },
  { id: 'p1', role: 'practitioner' },
  { id: 'p2', role: 'practitioner' },
];
const charts = (lead: string | null) =>
  lead === null ? {} : { 'lead:session': { value: 'held', context: { lead } as never } };
const seen = (lead: string | null, those = people) => ({ people: those, charts: charts(lead) });

test('[D1] who leads is whom the chart names; before there is one, the first practitioner; without any, nobody', () => {
  expect(practitionerOf(seen('p2'))).toBe('p2');
  expect(practitionerOf(seen(null))).toBe('p1');
  expect(practitionerOf(seen(null, people.slice(0, 1)))).toBe('nobody');
  const none = aChart(leadConcept, 'session', people.slice(0, 1));
  expect((none.context as unknown as LeadContext).lead).toBe('nobody');
});

test('[D1] a practitioner who does not lead is a colleague; whoever is unknown has no role', () => {
  const roles = ['p1', 'p2', 'c1', 'x1'].map((person) => roleOf(seen('p2'), person));
  expect(roles).toEqual(['colleague', 'practitioner', 'client', null]);
});

test('[D1] who speaks is what they are now, whatever the page said when it was opened; a program stays a program', () => {
  const by = (person: string | null, role: Actor['role']): Actor => ({ ...actor('p1'), person, role });
  const now = (person: string | null, role: Actor['role']) => asTheyAre(seen('p2'), by(person, role)).role;
  expect(now('p1', 'practitioner')).toBe('colleague');
  expect(now('p2', 'colleague')).toBe('practitioner');
  expect(now('c1', 'client')).toBe('client');
  expect(now('x1', 'duty')).toBe('duty');
  expect(now(null, null)).toBeNull();
});

test('[D3] gone, left or exited: the one who leads is not there any more; others are no matter of it', () => {
  const going = (type: Emitted['type'], id: string) =>
    isPractitionerGoing({ type, rules: [], subject: { kind: 'person', id } }, seen('p2'));
  for (const type of ['person.gone', 'person.left', 'person.exited'] as const)
    expect([going(type, 'p2'), going(type, 'p1')]).toEqual([true, false]);
  expect(going('person.alive', 'p2')).toBe(false);
});

const held = (): ChartState => aChart(leadConcept, 'session');
const aHandOver = (before: readonly string[]): ChartState => ({
  value: 'offered',
  context: {
    ...held().context,
    practitioners: ['p1', 'p2', 'p3'],
    lead: 'p1',
    offeredTo: 'p2',
    before,
  } as never,
});
const accept = { type: 'handOver.accept' } as const;

test('[D2] everybody who led before is kept once, in order, and never who leads now', () => {
  const kept = (before: readonly string[]) =>
    deliver(leadConcept, aHandOver(before), accept, { by: actor('p2') }).chart.context;
  expect(kept([])).toMatchObject({ lead: 'p2', before: ['p1'], offeredTo: null });
  expect(kept(['p2', 'p3'])).toMatchObject({ lead: 'p2', before: ['p3', 'p1'] });
});

test('[D2] only the colleague who was asked takes it over or declines; asked twice it is the same question', () => {
  for (const type of ['handOver.accept', 'handOver.decline'] as const)
    expect(deliver(leadConcept, aHandOver([]), { type }, { by: actor('p3') })).toMatchObject({
      chart: aHandOver([]),
      emitted: [],
      refused: { code: 'not-allowed' },
    });
  const again = deliver(leadConcept, aHandOver([]), { type: 'handOver.offer', to: 'p2' });
  expect(again).toMatchObject({ chart: aHandOver([]), emitted: [], refused: null });
  const other = deliver(leadConcept, aHandOver([]), { type: 'handOver.offer', to: 'p3' });
  expect(other.chart.context).toMatchObject({ offeredTo: 'p3', lead: 'p1' });
});
