import { readFileSync } from 'node:fs';
import { checkPolicy, drillPolicy, referencePolicy } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER, Walk } from '../testing/a-session.js';
import { nextDeadline } from '../step/step.js';
import { packSession } from '../step/pack-session.js';
import { writeSession } from '../step/session-text.js';
import { policyFromV1, type PolicyV1 } from './policy-v1.js';
import { readSession } from './read-session.js';
import type { SessionV1 } from './session-v1.js';

/** Made by the code of version 1, from walks: the policy, then one session a line. */
const [first = '', ...lines] = readFileSync(
  new URL('../../../../test/fixtures/sessions-v1.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n');
const { policy } = JSON.parse(first) as { policy: PolicyV1 };
interface Stored {
  readonly name: string;
  readonly nowMs: number;
  readonly session: SessionV1;
}
const all = lines.map((line): Stored => {
  const { session, ...rest } = JSON.parse(line) as Stored;
  return { ...rest, session: { ...session, policy } };
});
const named = (name: string): Stored => {
  const found = all.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no snapshot ${name}`);
  return found;
};
const walkFrom = ({ session, nowMs }: Stored): Walk =>
  new Walk(readSession(JSON.stringify(session), null).session, nowMs);

describe('a session of version 1', () => {
  test.each(all.map((one) => [one.name, one] as const))(
    '[R10] [H24] goes on where it was, with every deadline and nothing settled: %s',
    (_, stored) => {
      const { session, migratedFrom } = readSession(JSON.stringify(stored.session), null);
      expect([session.version, migratedFrom]).toEqual([2, 1]);
      for (const [key, { value, context }] of Object.entries(stored.session.charts)) {
        const now = session.charts[key as keyof typeof session.charts];
        if (!key.startsWith('crisis:')) expect([key, now?.value]).toEqual([key, value]);
        expect([key, now?.context.deadlines]).toEqual([key, context.deadlines]);
      }
      expect(nextDeadline(session)).toBe(
        Object.values(stored.session.charts)
          .flatMap(({ context }) => Object.values(context.deadlines))
          .sort((a, b) => a - b)[0] ?? null,
      );
      const added = Object.keys(session.charts).filter((key) => stored.session.charts[key] === undefined);
      for (const key of added)
        expect([key, session.charts[key as keyof typeof session.charts]?.context.deadlines]).toEqual([
          key,
          {},
        ]);
    },
  );

  test('[R10] [A51] keeps the id, version and hash of the policy that it was made with, and its policy passes the check', () => {
    const { session } = readSession(JSON.stringify(named('live').session), null);
    expect([session.policy.id, session.policy.version, session.policyHash]).toEqual([
      policy.id,
      policy.version,
      named('live').session.policyHash,
    ]);
    expect(checkPolicy(policyFromV1(policy))).toMatchObject({ ok: true });
    expect(policyFromV1(policy).durations).toEqual(referencePolicy.durations);
    const drill = policyFromV1({ ...policy, kind: 'drill', durations: {} });
    expect(drill.durations).toEqual(drillPolicy.durations);
    expect(policyFromV1({ ...policy, duty: [{ person: 'd9' }] }).staff).toEqual({
      duty: [{ person: 'd9' }],
      safeguardingLead: [],
      supervisor: [],
      management: [],
    });
    const own = { ...policy, items: { ...policy.items, identity: { settledBefore: 'media' as const } } };
    expect(policyFromV1(own).sessionTypes.therapy?.items.identity?.settledBefore).toBe('media');
  });

  test('[R10] an offered escalation is taken by whoever was asked, as in this version', () => {
    const walk = walkFrom(named('crisis open, escalation offered')).away(1000);
    const client = CLIENT;
    walk.say(DUTY[0], { type: 'crisis.joinEscalation', client });
    walk.say(PRACTITIONER, { type: 'crisis.briefEscalation', client });
    walk.say(DUTY[0], { type: 'crisis.acceptEscalation', client });
    expect(walk.kinds).toContain('crisis.escalationAccepted');
  });

  test('[R10] an accepted crisis has its owner and can end as handed over; place and number are asked again', () => {
    const walk = walkFrom(named('crisis open, escalation accepted, contact lost'));
    expect(walk.value(`crisis:${CLIENT}`)).toContain('asked');
    const exit = { type: 'crisis.resolve', client: CLIENT, exit: 'handOverAccepted' } as const;
    expect(walk.say(DUTY[0], exit).lastRefusal).toBeNull();
    expect(walk.value('item:localRoute')).toBe('open');
  });

  test('[R10] a follow-up of version 1 is still owed, and can be settled', () => {
    const walk = walkFrom(named('closing, with a follow-up'));
    const context = walk.session.charts['closing:session']?.context as unknown as {
      followUps: readonly { id: string; state: string }[];
    };
    expect(context.followUps.map(({ state }) => state)).toEqual(['open']);
    const followUp = context.followUps[0]?.id ?? '';
    expect(walk.say(PRACTITIONER, { type: 'closing.settleFollowUp', followUp }).lastRefusal).toBeNull();
  });

  test('[R10] whoever has come is not late, and no no-show is opened for them', () => {
    const noShow = { type: 'attendance.openNoShow', client: CLIENT } as const;
    expect(walkFrom(named('live')).say(PRACTITIONER, noShow).lastRefusal?.code).toBe('not-now');
    expect(walkFrom(named('nobody came yet')).say(PRACTITIONER, noShow).lastRefusal).toBeNull();
    expect(walkFrom(named('closed')).value(`attendance:${CLIENT}`)).toBe('over');
  });
});

describe('what is not a session of a known version', () => {
  const packed = packSession(aLiveSession().session);
  test.each([
    ['newer', { ...packed, version: 3 }],
    ['older than any', { ...packed, version: 0 }],
    ['without a version', {}],
    ['nothing', null],
    ['text', 'session'],
  ])('[R10] [H24] is refused by its version, and never guessed at: %s', (_, stored) => {
    expect(() => readSession(JSON.stringify(stored), referencePolicy)).toThrow(
      /unreadable.*version .* is not known here/,
    );
  });

  test('[R10] [H18] is refused with the places where it is wrong, and none of its words', () => {
    const { session } = named('live');
    const broken = { ...session, people: [{ id: 'p1', role: 'Mrs Marker' }], tenant: 7 };
    expect(() => readSession(JSON.stringify(broken), null)).toThrow(
      /not a session of version 1; look at tenant, people.0.role/,
    );
    expect(() => readSession(JSON.stringify(broken), null)).not.toThrow(/Marker/);
  });

  test('[R10] [H24] of this version and without its policy is refused, too', () => {
    expect(() => readSession(JSON.stringify(packed), null)).toThrow(/its policy is not beside it/);
  });

  test.each(all.map((one) => [one.name, one] as const))(
    '[R10] [R5] once read it is stored as every other: %s',
    (_, stored) => {
      const { session } = readSession(JSON.stringify(stored.session), null);
      const again = readSession(writeSession(session), session.policy);
      expect(again).toEqual({ session, migratedFrom: null });
    },
  );

  test('[R10] one of this version is read as it was packed', () => {
    const { session } = aLiveSession();
    const read = readSession(JSON.stringify(packed), session.policy);
    expect(read.migratedFrom).toBeNull();
    expect(JSON.stringify(read.session)).toBe(JSON.stringify(session));
  });
});
