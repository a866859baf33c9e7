import { Command, DISCLOSURE_CATEGORIES, DisclosureRecipient, ProtocolEvent } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { aLiveSession, CLIENT, PRACTITIONER } from '../../testing/a-session.js';

const client = CLIENT;
const told = {
  type: 'disclosure.record',
  client,
  to: 'emergencyServices',
  categories: ['identity', 'place', 'risk'],
  rationaleRef: 'note-1',
} as const satisfies Command;

test('[M2][A33] recipient, kinds and the reference to the reasons stand in the record, as codes', () => {
  const walk = aLiveSession().say(PRACTITIONER, { type: 'crisis.open', client });
  const event = walk.say(PRACTITIONER, { ...told, categories: [...told.categories] }).events.at(-1);
  expect(event).toMatchObject({
    kind: 'disclosure.recorded',
    outcome: 'emergencyServices',
    actor: { person: PRACTITIONER },
    details: { rationaleRef: 'note-1', identity: true, place: true, risk: true },
  });
  expect(ProtocolEvent.safeParse(event).success).toBe(true);
  expect(Object.keys(event?.details ?? {})).not.toContain('care');
});

test('[M2][A33] in an open run as well, with the run; with nothing open there is nothing to tell', () => {
  const walk = aLiveSession();
  const say = () => walk.say('duty-1', { ...told, categories: [...told.categories] });
  expect(say().lastRefusal?.code).toBe('not-now');
  walk.cut().by(3000);
  expect(say().events.at(-1)).toMatchObject({ kind: 'disclosure.recorded', details: { run: 'c1.r1' } });
});

test('[M2][A33][H28] without a reference, without a kind, with one twice or to nobody it is no record', () => {
  const bad = [
    { rationaleRef: undefined },
    { categories: [] },
    { categories: ['place', 'place'] },
    { categories: ['everything'] },
    { to: 'mother' },
    { words: 'free text' },
  ];
  for (const change of bad) expect(Command.safeParse({ ...told, ...change }).success).toBe(false);
  for (const to of DisclosureRecipient.options)
    expect(Command.safeParse({ ...told, to, categories: [...DISCLOSURE_CATEGORIES] }).success).toBe(true);
});
