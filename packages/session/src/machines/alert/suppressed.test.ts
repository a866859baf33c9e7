import { referencePolicy, type AlertCause } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER, type Walk } from '../../testing/a-session.js';

const client = CLIENT;
const { durations } = referencePolicy;
const first = DUTY[0];

/** What waits for a practitioner whose device says nothing to them, from the instant at which it waits. */
const WAITING: Readonly<Record<string, { opens: () => Walk; withinMs: number; cause: AlertCause }>> = {
  'a client who asks for someone': {
    opens: () => aLiveSession().say(CLIENT, { type: 'help.ask', client }),
    withinMs: durations.helpAnswerMs,
    cause: 'helpSilent',
  },
  'the discreet signal': {
    opens: () => aLiveSession().say(CLIENT, { type: 'privacy.signal', client }),
    withinMs: durations.signalAcknowledgeMs,
    cause: 'discreetSignal',
  },
  'broken privacy': {
    opens: () => aLiveSession().say(PRACTITIONER, { type: 'privacy.open', client }),
    withinMs: durations.privacyActMs,
    cause: 'privacySilent',
  },
  'a decision': {
    opens: () => aLiveSession().cut().by(480_000),
    withinMs: durations.decideMs,
    cause: 'decidingSilent',
  },
};

for (const [name, { opens, withinMs, cause }] of Object.entries(WAITING)) {
  test(`[A8][H33] ${name}: nothing is heard of the practitioner, and the duty role has it within its time`, () => {
    const walk = opens();
    walk.by(withinMs + 1);
    expect(walk.alerted).toContain(`${cause}.${first}`);
    // Their device may be silent as well: the next in line, and then everybody, again and again.
    walk.by(durations.acknowledgeMs + 1);
    expect(walk.alerted).toContain(`${cause}.${DUTY[1]}`);
    walk.by(durations.acknowledgeMs + 1);
    expect(walk.kinds).toContain('alert.listExhausted');
    const told = walk.alerted.length + walk.effects.length;
    walk.by(2 * durations.exhaustedRepeatMs);
    expect(walk.alerted.length + walk.effects.length).toBeGreaterThan(told);
  });
}

test('[A8][H33] only a word of a person counts as heard: that a notice was delivered does not', () => {
  const walk = aLiveSession()
    .say(CLIENT, { type: 'help.ask', client })
    .by(durations.helpAnswerMs + 1);
  const alert = walk.events.find(({ kind }) => kind === 'alert.sent')?.subject?.id ?? '';
  walk.take(
    { type: 'alert.delivered', alert, channel: 'push' },
    { person: null, role: null, source: 'worker', device: null },
  );
  walk.by(durations.acknowledgeMs + 1);
  expect(walk.alerted).toContain(`helpSilent.${DUTY[1]}`);
});
