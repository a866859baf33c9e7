import { describe, expect, test } from 'vitest';
import { aLiveSession, aSession, aWalk, CLIENT, PRACTITIONER, type Walk } from '../testing/a-session.js';
import { packSession, unpackSession, type PackedSession } from './pack-session.js';
import type { Session } from './session.js';

/** Over a store: text, without the objects of this process. */
const stored = (session: Session): Session => {
  const policy = JSON.parse(JSON.stringify(session.policy)) as Session['policy'];
  return unpackSession(JSON.parse(JSON.stringify(packSession(session))) as PackedSession, policy);
};

const walks: readonly (readonly [string, () => Walk])[] = [
  ['new', () => aWalk()],
  ['live', () => aLiveSession()],
  [
    'in a run with risk active',
    () => aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client: CLIENT }).cut().by(200_000),
  ],
  ['exhausted', () => aLiveSession().cut().by(2_000_000)],
  ['closing', () => aLiveSession().say(PRACTITIONER, { type: 'session.end' })],
];

describe('a session that was stored', () => {
  test.each(walks)('[R5] [H24] is the same, byte for byte: %s', (_, walk) => {
    const { session } = walk();
    expect(JSON.stringify(stored(session)) === JSON.stringify(session)).toBe(true);
  });

  test.each(walks)('[R5] goes on as if it had not been stored: %s', (_, walk) => {
    const before = walk();
    const after = before.fork();
    after.session = stored(before.session);
    for (const each of [before, after]) each.by(10_000).heal().by(400_000);
    expect(JSON.stringify(after.session) === JSON.stringify(before.session)).toBe(true);
    expect(after.events).toEqual(before.events);
  });

  test('holds what has happened and nothing else: a new one holds no chart', () => {
    expect(packSession(aSession()).charts).toEqual({});
    expect(Object.keys(packSession(aWalk().join(PRACTITIONER).session).charts)).toEqual([
      `presence:${PRACTITIONER}`,
    ]);
  });

  test('[H24] a chart that a newer version added is in its first state', () => {
    const packed = packSession(aLiveSession().session);
    const { [`risk:${CLIENT}`]: _, ...charts } = { ...packed.charts, [`risk:${CLIENT}`]: {} };
    expect(unpackSession({ ...packed, charts }, aSession().policy).charts[`risk:${CLIENT}`]).toEqual(
      aSession().charts[`risk:${CLIENT}`],
    );
  });

  test('[H24] of a version that is not known is refused, never guessed', () => {
    const newer = { ...packSession(aSession()), version: 9 } as unknown as PackedSession;
    expect(() => unpackSession(newer, aSession().policy)).toThrow(/version 9/);
  });
});
