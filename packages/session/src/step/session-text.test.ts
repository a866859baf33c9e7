import { describe, expect, test } from 'vitest';
import { aLiveSession, aSession, aWalk, CLIENT, PRACTITIONER } from '../testing/a-session.js';
import { packSession, unpackSession } from './pack-session.js';
import type { Session } from './session.js';
import { parseSession, writeSession } from './session-text.js';

const { policy } = aSession();
const risky = () => aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client: CLIENT });

describe('a session as text', () => {
  test('is what is stored of it, in JSON', () => {
    const { session } = risky();
    expect(JSON.stringify(JSON.parse(writeSession(session)))).toBe(JSON.stringify(packSession(session)));
  });

  test('[R5] [H24] is the same session again, also where no chart has moved', () => {
    for (const session of [aSession(), aWalk().join(PRACTITIONER).session, risky().session])
      expect(JSON.stringify(parseSession(writeSession(session), policy))).toBe(JSON.stringify(session));
  });

  test('has one line for each chart that is not as it was at the beginning', () => {
    const { session } = risky();
    const lines = writeSession(session).split('\n');
    expect(lines).toHaveLength(Object.keys(packSession(session).charts).length + 3);
    expect(lines.find((line) => line.startsWith(`"risk:${CLIENT}"`))).toContain('"value":"active"');
  });

  test('[R1] [H24] holds until when nothing fires after a start of the session server', () => {
    const { session } = aLiveSession().cut().state({ type: 'server.started', unwatchedMs: 1000 });
    expect(session.heldUntilMs).not.toBeNull();
    expect(parseSession(writeSession(session), policy).heldUntilMs).toBe(session.heldUntilMs);
  });

  test('[H24] in one line, as an older version wrote it, is read too', () => {
    const { session } = risky();
    expect(JSON.stringify(parseSession(JSON.stringify(packSession(session)), policy))).toBe(
      JSON.stringify(session),
    );
  });

  test('what somebody else wrote in between is not mixed up with what was read last', () => {
    const walk = risky();
    const before = parseSession(writeSession(walk.session), policy);
    const after = parseSession(writeSession(walk.by(1000).leave(PRACTITIONER).session), policy);
    expect(JSON.stringify(parseSession(writeSession(before), policy))).toBe(JSON.stringify(before));
    expect(JSON.stringify(parseSession(writeSession(after), policy))).toBe(JSON.stringify(after));
    expect(JSON.stringify(before)).not.toBe(JSON.stringify(after));
  });

  test('[R5] read after another of the same session, each chart is the one of its own line', () => {
    const walk = risky();
    const texts = [
      walk.session,
      walk.say(PRACTITIONER, { type: 'crisis.open', client: CLIENT }).session,
      walk.cut().by(900_000).session,
      aWalk().join(PRACTITIONER).session,
      aSession(),
    ].map((session) => writeSession(session));
    const told = (text: string): string => JSON.stringify(unpackSession(JSON.parse(text), policy));
    for (const before of texts)
      for (const text of texts) {
        parseSession(before, policy);
        expect(JSON.stringify(parseSession(text, policy))).toBe(told(text));
      }
  });

  test('an older one of the same session is written whole, although others of its charts were written last', () => {
    const walk = risky();
    const older = walk.session;
    const text = writeSession(older);
    writeSession(walk.say(PRACTITIONER, { type: 'crisis.open', client: CLIENT }).cut().by(900_000).session);
    expect(writeSession(older)).toBe(text);
    // And where a chart is missing among those that were written last.
    const { [`risk:${CLIENT}`]: _, ...charts } = walk.session.charts;
    const without: Session = { ...walk.session, charts };
    writeSession(walk.session);
    expect(JSON.parse(writeSession(without))).toEqual(JSON.parse(JSON.stringify(packSession(without))));
  });

  test('[H24] more sessions than are remembered are each read right', () => {
    const sessions = Array.from({ length: 230 }, (_, index): Session => ({ ...aSession(), id: `s${index}` }));
    const texts = sessions.map((session) => writeSession(session));
    expect(texts.map((text) => parseSession(text, policy).id)).toEqual(sessions.map(({ id }) => id));
  });

  test('[H24] of a version that is not known is refused, never guessed', () => {
    const newer = writeSession(aSession()).replace('"version":2', '"version":9');
    expect(() => parseSession(newer, policy)).toThrow(/version 9/);
  });
});
