import { expect, test } from 'vitest';
import type { Circumstances, Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { aChart, deliver } from '../../testing/deliver.js';
import { signalConcept } from './signal.concept.js';
import type { SignalContext } from './signal.machine.js';

const quiet = (): ChartState => aChart(signalConcept, 'c1');
const signalled = (isDutyAsked: boolean): ChartState => ({
  value: 'signalled',
  context: { ...quiet().context, count: 1, isDutyAsked, deadlines: { acknowledge: 30_000 } } as never,
});
const heard = (type: Emitted['type'], details: Emitted['details'] = {}): Emitted => ({
  type,
  rules: [],
  subject: { kind: 'person', id: 'p1' },
  details,
});
const after = (chart: ChartState, event: Emitted, now: Partial<Circumstances> = {}) => {
  const { chart: next, emitted } = deliver(signalConcept, chart, event, { now });
  const { isDutyAsked, deadlines } = next.context as Partial<SignalContext>;
  const told = emitted.map(({ outcome, alert }) => [outcome, alert?.cause ?? null]);
  return [next.value, isDutyAsked ? 'duty knows' : 'duty does not know', Object.keys(deadlines ?? {}), told];
};
const asked = ['signalled', 'duty knows', ['acknowledge'], [['ofDuty', 'discreetSignal']]];
const stillAsked = ['signalled', 'duty knows', ['acknowledge'], []];
const notAsked = ['signalled', 'duty does not know', ['acknowledge'], []];
const seen = (outcome: string) => ['acknowledged', 'duty does not know', [], [[outcome, null]]];

test.each(['person.gone', 'person.left', 'person.exited'] as const)(
  '[Q2] an unseen signal goes to the duty role at %s when nobody is there to see it, and once only',
  (type) => {
    const alone = { isPractitionerGone: true };
    expect(after(signalled(false), heard(type), alone)).toEqual(asked);
    expect(after(signalled(true), heard(type), alone)).toEqual(stillAsked);
    // Somebody else went: the practitioner is there to see it.
    expect(after(signalled(false), heard(type))).toEqual(notAsked);
  },
);

test('[Q2] a risk that is raised takes an unseen signal to the duty role at once, and once only', () => {
  expect(after(signalled(false), heard('risk.raised'), { isRiskActive: true })).toEqual(asked);
  expect(after(signalled(true), heard('risk.raised'), { isRiskActive: true })).toEqual(stillAsked);
});

test('[Q4] whoever takes its own alert has seen it; an alert about anything else is not that', () => {
  const taken = (about: string) => after(signalled(true), heard('alert.accepted', { about }));
  const told = deliver(signalConcept, quiet(), { type: 'privacy.signal', client: 'c1' });
  const about = String(told.emitted[0]?.details?.['about']);
  expect(taken(about)).toEqual(seen('taken'));
  expect(taken('c1.x9')).toEqual(stillAsked);
  expect(after(signalled(true), heard('privacy.compromised'))).toEqual(seen('opened'));
});
