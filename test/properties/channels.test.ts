import type { Channel, Command } from '@holdfast/protocol';
import {
  ANSWERS,
  aWaitingSession,
  CLIENT,
  giveReasons,
  PRACTITIONER,
  SETTLED_BY_TALKING,
  type Walk,
} from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { wrong } from './invariants.js';

const client = CLIENT;
const number = ANSWERS.callBackNumber;
/** What the practitioner settles before the session is live: their words, and the number read back (C11). */
const SETTLED_BEFORE_LIVE: readonly Command[] = [
  { ...number, flags: { ...number.flags, wasReadBack: true } },
  ...SETTLED_BY_TALKING.map((item) => ANSWERS[item]),
];

const dispose: Command = { type: 'closing.dispose', disposition: 'endedAsPlanned' };
const by =
  (person: string) =>
  (walk: Walk, ...commands: readonly Command[]) => {
    for (const command of commands) walk.say(person, command);
    return walk;
  };
const staff = by(PRACTITIONER);

/** From waiting to closed on one channel: set-up, risk, a loss of contact with everything that follows, closing. */
function walkOn(channel: Channel): Walk {
  const walk = aWaitingSession();
  if (channel !== 'video') walk.say(CLIENT, { type: 'channel.choose', client, to: channel });
  staff(walk, { type: 'person.admit', person: client });
  if (channel === 'phone') staff(walk, { type: 'channel.recordCall', client, outcome: 'reachedByName' });
  else walk.heal();
  staff(walk, { type: 'session.goLive' });
  expect(walk.lastRefusal?.code).toBe('gate-open');
  staff(walk, ...SETTLED_BEFORE_LIVE);
  staff(walk, { type: 'session.goLive' }).by(60_000);
  staff(walk, { type: 'risk.raise', client });
  if (channel === 'phone') staff(walk, { type: 'call.cut', client });
  else walk.cut().by(2000);
  const run = walk.runId;
  walk.recordCall('noAnswer');
  staff(walk, { type: 'ladder.decide', client, run, decision: 'ringEmergencyContact' });
  staff(walk, { type: 'ladder.recordAct', client, run, outcome: 'reached' });
  walk.recordCall('reachedByName');
  staff(
    walk,
    { type: 'ladder.standDown', client, run },
    { type: 'risk.lower', client, reason: 'planAgreed' },
  );
  staff(walk, { type: 'session.end' }, dispose);
  staff(giveReasons(walk), { type: 'session.close' });
  expect([channel, walk.value('lifecycle:session')]).toEqual([channel, 'closed']);
  expect(wrong(walk)).toBeNull();
  return walk;
}

/** What belongs to the carrier itself: which channel, and how it is known that somebody is there. */
const OF_THE_CARRIER = /^(channel|contact|call|reconnecting|observation)\.|^(input\.|item\.expired)/;
const kindsOn = (channel: Channel): readonly string[] =>
  [...new Set(walkOn(channel).kinds)].filter((kind) => !OF_THE_CARRIER.test(kind)).toSorted();

test('[W1][A15] set-up, risk, a run and closing pass the same checks and leave the same record on every channel', () => {
  const onVideo = kindsOn('video');
  expect(onVideo).toEqual(
    expect.arrayContaining([
      'item.answered',
      'gate.mediaOpened',
      'session.wentLive',
      'risk.raised',
      'run.opened',
      'phoning.recorded',
      'deciding.decided',
      'deciding.acted',
      'alert.sent',
      'run.ended',
      'followUp.opened',
      'closing.disposed',
      'session.closed',
    ]),
  );
  expect(kindsOn('audioOnly')).toEqual(onVideo);
  expect(kindsOn('phone')).toEqual(onVideo);
});

test('[W1][A15] on every channel the same items are asked, settled and read back', () => {
  const answered = (channel: Channel) =>
    walkOn(channel)
      .events.filter(({ kind }) => kind === 'item.answered')
      .map(({ subject, outcome }) => `${String(subject?.id)} ${String(outcome)}`);
  expect(answered('phone')).toEqual(answered('video'));
  expect(answered('audioOnly')).toEqual(answered('video'));
});
