import {
  AFTER_CLOSE,
  ALERT_CAUSES,
  ALERT_LISTS,
  Code,
  COMMAND_RULES,
  Id,
  isCommandType,
  isParticipant,
  readableKeys,
  RedeemRequest,
  ROLES,
  SERVER_PATHS,
  STAFF_ROLES,
  type Command,
  type Policy,
  VAULT_KEYS,
} from '@holdfast/protocol';
import { hashOf } from '@holdfast/protocol/audit';
import { FakeClock } from '@holdfast/session/testing';
import { describe, expect, test } from 'vitest';
import {
  aDrillPolicy,
  aSessionServer,
  cutClient,
  mustAccept,
  WHY_EARLY,
  PEOPLE,
  together,
} from './testing/a-session-server.js';
import { passTime } from './testing/pass-time.js';

const { durations } = aDrillPolicy;
const client = 'c1';

/** A ladder that nobody answers, to the end of the list: every kind of notice that there is in it. */
async function aLadder(policy: Policy = aDrillPolicy) {
  const clock = new FakeClock();
  const running = await aSessionServer(clock, { policy, dutyLine: '0700 900 123' });
  const { practitioner, client: theirs } = await together(clock, running);
  await mustAccept(practitioner, { type: 'risk.raise', client });
  await cutClient(clock, { practitioner, client: theirs });
  await passTime(clock, 3 * durations.exhaustedRepeatMs + 60_000, practitioner);
  return { clock, running, practitioner, client: theirs };
}

describe('what is stamped on the record', () => {
  test('[Z6] [A51] every event of a session carries id, version and hash of its policy, from the first to the last', async () => {
    const own = { ...aDrillPolicy, id: 'own-policy', version: 'v7' };
    const { running } = await aLadder(own);
    const events = await running.events();
    expect(events.length).toBeGreaterThan(30);
    const stamps = new Set(events.map(({ policy }) => JSON.stringify(policy)));
    expect([...stamps]).toEqual([JSON.stringify({ id: 'own-policy', version: 'v7', hash: hashOf(own) })]);
    // A policy that differs in one number is another one.
    expect(hashOf({ ...own, phoneAttempts: 2 })).not.toBe(hashOf(own));
    await running.server.close();
  });
});

describe('what is allowed at all', () => {
  test('[Z5] [C01] [E01] a session whose policy does not list the video of this session server is refused, by its name', async () => {
    const running = await aSessionServer(new FakeClock(), {}, false);
    const making = { drill: true, people: PEOPLE };
    for (const transports of [['webrtc'], ['livekit'], ['webrtc', 'livekit']] as const)
      await expect(
        running.server.createSession({ ...making, policy: { ...aDrillPolicy, transports: [...transports] } }),
      ).rejects.toThrow(/fake/);
    await expect(
      running.server.createSession({ ...making, policy: { ...aDrillPolicy, transports: ['carrier'] } }),
    ).rejects.toThrow(/transports/);
    await expect(running.server.createSession(making)).resolves.toMatchObject({});
    await running.server.close();
  });

  test('[Z5] [C01] every grant of media is of a transport that the policy lists', async () => {
    const { running, practitioner, client: theirs } = await aLadder();
    const grants = [practitioner, theirs].flatMap(({ received }) =>
      received.flatMap((message) => (message.type === 'grant' ? [message.grant.transport] : [])),
    );
    expect(grants.length).toBeGreaterThan(1);
    for (const transport of grants) expect(aDrillPolicy.transports).toContain(transport);
    await running.server.close();
  });

  test('[Z5] [E01] a role that is not on the list has no place in a session, and none of them may do everything', async () => {
    const running = await aSessionServer(new FakeClock(), {}, false);
    for (const role of ['doctor', 'admin', ''])
      await expect(
        running.server.createSession({
          drill: true,
          people: [...PEOPLE, { id: 'x1', role: role as 'duty' }],
        }),
      ).rejects.toThrow(/role must be one of/);
    for (const role of ROLES)
      expect(
        Object.values(COMMAND_RULES).some((rule) => !(rule.roles as readonly string[]).includes(role)),
      ).toBe(true);
    await running.server.close();
  });
});

describe('who is alerted', () => {
  test('[Z7] [E29] an alert goes to the people whom the policy names for its role, and to nobody else', async () => {
    const staff = {
      duty: [{ person: 'night-1' }, { person: 'night-2' }],
      safeguardingLead: [{ person: 'lead-7' }],
      supervisor: [{ person: 'sup-7' }],
      management: [{ person: 'boss-7' }],
    };
    const { clock, running, practitioner } = await aLadder({ ...aDrillPolicy, staff });
    expect(new Set(running.alert.notices.map(({ person }) => person))).toEqual(
      new Set(['night-1', 'night-2']),
    );
    const before = running.alert.notices.length;
    await mustAccept(practitioner, { type: 'safeguarding.open', client, about: 'adult' });
    await mustAccept(practitioner, { type: 'safeguarding.notifyLead', client, way: 'alert' });
    await passTime(clock, 300, practitioner);
    const [first] = running.alert.notices.slice(before).filter(({ cause }) => cause === 'safeguarding');
    expect(first?.person).toBe('lead-7');
    await running.server.close();
  });

  test('[Z7] [E29] a policy names its owner, and every cause walks one of its lists', async () => {
    const running = await aSessionServer(new FakeClock(), {}, false);
    const { owner: _, ...ownerless } = aDrillPolicy;
    await expect(
      running.server.createSession({ drill: true, people: PEOPLE, policy: ownerless }),
    ).rejects.toThrow(/owner/);
    for (const cause of ALERT_CAUSES) expect(STAFF_ROLES).toContain(ALERT_LISTS[cause] ?? 'duty');
    await running.server.close();
  });
});

/** Words that would tell whoever looks at a phone what this is about. */
const TELLING =
  /therap|counsel|psych|mental|suicid|self.?harm|depress|anxi|patient|clinic|treatment|diagnos|abuse|appointment/i;

describe('what leaves the service', () => {
  test('[Z8] [A39] [H03] a notice holds ids, codes and a link that names nobody: nothing in it says what it is about', async () => {
    const { clock, running, practitioner } = await aLadder();
    await mustAccept(practitioner, { type: 'crisis.open', client });
    await mustAccept(practitioner, { type: 'crisis.offerEscalation', client });
    await passTime(clock, 1000, practitioner);
    expect(new Set(running.alert.notices.map(({ cause }) => cause)).size).toBeGreaterThan(1);
    for (const { joinLink, ...notice } of running.alert.notices) {
      for (const [name, value] of Object.entries(notice)) {
        const isPlain = value === null || typeof value === 'number' || typeof value === 'boolean';
        expect(isPlain || Id.safeParse(value).success || Code.safeParse(value).success, name).toBe(true);
      }
      expect(JSON.stringify(notice)).not.toMatch(TELLING);
      if (joinLink !== null) expect(joinLink).toMatch(/^https:\/\/app\.example\/session#[\w-]{40,}$/);
    }
    await running.server.close();
  });

  test('[Z8] [A39] no cause of an alert, no address and no header of the service tells either', () => {
    for (const code of [...ALERT_CAUSES, ...Object.values(SERVER_PATHS), ...STAFF_ROLES])
      expect(code).not.toMatch(TELLING);
  });

  test('[Z9] [E20] no number of a colleague reaches a client, nor the line of those on duty', async () => {
    for (const owner of ROLES) {
      const readable = readableKeys(
        { id: 'c1', role: 'client', isAlerted: true },
        { id: owner === 'client' ? 'c2' : 'x1', role: owner },
      );
      expect([owner, readable.filter((key) => key !== 'name')]).toEqual([owner, []]);
    }
    // What staff read of each other is no number either: whoever holds none can pass none on.
    for (const reader of ROLES.filter((role) => role !== 'client'))
      for (const owner of ROLES.filter((role) => role !== 'client' && !isParticipant(role)))
        expect(
          readableKeys({ id: 'a', role: reader, isAlerted: true }, { id: 'b', role: owner }).filter((key) =>
            /number/i.test(key),
          ),
        ).toEqual([]);
    expect(VAULT_KEYS.filter((key) => /practitioner|staff/i.test(key))).toEqual(['staffNote']);
    const { running, client: theirs, practitioner } = await aLadder();
    expect(JSON.stringify(practitioner.received)).toContain('0700 900 123');
    expect(JSON.stringify(theirs.received)).not.toContain('0700 900 123');
    await running.server.close();
  });
});

describe('who comes in, and until when', () => {
  test('[Z11] [D17] a link is all that it takes: no account, no name, no password', async () => {
    const running = await aSessionServer(new FakeClock());
    expect(Object.keys(RedeemRequest.def.shape).sort()).toEqual(['device', 'token']);
    for (const person of ['p1', 'c1']) {
      const link = await running.server.joinLink({ session: 's1', person });
      const token = new URL(link).hash.slice(1);
      const response = await fetch(`${running.address}${SERVER_PATHS.base}${SERVER_PATHS.redeem}`, {
        method: 'POST',
        body: JSON.stringify({ token, device: `d-${person}` }),
      });
      const { credential } = (await response.json()) as { credential: string };
      const device = await running.device('', { credential, device: `d-${person}` });
      expect((device.projection as { person: string } | null)?.person).toBe(person);
    }
    await running.server.close();
  });

  test('[Z10] [E21] [G9] after the close nothing is taken from a client but to look back, and no way to talk is left', async () => {
    const clock = new FakeClock();
    const running = await aSessionServer(clock);
    const { practitioner, client: theirs } = await together(clock, running);
    await mustAccept(practitioner, { type: 'session.end' });
    await mustAccept(practitioner, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
    await mustAccept(practitioner, WHY_EARLY);
    await mustAccept(practitioner, { type: 'session.close' });
    await passTime(clock, 1000, practitioner, theirs);
    const ends = running.video.calls.filter(({ call }) => call === 'closeRoom');
    expect(ends.length).toBeGreaterThan(0);
    const grants = theirs.received.filter(({ type }) => type === 'grant').length;
    theirs.send({ type: 'grant.request', id: 'g1' });
    theirs.send({ type: 'signal', to: practitioner.device, data: {} });
    await theirs.beat();
    expect(theirs.received.filter(({ type }) => type === 'grant')).toHaveLength(grants);
    expect(practitioner.received.filter(({ type }) => type === 'signal')).toEqual([]);
    const said: readonly Command[] = [
      { type: 'help.ask', client },
      { type: 'privacy.signal', client },
      { type: 'pause.start', client, reason: 'overwhelmed' },
      { type: 'consent.withdraw' },
      { type: 'item.reopen', item: 'location' },
    ];
    for (const command of said)
      expect(await theirs.say(command)).toMatchObject({ outcome: 'refused', code: 'session-closed' });
    const taken = AFTER_CLOSE.filter((type) =>
      (COMMAND_RULES[type].roles as readonly string[]).includes('client'),
    );
    expect([...taken].sort()).toEqual(['feedback.give', 'issue.report', 'nearMiss.flag']);
    expect(Object.keys(COMMAND_RULES).filter(isCommandType)).toEqual(expect.arrayContaining([...taken]));
    await expect(running.server.joinLink({ session: 's1', person: 'c1' })).rejects.toMatchObject({
      code: 'session-closed',
    });
    await running.server.close();
  });
});

describe('a rehearsal', () => {
  test('[Z12] [A21] [A17] an alert of a drill goes the whole way: sent, delivered, opened by its link, taken; each marked as a drill', async () => {
    const clock = new FakeClock();
    const running = await aSessionServer(clock);
    const { practitioner, client: theirs } = await together(clock, running);
    await mustAccept(practitioner, { type: 'crisis.open', client });
    await mustAccept(practitioner, { type: 'crisis.offerEscalation', client });
    await passTime(clock, 500, practitioner, theirs);
    const [notice] = running.alert.notices;
    expect(notice).toMatchObject({ drill: true, person: 'duty-1', cause: 'escalation' });
    // By what stood in the notice, and nothing else.
    const duty = await running.device('duty-1', { link: notice?.joinLink ?? '' });
    expect(duty.received.find(({ type }) => type === 'welcome')).toMatchObject({ drill: true });
    const alert = notice?.alert ?? '';
    await mustAccept(duty, { type: 'alert.acknowledge', alert });
    await mustAccept(duty, { type: 'alert.accept', alert });
    const trail = (await running.events()).filter(({ kind }) => kind.startsWith('alert.'));
    expect(trail.map(({ kind, actor }) => [kind, actor.person])).toEqual([
      ['alert.sent', 'p1'],
      ['alert.delivered', null],
      ['alert.acknowledged', 'duty-1'],
      ['alert.accepted', 'duty-1'],
    ]);
    expect((await running.events()).every(({ drill }) => drill)).toBe(true);
    await running.server.close();
  });

  test('[Z12] [A21] a route that is dead ends in no proof: the record says so, and the next in line is alerted', async () => {
    const clock = new FakeClock();
    const running = await aSessionServer(clock);
    const { practitioner, client: theirs } = await together(clock, running);
    running.alert.setFailing(true);
    await mustAccept(practitioner, { type: 'crisis.open', client });
    await mustAccept(practitioner, { type: 'crisis.offerEscalation', client });
    await passTime(clock, 5000, practitioner, theirs);
    const kinds = (await running.events()).map(({ kind }) => kind);
    expect(kinds).toContain('alert.failed');
    expect(kinds).not.toContain('alert.delivered');
    expect(kinds.filter((kind) => kind === 'alert.sent').length).toBeGreaterThan(1);
    await running.server.close();
  });
});
