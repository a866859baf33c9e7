import { AlternativeKind, AlternativeRoute, type Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, actor } from '../../testing/deliver.js';
import { aWaitingSession, CLIENT, PRACTITIONER } from '../../testing/a-session.js';
import { alternativeConcept } from './alternative.concept.js';

const none = aChart(alternativeConcept, CLIENT);
const states: Readonly<Record<string, ChartState>> = {
  'nothing is owed': none,
  owed: { ...none, value: 'owed' },
  offered: {
    value: 'offered',
    context: {
      ...none.context,
      offered: { kind: 'phone', dueOn: '1970-01-02', route: 'referrer' },
    } as never,
  },
};

const offer = (changes: Partial<Extract<Command, { type: 'suitability.offerAlternative' }>> = {}): Cell => ({
  message: {
    type: 'suitability.offerAlternative',
    client: CLIENT,
    kind: 'faceToFace',
    dueOn: '1970-01-01',
    route: 'crisisLine',
    ...changes,
  },
});
const found = (outcome?: string): Cell => ({
  message: {
    type: 'item.answered',
    rules: [],
    subject: {
      kind: 'item',
      id: 'suitability',
    },
    ...(outcome === undefined ? {} : { outcome }),
  } satisfies Emitted,
});
const cells: Readonly<Record<string, Cell>> = {
  ...Object.fromEntries(
    ['notSuitable', 'confirmed', 'withExtraControls', 'notSure'].map((outcome) => [outcome, found(outcome)]),
  ),
  'answered, and nobody says how': found(),
  'found anew by nobody': { ...found('notSuitable'), by: { ...actor(PRACTITIONER), person: null } },
  'offered for today': offer(),
  'offered for yesterday': offer({ dueOn: '1969-12-31' }),
  'offered for tomorrow, by a duty person': { ...offer({ dueOn: '1970-01-02' }), by: actor('duty-1') },
  ...Object.fromEntries(AlternativeKind.options.map((kind) => [`offered: ${kind}`, offer({ kind })])),
  ...Object.fromEntries(AlternativeRoute.options.map((route) => [`offered: ${route}`, offer({ route })])),
};

test('[I11] what each state does with each finding and each offer', () => {
  expect(decisionTable(alternativeConcept, states, cells)).toMatchSnapshot();
});

test('[I11] an offer that arrives late is of the day on which it was made', () => {
  const saidAtMs = Date.UTC(2026, 2, 1, 23, 59);
  const walk = aWaitingSession({ atMs: Date.UTC(2026, 2, 2) });
  const of = (dueOn: string) => offer({ dueOn }).message as Command;
  expect(walk.say(PRACTITIONER, of('2026-03-01'), saidAtMs).lastRefusal).toBeNull();
  expect(walk.say(PRACTITIONER, of('2026-02-28'), saidAtMs).lastRefusal?.code).toBe('bad-time');
  expect(walk.say(PRACTITIONER, of('2026-03-01')).lastRefusal?.code).toBe('bad-time');
});
