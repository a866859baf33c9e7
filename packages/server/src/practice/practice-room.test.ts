import { drillPolicy, referencePolicy, type EventKind, type Policy } from '@holdfast/protocol';
import { FakeClock } from '@holdfast/session/testing';
import { describe, expect, test } from 'vitest';
import { aSessionServer } from '../testing/a-session-server.js';
import { practiceWorld, type Conduct } from '../testing/practice-world.js';
import { memoryStore } from '../store/memory-store.js';
import { passTime, turn } from '../testing/pass-time.js';
import type { PracticeRoomOptions } from './practice-options.js';
import { PRACTICE_SCRIPTS, type PracticeScriptName } from './scripts.js';

async function world(options: PracticeRoomOptions, conduct: Conduct, forMs: number) {
  const clock = new FakeClock();
  const made = await practiceWorld(clock, { seed: 3, ...options }, conduct);
  await clock.advance(forMs);
  return { ...made, clock, kinds: () => made.events.map(({ kind }) => kind) };
}

/** What each script brings about, and within which time, where the one who practises does what is asked. */
const BRINGS: Readonly<Record<PracticeScriptName, readonly [forMs: number, kinds: readonly EventKind[]]>> = {
  smooth: [160_000, ['person.admitted', 'session.wentLive', 'session.ending', 'session.closed']],
  oneDrop: [70_000, ['session.wentLive', 'contact.lost', 'run.opened', 'contact.recovered', 'run.ended']],
  longDrop: [
    135_000,
    ['phoning.recorded', 'deciding.opened', 'deciding.unanswered', 'alert.sent', 'contact.together'],
  ],
  flapping: [130_000, ['contact.lost', 'contact.recovered', 'contact.budgetSpent', 'phoning.opened']],
  discreetSignal: [60_000, ['privacy.signalled', 'privacy.acknowledged']],
  crisis: [90_000, ['help.asked', 'help.answered', 'run.opened']],
  quickExit: [60_000, ['person.exited', 'deciding.opened']],
  noShow: [20_000, ['attendance.late']],
  firstTime: [
    220_000,
    ['person.admitted', 'session.wentLive', 'contact.lost', 'contact.recovered', 'session.closed'],
  ],
};

describe('the scripts', () => {
  for (const { name, practises } of PRACTICE_SCRIPTS)
    test(`[B03][A27] ${name} brings what it is for, in the real session, marked as a drill`, async () => {
      const [forMs, wanted] = BRINGS[name];
      const { kinds, events, outside, close } = await world({ practises, script: name }, 'wellMeant', forMs);
      expect(kinds()).toEqual(expect.arrayContaining([...wanted]));
      expect(events.every(({ drill }) => drill)).toBe(true);
      expect(outside()).toEqual([]);
      await close();
    });

  test('[K24] without a drop in the script nothing is lost', async () => {
    const { kinds, close } = await world({ script: 'smooth' }, 'wellMeant', 60_000);
    expect(kinds()).not.toContain('contact.lost');
    expect(kinds()).not.toContain('alert.sent');
    await close();
  });
});

describe('nobody outside is told', () => {
  test('[K22][A27][H03] a long drop and nobody acts: alerts go their whole way, to staff who are played, and nowhere else', async () => {
    const { events, outside, effects, close } = await world({ script: 'longDrop' }, 'wellMeant', 40_000);
    const idle = await world({ script: 'oneDrop' }, 'absent', 60_000);
    expect(outside()).toEqual([]);
    expect(idle.outside()).toEqual([]);
    for (const effect of effects) if ('person' in effect) expect(effect.person).toMatch(/^practice-/);
    for (const { details } of events.filter(({ kind }) => kind === 'alert.delivered'))
      expect(details['channel']).toBe('practice');
    await close();
    await idle.close();
  });

  test('[K22] who practises may play the person on duty: a link of its own, and nobody answers in their place', async () => {
    const options = { script: 'longDrop', duty: 'self' } as const;
    const { kinds, room, close, session } = await world(options, 'idle', 1000);
    expect(room.dutyLink).toMatch(/^https:\/\/app\.example\/session#/);
    expect(Object.keys(session().charts)).toContain('presence:practice-duty');
    expect(kinds()).not.toContain('alert.acknowledged');
    await close();
    const played = await world({ script: 'longDrop' }, 'idle', 1000);
    expect(played.room.dutyLink).toBeNull();
    await played.close();
  });

  test('[K22] an alert of a practice room is acknowledged and taken by the person on duty who is played', async () => {
    const clock = new FakeClock();
    const { me, events, close } = await practiceWorld(clock, { script: 'crisis', seed: 3 }, 'wellMeant');
    await clock.advance(60_000);
    const device = me();
    const client = device?.session.view.client ?? '';
    await Promise.all([device?.session.send({ type: 'crisis.open', client }), clock.advance(500)]);
    await Promise.all([
      device?.session.send({ type: 'crisis.offerEscalation', client }),
      clock.advance(20_000),
    ]);
    const kinds = events.map(({ kind }) => kind);
    for (const kind of ['alert.sent', 'alert.delivered', 'alert.acknowledged', 'alert.accepted'])
      expect(kinds).toContain(kind);
    await close();
  });
});

describe('how a room is made', () => {
  const made = async (options: object) => {
    const running = await aSessionServer(new FakeClock(), {}, false);
    try {
      return await running.server.createPracticeRoom(options);
    } finally {
      await running.server.close();
    }
  };

  test('[K21][B03] a policy that is not a drill is refused; the policy of the host gives times and items, and nobody of its staff', async () => {
    await expect(made({ policy: referencePolicy })).rejects.toThrow(/needs a drill policy/);
    const policy: Policy = {
      ...drillPolicy,
      durations: { ...drillPolicy.durations, decideMs: 20_000 },
      recording: { mode: 'twoGrants', policy: 'recording-v1' },
    };
    const { session, close } = await world({ policy }, 'absent', 0);
    const used = session().policy;
    expect([used.durations.decideMs, used.recording.mode, used.transports]).toEqual([
      20_000,
      'prohibited',
      ['practice'],
    ]);
    expect(
      Object.values(used.staff)
        .flat()
        .map(({ person }) => person),
    ).toEqual(['practice-duty', 'practice-lead', 'practice-supervisor', 'practice-management']);
    await close();
  });

  test('[K20] a session of this kind is made in no other way: no real client is in a room that alerts nobody', async () => {
    const running = await aSessionServer(new FakeClock(), {}, false);
    const people = [
      { id: 'p1', role: 'practitioner' },
      { id: 'c1', role: 'client' },
    ] as const;
    const appointment = { type: 'practiceRoom' } as const;
    await expect(running.server.createSession({ drill: true, people, appointment })).rejects.toThrow(
      /createPracticeRoom/,
    );
    await running.server.close();
  });

  test.each([
    [{ script: 'nothing' }, /script, for practitioners, must be one of smooth, oneDrop/],
    [{ practises: 'client', script: 'oneDrop' }, /script, for clients, must be one of firstTime$/],
    [{ practises: 'duty' }, /practises must be one of practitioner, client/],
    [{ seed: 1.5 }, /seed must be a whole number/],
    [{ longestMs: 10 }, /longestMs must be a whole number from 60000/],
    [{ duty: 'nobody' }, /duty must be one of script, self/],
    [{ person: 'practice-client' }, /people holds an id twice/],
    [{ drill: false }, /has no option drill/],
  ])('[K20] %j is refused with a sentence', async (options, sentence) => {
    await expect(made(options)).rejects.toThrow(sentence);
  });

  test('[K22] a channel of a host cannot have the name of the one that leads nowhere', async () => {
    const alert = { name: 'practice', send: async () => {}, close: async () => {} };
    await expect(aSessionServer(new FakeClock(), { alerts: [alert] }, false)).rejects.toThrow(/"practice"/);
  });

  test('[K20] of each room the seed is told, to have the same again', async () => {
    const { seed, script } = await made({});
    expect([Number.isInteger(seed), script]).toEqual([true, 'oneDrop']);
    expect((await made({ practises: 'client', seed: 9 })).seed).toBe(9);
  });
});

describe('a client before the first session', () => {
  test('[K26][C14] is let in, asks for someone and is answered, gives the signal and it is seen, loses the other side and has it back, goes by quick exit', async () => {
    const { me, kinds, clock, close } = await world({ practises: 'client' }, 'wellMeant', 32_000);
    const session = me()?.session;
    const told: string[] = [];
    session?.on('view', ({ stage }) => void told.push(stage));
    const client = session?.view.client ?? '';
    await Promise.all([session?.send({ type: 'help.ask', client }), clock.advance(8000)]);
    expect(kinds()).toContain('help.answered');
    session?.signalDiscreetly();
    await clock.advance(8000);
    expect(kinds()).toContain('privacy.acknowledged');
    await clock.advance(60_000);
    expect(told).toContain('reconnecting');
    expect(session?.view.stage).toBe('live');
    session?.exit();
    await clock.advance(1000);
    expect(kinds()).toContain('person.exited');
    await clock.advance(240_000);
    expect(kinds()).toContain('session.closed');
    await close();
  });
});

describe('the end', () => {
  test('[K26][C14] what a client typed while practising is gone with the close of the room', async () => {
    const room = { practises: 'client', script: 'firstTime' } as const;
    const { server, kinds, clock, close } = await world(room, 'wellMeant', 30_000);
    const before = await server.takeVault({ session: 'room' });
    expect(Object.values(before['me'] ?? {})).toContain('1 Practice Street, Exampletown');
    await clock.advance(190_000);
    expect(kinds()).toContain('session.closed');
    expect(await server.takeVault({ session: 'room' })).toEqual({});
    await close();
  });

  test('[K25] once its time is over what is open is ended by whoever is played, and they go', async () => {
    const options = { practises: 'client', longestMs: 60_000 } as const;
    const { kinds, clock, close } = await world(options, 'idle', 59_000);
    expect(kinds()).not.toContain('session.ending');
    await clock.advance(60_000);
    expect(kinds()).toContain('session.closed');
    const count = kinds().length;
    await clock.advance(60_000);
    expect(kinds()).toHaveLength(count);
    await close();
  });

  test('[K25] a practitioner who never comes: the client leaves, and nothing goes on', async () => {
    const { kinds, clock, close } = await world({ longestMs: 60_000 }, 'absent', 100_000);
    expect(kinds()).toContain('person.left');
    const count = kinds().length;
    await clock.advance(60_000);
    expect(kinds()).toHaveLength(count);
    await close();
  });

  test('[K25][H24] after a start of the session server whoever is played ends a room that is still open', async () => {
    const clock = new FakeClock();
    const store = memoryStore();
    const first = await aSessionServer(clock, { store }, false);
    const { session } = await first.server.createPracticeRoom({ practises: 'client', seed: 3 });
    await clock.advance(5000);
    await first.server.close();
    const second = await aSessionServer(clock, { store }, false);
    expect(second.server.health().openSessions).toBe(1);
    for (let turns = 0; turns < 40; turns += 1) {
      await clock.advance(1000);
      await turn();
    }
    expect((await second.server.summary({ session })).stage).toBe('closed');
    expect(second.alert.notices).toEqual([]);
    await second.server.close();
  });

  test('[K25] a session server that is closed ends the play at once', async () => {
    const running = await aSessionServer(new FakeClock(), {}, false);
    const clock = new FakeClock();
    await running.server.createPracticeRoom({});
    await passTime(clock, 2000);
    await expect(running.server.close()).resolves.toBeUndefined();
  });
});
