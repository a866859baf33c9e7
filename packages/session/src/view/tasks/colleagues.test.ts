import { referencePolicy, type Command, type Policy } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { screenOf } from '../../testing/a-screen.js';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { say } from '../say.js';

const client = CLIENT;
const [FIRST] = DUTY;
const open: Command = { type: 'crisis.open', client };
const ask: Command = { type: 'consult.ask', client, person: 'supervisor-1' };
const taskOf = (walk: Walk, person: string, id: string) =>
  screenOf(walk, person).tasks.find((task) => task.id === id);

test('[M1][H31] a question that another than the one who was asked has taken: whoever took it is named, on each screen', () => {
  const walk = aLiveSession().say(PRACTITIONER, open).say(PRACTITIONER, ask);
  expect(taskOf(walk, PRACTITIONER, 'consult')?.title).toEqual(
    say('consult.asked.title', { name: 'supervisor-1' }),
  );
  walk.by(120_000).say(FIRST, { type: 'alert.accept', alert: 'c1.consult1.consult.duty-1' });
  expect(walk.lastRefusal).toBeNull();
  expect(taskOf(walk, PRACTITIONER, 'consult')).toMatchObject({
    title: say('consult.taken.title', { name: FIRST }),
    why: say('consult.taken.why'),
  });
  expect(taskOf(walk, FIRST, 'consult')?.title).toEqual(say('consult.taken.you', { name: FIRST }));
});

test('[M1] in a service of one duty person that person is asked by the practitioner, and asks nobody', () => {
  const one = [{ person: FIRST }];
  const policy: Policy = {
    ...referencePolicy,
    staff: { duty: one, safeguardingLead: one, supervisor: one, management: one },
  };
  const walk = aLiveSession({ policy })
    .say(PRACTITIONER, open)
    .say(PRACTITIONER, { type: 'crisis.offerEscalation', client });
  const commands = (person: string) => taskOf(walk, person, 'consult')?.choices.map(({ command }) => command);
  expect(commands(PRACTITIONER)).toEqual([{ ...ask, person: FIRST }]);
  // The rest of a crisis is on their page: it is the question alone that is not.
  const ofACrisis = screenOf(walk, FIRST).tasks.map(({ id }) => id);
  expect([ofACrisis.includes('staffNote.1'), ofACrisis.includes('consult')]).toEqual([true, false]);
});

test('[M1][A31] a question outlives the crisis that it was asked in: so does the note to whoever is asked', () => {
  const walk = aLiveSession()
    .say(PRACTITIONER, open)
    .say(PRACTITIONER, ask)
    .say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' });
  const beside = () =>
    screenOf(walk, PRACTITIONER)
      .tasks.map(({ id }) => id)
      .filter((id) => ['consult', 'staffNote.1', 'tell', 'disclosure.1'].includes(id));
  expect(beside()).toEqual(['consult', 'staffNote.1']);
  walk.say(PRACTITIONER, { type: 'consult.end', client, outcome: 'talkedItOver' });
  expect(beside()).toEqual([]);
});
