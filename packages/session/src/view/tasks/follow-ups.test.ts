import { referencePolicy, type Command, type Policy } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { screenOf } from '../../testing/a-screen.js';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { say } from '../say.js';

const client = CLIENT;
const [FIRST] = DUTY;
const end: Command = { type: 'session.end' };
const taskOf = (walk: Walk, id: string) => screenOf(walk, PRACTITIONER).tasks.find((task) => task.id === id);
const commandsOf = (walk: Walk, id: string) => taskOf(walk, id)?.choices.map(({ command }) => command);
const aCrisis = (walk: Walk): Walk =>
  walk
    .say(PRACTITIONER, { type: 'crisis.open', client })
    .say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' });
const handOver = (followUp: string): Command => ({ type: 'closing.handOverFollowUp', followUp, to: FIRST });

test('[X8][F9] where nobody else is on the list nothing is offered to be handed over to nobody', () => {
  const one = [{ person: PRACTITIONER }];
  const policy: Policy = {
    ...referencePolicy,
    staff: { duty: one, safeguardingLead: one, supervisor: one, management: one },
  };
  const choices = (walk: Walk) =>
    ['followUp.after.crisis1', 'rationale.crisis1'].map((id) =>
      taskOf(walk, id)?.choices.map((one) => one.id),
    );
  expect(choices(aCrisis(aLiveSession({ policy })).say(PRACTITIONER, end))).toEqual([['settle'], ['give']]);
  expect(choices(aCrisis(aLiveSession()).say(PRACTITIONER, end))).toEqual([
    ['settle', 'handOver'],
    ['give', 'handOver'],
  ]);
});

test('[X7][X8] what was handed over is pressing no more, while another of its kind is', () => {
  const walk = aLiveSession({ policy: { ...referencePolicy, settleBeforeClose: ['callClient'] } });
  for (const followUp of ['f1', 'f2'])
    walk.say(PRACTITIONER, {
      type: 'closing.addFollowUp',
      followUp,
      kind: 'callClient',
      owner: PRACTITIONER,
      dueOn: '2026-06-01',
    });
  walk.say(PRACTITIONER, end);
  const urgencies = () => ['followUp.f1', 'followUp.f2'].map((id) => taskOf(walk, id)?.urgency);
  expect(urgencies()).toEqual(['now', 'now']);
  walk.say(PRACTITIONER, handOver('f1'));
  expect(urgencies()).toEqual(['normal', 'now']);
});

test('[F9][A20] of two pathways whose reasons are owed, each hands over its own', () => {
  const walk = aCrisis(aCrisis(aLiveSession())).say(PRACTITIONER, end);
  expect(commandsOf(walk, 'rationale.crisis1')).toContainEqual(handOver('why.crisis1'));
  expect(commandsOf(walk, 'rationale.crisis2')).toContainEqual(handOver('why.crisis2'));
  walk.say(PRACTITIONER, handOver('why.crisis2'));
  const urgencies = ['rationale.crisis1', 'rationale.crisis2'].map((id) => taskOf(walk, id)?.urgency);
  expect(urgencies).toEqual(['now', 'normal']);
});

test('[F2][F9][H31] reasons name who decided and when, and nobody where contact came back before anybody had to', () => {
  const walk = aCrisis(aLiveSession());
  const atMs = walk.nowMs;
  walk
    .say(PRACTITIONER, { type: 'risk.lower', client, reason: 'clientSafe' })
    .cut()
    .by(310_000)
    .heal()
    .by(5000);
  walk.say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run: 'c1.r1' }).say(PRACTITIONER, end);
  expect(walk.lastRefusal).toBeNull();
  expect(taskOf(walk, 'rationale.crisis1')?.why).toEqual(
    say('rationale.decided', { name: PRACTITIONER, atMs }),
  );
  expect(taskOf(walk, 'rationale.c1.r1')).toMatchObject({
    title: say('pathway.run'),
    why: say('rationale.why'),
  });
});
