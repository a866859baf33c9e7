import { drillPolicy, type Command } from '@holdfast/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChartKey, ChartState, Session } from '../step/session.js';
import { aDevice } from '../testing/a-projection.js';
import { aLiveSession, aWaitingSession, aWalk, Walk } from '../testing/a-session.js';
import { ANSWERS } from '../testing/answers.js';
import { view } from '../view/view.js';
import { project } from './project.js';
import { Projection } from './projection.js';

const client = 'c1';
const admit: Command = { type: 'person.admit', person: client };

/** All that the client's device holds and shows, as bytes: with the line up, down, and with media silent. */
function clientBytes(session: Session): string {
  const held = project(session, client, { c1: { address: 'a place' } });
  if (held === null) throw new Error('no client');
  const devices = [
    aDevice(),
    aDevice({ unsent: 1, lastHeardAtMs: null }),
    aDevice({ media: 'silent', mediaSilentSinceMs: 0 }),
  ];
  return JSON.stringify([held, ...devices.map((device) => view(held, device, 5000))]);
}

type Step = (walk: Walk) => unknown;
const says =
  (by: string, body: Command): Step =>
  (walk) =>
    walk.say(by, body);

/** What staff do that is no business of the client; refused and ignored at times. */
const hidden: Step[] = [
  says('p1', { type: 'risk.raise', client }),
  says('p1', { type: 'risk.lower', client, reason: 'planAgreed' }),
  says('p1', { type: 'crisis.open', client }),
  says('p1', { type: 'crisis.offerEscalation', client }),
  says('duty-1', { type: 'crisis.joinEscalation', client }),
  says('p1', { type: 'crisis.briefEscalation', client }),
  says('duty-1', { type: 'crisis.acceptEscalation', client }),
  says('p1', { type: 'crisis.introduceClient', client }),
  says('p1', { type: 'crisis.setHarm', client, to: 'others' }),
  says('p1', { type: 'crisis.confirmFact', client, fact: 'location' }),
  says('p1', { type: 'crisis.confirmFact', client, fact: 'callBackNumber' }),
  says('p1', { type: 'checklist.record', list: 'crisis', step: 'means', outcome: 'done' }),
  says('p1', { type: 'consult.ask', client, person: 'supervisor-1' }),
  says('p1', { type: 'consult.end', client, outcome: 'talkedItOver' }),
  says('p1', { type: 'staffNote.send', client }),
  says('duty-1', {
    type: 'disclosure.record',
    client,
    to: 'police',
    categories: ['place'],
    rationaleRef: 'note-1',
  }),
  says('p1', { type: 'crisis.resolve', client, exit: 'helpOnScene' }),
  says('p1', {
    type: 'closing.addFollowUp',
    followUp: 'f1',
    kind: 'callClient',
    owner: 'p1',
    dueOn: '2025-01-01',
  }),
  says('p1', { type: 'nearMiss.flag', kind: 'overheard' }),
  says('duty-1', { type: 'issue.report', kind: 'safety' }),
  says('supervisor-1', { type: 'supervision.settle', pathway: 'crisis1', rationaleRef: 'note-1' }),
  says('p1', { type: 'closing.giveRationale', pathway: 'crisis1', rationaleRef: 'note-1' }),
  says('p1', { type: 'closing.settleFollowUp', followUp: 'f1' }),
  says('p1', { type: 'ladder.decide', client, run: 'c1.r1', decision: 'ringEmergencyServices' }),
  says('p1', { type: 'ladder.recordAct', client, run: 'c1.r1', outcome: 'reached' }),
  says('p1', { type: 'ladder.recordCall', client, run: 'c1.r1', attempt: 1, outcome: 'noAnswer' }),
  says('duty-1', { type: 'ladder.takeOver', client, run: 'c1.r1' }),
  says('p1', { type: 'safeguarding.open', client, about: 'child' }),
  says('p1', {
    type: 'safeguarding.decide',
    client,
    threshold: 'yes',
    consentSought: 'unsafeToAsk',
    rationaleRef: 'note-1',
  }),
  says('p1', { type: 'safeguarding.notifyLead', client, way: 'alert' }),
  says('p1', { type: 'safeguarding.notifyLead', client, way: 'inPerson' }),
  says('p1', { type: 'safeguarding.setContactPlan', client, plan: 'set', answerRef: 'a-1' }),
  says('p1', { type: 'safeguarding.setGuardianException', client, isOn: true, rationaleRef: 'note-1' }),
  says('p1', { type: 'safeguarding.settle', client, reason: 'referralMade' }),
  says('p1', { type: 'attendance.openNoShow', client }),
];
hidden.push(
  says('p1', { type: 'plan.raise', client, because: 'presentation' }),
  says('p1', { type: 'plan.review', client, review: 'crisisRoutes', outcome: 'reviewed' }),
  says('p1', { type: 'plan.putOff', client, because: 'notNeeded' }),
  says('p1', { type: 'plan.agree', client, flags: { tookPart: true, agreed: true } }),
  says('p1', ANSWERS.signal),
  says('p1', { type: 'item.answer', item: 'signal', answer: 'none' }),
  says('p1', { type: 'item.answer', item: 'preferences', answer: 'none' }),
);
/** What a client may notice. */
const seen: readonly Step[] = [
  says('p1', { type: 'item.reopen', item: 'identity' }),
  says('p1', { type: 'item.override', item: 'emergencyContact', reason: 'crisis' }),
  says('c1', { type: 'item.reopen', item: 'location' }),
  says('c1', { type: 'help.ask', client }),
  says('p1', { type: 'help.answer', client }),
  says('p1', { type: 'client.tell', client, step: 'stayTogether' }),
  says('p1', { type: 'client.tell', client, step: null }),
  says('p1', { type: 'session.end' }),
  says('c1', { type: 'channel.choose', client, to: 'audioOnly' }),
  says('c1', { type: 'channel.choose', client, to: 'phone' }),
  says('p1', { type: 'channel.recordCall', client, outcome: 'reachedByName' }),
  says('p1', { type: 'observation.report', client, what: 'cannotHear' }),
  (walk) => walk.leave('c1'),
  (walk) => walk.leave('p1'),
  (walk) => walk.exit('c1'),
  (walk) => walk.join('c1', 'c1.b'),
  (walk) => walk.join('p1'),
  (walk) => walk.silent('p1'),
  (walk) => walk.heard('p1'),
  (walk) => walk.cut(),
  (walk) => walk.heal(),
  (walk) => walk.by(1000),
  (walk) => walk.by(9000),
  (walk) => walk.by(70_000),
];
const drill = { policy: drillPolicy, drill: true };
const starts: readonly (() => Walk)[] = [
  () => aWalk(drill),
  () => aWalk(drill).join('p1'),
  () => aWaitingSession(drill),
  () => aWaitingSession(drill).say('p1', admit),
  () => aLiveSession(drill),
];
const anyWalk = fc
  .tuple(fc.constantFrom(...starts), fc.array(fc.constantFrom(...hidden, ...seen), { maxLength: 25 }))
  .map(([start, steps]) => {
    const walk = start();
    for (const next of steps) next(walk);
    return walk;
  });

/** Charts that a client's device must know nothing of, whole. */
const SECRET = [
  'run:',
  'risk:',
  'alert:',
  'crisis:',
  'closing:',
  'safeguarding:',
  'attendance:',
  'consult:',
  'disclosure:',
  'staffNote:',
  'checklist:',
  'plan:',
  'item:signal',
  'item:preferences',
];
const isSecret = (key: string): boolean => SECRET.some((prefix) => key.startsWith(prefix));

/** The same session for the client, with another's secrets: its ladder, risk, crisis, deadlines, overrides, "not safe". */
function withSecretsOf(session: Session, other: Session): Session {
  const kept = Object.entries(session.charts).filter(([key]) => !isSecret(key));
  const taken = Object.entries(other.charts).filter(([key]) => isSecret(key));
  const charts = Object.fromEntries(
    [...taken, ...kept].map(([key, chart]): [string, ChartState] => [
      key,
      isSecret(key)
        ? chart
        : hide(key, { ...chart, context: { ...chart.context, deadlines: { anything: 1 } } }),
    ]),
  ) as Record<ChartKey, ChartState>;
  return { ...session, charts };
}

/** Another answer with the same effect: settled without saying how, open without saying why. */
function hide(key: string, chart: ChartState): ChartState {
  if (key === 'lifecycle:session') {
    return {
      ...chart,
      context: { ...chart.context, overridden: { media: 'crisis', live: 'crisis' } } as never,
    };
  }
  if (!key.startsWith('item:')) return chart;
  if (chart.value === 'open')
    return {
      value: 'overridden',
      context: { ...chart.context, overrideReason: 'crisis', by: 'p1' } as never,
    };
  if (key === 'item:emergencyContact' && chart.value === 'confirmed') {
    return {
      ...chart,
      context: { ...chart.context, answer: 'notSafe', flags: {}, by: 'p1', atMs: 1 } as never,
    };
  }
  return chart;
}

describe('the client', () => {
  test('[V1 H05 H16] two sessions that differ only in what is not theirs give the same bytes to hold and to see', () => {
    fc.assert(
      fc.property(anyWalk, anyWalk, (one, other) => {
        expect(clientBytes(withSecretsOf(one.session, other.session))).toBe(clientBytes(one.session));
      }),
      { numRuns: 80 },
    );
  }, 60_000);

  test("[V1 H05 H16] whatever staff do about risk and crisis while they talk, the client's bytes stay as they are", () => {
    const settingUp = () => aWaitingSession().say('p1', admit).heal();
    const start = fc.constantFrom<(() => Walk)[]>(settingUp, () => aLiveSession());
    fc.assert(
      fc.property(
        start,
        fc.array(fc.constantFrom(...hidden), { minLength: 1, maxLength: 15 }),
        (make, steps) => {
          const loud = make();
          for (const next of steps) next(loud);
          expect(clientBytes(loud.session)).toBe(clientBytes(make().session));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('[V1 H16] a run that is opened, walked and handed over shows the client nothing but that contact is lost', () => {
    const walk = aLiveSession().cut().by(3000);
    const waiting = clientBytes(walk.session);
    walk.say('p1', { type: 'risk.raise', client }).by(61_000).by(61_000);
    expect(walk.kinds).toEqual(
      expect.arrayContaining([
        'run.opened',
        'phoning.opened',
        'deciding.opened',
        'deciding.unanswered',
        'alert.sent',
      ]),
    );
    expect(clientBytes(walk.session)).toBe(waiting);
  });

  test('[V1] the shape has no place for what is not theirs', () => {
    const held = JSON.stringify(project(aLiveSession().session, client));
    expect(held).not.toMatch(
      /run|risk|deadline|alert|crisis|owner|duty|overrid|notSafe|answer"|safeguard|guardian|attend|late"/i,
    );
  });

  test('[H05] "confirmed", "none" and "not safe" of the emergency contact are one and the same', () => {
    const bytes = [
      ANSWERS.emergencyContact,
      ...(['none', 'notSafe'] as const).map(
        (answer) => ({ type: 'item.answer', item: 'emergencyContact', answer }) as const,
      ),
    ].map((command) => clientBytes(aWaitingSession().say(client, command).session));
    expect(new Set(bytes).size).toBe(1);
    expect(bytes[0]).not.toBe(clientBytes(aWaitingSession().session));
  });

  test('[P4 H12] who exits or leaves on one page has no media on any, until they come again; the other side keeps its own', () => {
    const mayHave = ({ session }: Walk, person: string): boolean | undefined => {
      const held = project(session, person);
      if (held === null) return undefined;
      return 'care' in held ? held.care?.mediaAllowed : held.mediaAllowed;
    };
    for (const go of ['exit', 'leave'] as const) {
      const walk = aLiveSession().join(client, 'c1.b').media(client, 'up', 60_000, 'c1.b');
      expect([mayHave(walk[go](client), client), mayHave(walk, 'p1')]).toEqual([false, true]);
      walk.heard(client, 'c1.b').media(client, 'up', walk.nowMs, 'c1.b').by(1000);
      expect(mayHave(walk, client)).toBe(false);
      expect(mayHave(walk.join(client, 'c1.b'), client)).toBe(true);
    }
    const left = aLiveSession().leave('p1');
    expect([mayHave(left, 'p1'), mayHave(left, client)]).toEqual([false, true]);
  });

  test('[D12] the client sees whether the practitioner is alone', () => {
    const room = (flags: object) => {
      const held = project(aWalk().say('p1', { ...ANSWERS.practitionerPrivacy, flags }).session, client);
      return held?.role === 'client' ? held.practitionerRoom : null;
    };
    expect([room({ alone: true }), room({ alone: false, othersPresent: true })]).toEqual([
      'private',
      'othersPresent',
    ]);
  });

  test('[A12] the client sees which texts they were taken through', () => {
    expect(project(aLiveSession().session, client)).toMatchObject({
      explained: { consent: 'consent-v1', limits: 'limits-v1' },
    });
  });
});

describe('every role', () => {
  test('what is sent is what a device takes: strict, and the same after the way over the wire', () => {
    fc.assert(
      fc.property(anyWalk, fc.constantFrom('c1', 'p1', 'duty-1', 'duty-2'), ({ session }, person) => {
        const made = project(session, person, { c1: { name: 'n', address: 'a' } });
        expect(Projection.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
      }),
      { numRuns: 60 },
    );
  });

  test('equal sessions are equal bytes, whatever the order of their keys', () => {
    fc.assert(
      fc.property(anyWalk, fc.constantFrom('c1', 'p1', 'duty-1'), ({ session }, person) => {
        const turned = { ...session, charts: Object.fromEntries(Object.entries(session.charts).reverse()) };
        const vault = { c1: { name: 'n', address: 'a' }, p1: { name: 'm' } };
        const turnedVault = { p1: { name: 'm' }, c1: { address: 'a', name: 'n' } };
        expect(JSON.stringify(project(turned, person, turnedVault))).toBe(
          JSON.stringify(project(session, person, vault)),
        );
      }),
      { numRuns: 50 },
    );
  });

  test('a stranger gets nothing', () => {
    expect(project(aLiveSession().session, 'c2')).toBeNull();
  });
});
