import { referencePolicy, type Command } from '@holdfast/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import type { ClosingContext } from './closing.machine.js';

const client = CLIENT;
const DAY_MS = 86_400_000;
const policy = { ...referencePolicy, settleBeforeClose: ['afterIncident'] };
const followUps = (walk: Walk) =>
  (walk.session.charts['closing:session']?.context as ClosingContext | undefined)?.followUps ?? [];
const anIncident = (walk: Walk = aLiveSession()): Walk =>
  walk
    .say(PRACTITIONER, { type: 'crisis.open', client })
    .say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'clientSafe', rationaleRef: 'note-1' });
const id = 'after.crisis1';
const settle: Command = { type: 'closing.settleFollowUp', followUp: id };
const handOver = (to: string): Command => ({ type: 'closing.handOverFollowUp', followUp: id, to });
const closing = (walk: Walk): Walk =>
  walk
    .say(PRACTITIONER, { type: 'session.end' })
    .say(PRACTITIONER, { type: 'closing.dispose', disposition: 'followUpArranged' });

test('[F1][C22] after an incident a follow-up opens by itself, with an owner and a date', () => {
  const walk = anIncident(aLiveSession({ atMs: Date.UTC(2025, 0, 31, 12) }));
  expect(followUps(walk)).toEqual([
    { id, kind: 'afterIncident', owner: PRACTITIONER, dueOn: '2025-02-01', state: 'open' },
  ]);
  expect(walk.events.find(({ kind }) => kind === 'followUp.opened')).toMatchObject({
    rules: ['F1'],
    outcome: 'afterIncident',
    details: { owner: PRACTITIONER, dueOn: 20_250_201 },
  });
});

test('[F1][C22] after a run it is whoever owned the run, and one that is open stands for all', () => {
  const walk = aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client }).cut().by(5000);
  const [alert] = walk.events
    .filter(({ kind }) => kind === 'alert.sent')
    .map(({ subject }) => subject?.id ?? '');
  walk
    .say(DUTY[0], { type: 'alert.acknowledge', alert: alert ?? '' })
    .say(DUTY[0], { type: 'alert.accept', alert: alert ?? '' });
  walk.say(DUTY[0], { type: 'ladder.takeOver', client, run: walk.runId });
  walk.say(DUTY[0], {
    type: 'ladder.dispose',
    client,
    run: walk.runId,
    disposition: 'safeByReport',
    rationaleRef: 'note-1',
  });
  expect(followUps(walk)).toMatchObject([{ id: 'after.c1.r1', owner: DUTY[0] }]);
  expect(followUps(anIncident(walk))).toHaveLength(1);
  walk.say(PRACTITIONER, { type: 'closing.settleFollowUp', followUp: 'after.c1.r1' });
  expect(followUps(anIncident(walk))).toMatchObject([{ state: 'settled' }, { state: 'open' }]);
});

test('[X7][A34] by default a follow-up with owner and date holds no close back: it lives on', () => {
  const walk = closing(anIncident()).say(PRACTITIONER, { type: 'session.close' });
  expect(walk.value('lifecycle:session')).toBe('closed');
  expect(followUps(walk)).toMatchObject([{ state: 'open' }]);
});

test('[X7][A34] what the policy wants settled first is settled or handed over before the close', () => {
  for (const by of [settle, handOver(DUTY[0])]) {
    const walk = closing(anIncident(aLiveSession({ policy }))).say(PRACTITIONER, { type: 'session.close' });
    expect(walk.lastRefusal).toMatchObject({ code: 'follow-up-open', missing: ['afterIncident'] });
    walk.say(PRACTITIONER, by).say(PRACTITIONER, { type: 'session.close' });
    expect(walk.value('lifecycle:session')).toBe('closed');
  }
});

test('[X8] a follow-up is handed over to a named person of the staff, never to a client or a stranger', () => {
  const walk = anIncident();
  for (const to of [CLIENT, 'nobody'])
    expect(walk.fork().say(PRACTITIONER, handOver(to)).lastRefusal?.code).toBe('unknown-person');
  expect(walk.fork().say(PRACTITIONER, handOver(PRACTITIONER)).lastRefusal?.code).toBe('not-now');
  walk.say(PRACTITIONER, handOver(DUTY[0]));
  expect(followUps(walk)).toMatchObject([{ owner: DUTY[0], state: 'handedOver' }]);
  expect(walk.events.at(-1)).toMatchObject({ kind: 'followUp.handedOver', details: { to: DUTY[0] } });
  walk.say(DUTY[0], settle);
  expect(followUps(walk)).toMatchObject([{ owner: DUTY[0], state: 'settled' }]);
  for (const late of [settle, handOver(DUTY[1])])
    expect(walk.say(PRACTITIONER, late).lastRefusal?.code).toBe('not-now');
});

const LIFE = ['session.end', 'session.close'] as const;
const step = fc.oneof(
  fc.integer({ min: 1, max: 600_000 }).map((ms) => (walk: Walk) => void walk.by(ms)),
  fc.constantFrom(...LIFE).map((type) => (walk: Walk) => void walk.say(PRACTITIONER, { type })),
  fc
    .constantFrom(PRACTITIONER, DUTY[0], CLIENT)
    .map(
      (person) => (walk: Walk) =>
        void walk.say(person, { type: 'closing.dispose', disposition: 'endedAsPlanned' }),
    ),
  fc.constant((walk: Walk) => void walk.leave(PRACTITIONER).leave(CLIENT)),
);

test('[X8] a date that has passed ends nothing', () => {
  const walk = closing(anIncident(aLiveSession({ policy }))).by(3 * DAY_MS);
  expect(followUps(walk)).toMatchObject([{ state: 'open' }]);
  expect(walk.say(PRACTITIONER, { type: 'session.close' }).lastRefusal?.code).toBe('follow-up-open');
});

test('[X8][A34] no silence and no other command settles one: the session is closed only after a person did', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const walk = anIncident(aLiveSession({ policy }));
      for (const make of steps) make(walk);
      expect(followUps(walk).find((one) => one.id === id)).toMatchObject({
        state: 'open',
        owner: PRACTITIONER,
      });
      expect(walk.value('lifecycle:session')).not.toBe('closed');
    }),
    { numRuns: 60 },
  );
});
