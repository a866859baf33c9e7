import { referencePolicy, type Command } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  PRACTITIONER,
  type Walk,
} from '../../testing/a-session.js';

const client = CLIENT;
const { signalAcknowledgeMs } = referencePolicy.durations;
const SIGNAL: Command = { type: 'privacy.signal', client };
const SEEN: Command = { type: 'privacy.acknowledge', client, outcome: 'seen' };
const signal = (walk: Walk) => walk.say(CLIENT, SIGNAL);
const value = (walk: Walk) => walk.value('signal:c1');
const unseenMs = (walk: Walk) => walk.to(60_000 + signalAcknowledgeMs - 1);

describe('the signal', () => {
  test('[Q1][H15] can be given at every stage until the session is closed, and changes nothing but itself', () => {
    const closing = aLiveSession().say(PRACTITIONER, { type: 'session.end' });
    for (const walk of [aWalk().join(CLIENT), aWaitingSession(), aLiveSession(), closing]) {
      const { signal: _, ...before } = Object.fromEntries(
        Object.entries(walk.session.charts).map(([key, chart]) => [key.split(':')[0] ?? '', chart]),
      );
      expect([signal(walk).lastRefusal, value(walk)]).toEqual([null, 'signalled']);
      const {
        signal: __,
        alert: ___,
        ...after
      } = Object.fromEntries(
        Object.entries(walk.session.charts).map(([key, chart]) => [key.split(':')[0] ?? '', chart]),
      );
      expect({ ...after, run: before['run'] }).toEqual(before);
    }
  });

  test('[Q1] is the client’s alone, and does nothing in a closed session', () => {
    expect(aLiveSession().say(PRACTITIONER, SIGNAL).lastRefusal?.code).toBe('not-allowed');
    const closed = aLiveSession()
      .say(PRACTITIONER, { type: 'session.end' })
      .say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' })
      .say(PRACTITIONER, { type: 'session.close' });
    expect(signal(closed).lastRefusal?.code).toBe('not-now');
  });

  test('[Q1][H09] given again it is the same signal, and its clock does not start anew', () => {
    const walk = signal(signal(aLiveSession()).by(20_000));
    expect(unseenMs(walk).alerted).toEqual([]);
    expect(walk.by(1).alerted).toEqual(['discreetSignal.duty-1']);
  });
});

describe('unseen', () => {
  test('[Q2][H16] goes to the duty role after its time, and on until somebody takes it', () => {
    const walk = signal(aLiveSession());
    expect(unseenMs(walk).alerted).toEqual([]);
    expect(walk.by(1).alerted).toEqual(['discreetSignal.duty-1']);
    expect(walk.by(10 * 60_000).alerted).toEqual(['discreetSignal.duty-1', 'discreetSignal.duty-2']);
    expect(walk.effects.filter((effect) => effect.kind === 'alert' && effect.attempt > 1)).not.toEqual([]);
    walk.say('duty-2', { type: 'alert.accept', alert: 'c1.signal1.discreetSignal.duty-2' });
    expect(value(walk)).toBe('acknowledged');
    expect(walk.value('alert:c1.signal1.discreetSignal.duty-1')).toBe('stoodDown');
  });

  test('[Q2][H16] goes there at once when the practitioner is away, or goes, or risk is active', () => {
    expect(signal(aWalk().join(CLIENT)).alerted).toEqual(['discreetSignal.duty-1']);
    const left = signal(aLiveSession()).leave(PRACTITIONER);
    expect(left.alerted).toContain('discreetSignal.duty-1');
    const gone = signal(aWaitingSession()).silent(PRACTITIONER).by(3000);
    expect(gone.alerted).toEqual(['discreetSignal.duty-1']);
    const raised = signal(aLiveSession()).say(PRACTITIONER, { type: 'risk.raise', client });
    expect(raised.alerted).toEqual(['discreetSignal.duty-1']);
    expect(raised.by(signalAcknowledgeMs).alerted).toEqual(['discreetSignal.duty-1']);
  });

  test('[Q2] the client’s own going asks for nobody', () => {
    expect(signal(aWaitingSession()).leave(CLIENT).alerted).not.toContain('discreetSignal.duty-1');
  });
});

describe('seen', () => {
  test('[Q4][H16] said by a person it alerts nobody, or stands the late alert down; a false alarm asks for no reason', () => {
    for (const outcome of ['seen', 'falseAlarm'] as const) {
      const said: Command = { type: 'privacy.acknowledge', client, outcome };
      expect(signal(aLiveSession()).say(PRACTITIONER, said).by(600_000).alerted).toEqual([]);
      const late = signal(aLiveSession()).by(signalAcknowledgeMs).say(PRACTITIONER, said);
      expect(late.value('alert:c1.signal1.discreetSignal.duty-1')).toBe('stoodDown');
      expect(late.events.find(({ kind }) => kind === 'privacy.acknowledged')?.outcome).toBe(outcome);
    }
  });

  test('[Q4] opening the pathway says it as well; the next signal is a new one', () => {
    const walk = signal(aLiveSession()).say(PRACTITIONER, { type: 'privacy.open', client });
    expect(value(walk)).toBe('acknowledged');
    expect(value(signal(walk))).toBe('signalled');
    expect(walk.by(signalAcknowledgeMs).alerted).toEqual(['discreetSignal.duty-1']);
    expect(walk.value('alert:c1.signal2.discreetSignal.duty-1')).toBe('sent');
  });

  test('[Q4][R6] nobody can say that they saw what was not given; a client never', () => {
    expect(aLiveSession().say(PRACTITIONER, SEEN).lastRefusal?.code).toBe('not-now');
    expect(signal(aLiveSession()).say(CLIENT, SEEN).lastRefusal?.code).toBe('not-allowed');
  });

  test('[Q4][G8] the session is not closed over a signal that nobody saw', () => {
    const walk = signal(aLiveSession()).say(PRACTITIONER, { type: 'session.end' });
    walk.say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
    expect(walk.say(PRACTITIONER, { type: 'session.close' }).lastRefusal).toMatchObject({
      code: 'pathway-open',
      missing: ['signal'],
    });
    expect(walk.say(PRACTITIONER, SEEN).say(PRACTITIONER, { type: 'session.close' }).lastRefusal).toBeNull();
  });
});
