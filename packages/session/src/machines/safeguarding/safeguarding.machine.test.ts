import { referencePolicy, type Command } from '@holdfast/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aLiveSession, aWaitingSession, aWalk, CLIENT, PRACTITIONER } from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';
import type { SessionOptions, Walk } from '../../testing/a-session.js';
import type { Emitted } from '../../step/concept.js';
import { record } from '../../step/record.js';
import { aChart, deliver } from '../../testing/deliver.js';
import { safeguardingConcept } from './safeguarding.concept.js';
import { safeguardingOf } from './safeguarding-state.js';

const client = CLIENT;
const LEAD = 'safeguarding-1';
const chart = 'safeguarding:c1';
type Of<T extends Command['type']> = Extract<Command, { type: T }>;

const open: Command = { type: 'safeguarding.open', client, about: 'adult' };
const decide = (threshold: Of<'safeguarding.decide'>['threshold']): Command => ({
  type: 'safeguarding.decide',
  client,
  threshold,
  consentSought: 'unsafeToAsk',
  rationaleRef: 'note-7',
});
const notify = (way: 'alert' | 'inPerson'): Command => ({ type: 'safeguarding.notifyLead', client, way });
const plan: Command = { type: 'safeguarding.setContactPlan', client, plan: 'set', answerRef: 'a-1' };
const noPlan: Command = {
  type: 'safeguarding.setContactPlan',
  client,
  plan: 'notNeeded',
  because: 'notAboutClient',
};
const settle = (reason: Of<'safeguarding.settle'>['reason'] = 'referralMade'): Command => ({
  type: 'safeguarding.settle',
  client,
  reason,
});
const exception = (isOn: boolean): Command => ({
  type: 'safeguarding.setGuardianException',
  client,
  isOn,
  rationaleRef: 'note-8',
});
const send = (channel: 'backUpChannel' | 'safeContact'): Command => ({
  type: 'safeguarding.sendReferrals',
  client,
  channel,
});

const says = (walk: Walk, ...commands: readonly Command[]): Walk =>
  commands.reduce((one, command) => one.say(PRACTITIONER, command), walk);
const opened = (options: SessionOptions = {}): Walk => says(aLiveSession(options), open);
const closing = (walk: Walk): Walk =>
  says(
    walk,
    { type: 'session.end' },
    { type: 'closing.dispose', disposition: 'endedAsPlanned' },
    { type: 'session.close' },
  );
const parts = (walk: Walk) => safeguardingOf(walk.session, client)?.parts;
const eventOf = (walk: Walk, kind: string) => walk.events.findLast((event) => event.kind === kind);

describe('opening', () => {
  test('[S1][A25][A05] one action opens it, in any state of a session that is not closed, also in the middle of a run', () => {
    const sessions = [aWalk(), aWaitingSession(), aLiveSession(), aLiveSession().cut().by(3000)];
    for (const walk of [...sessions, says(aLiveSession(), { type: 'session.end' })]) {
      expect(says(walk, open).lastRefusal).toBeNull();
      expect(walk.value(chart)).toMatch(/^open/);
    }
    expect(says(closing(aLiveSession()), open).lastRefusal?.code).toBe('not-now');
  });

  test('[S1][R6] staff open it; nothing that the client says does', () => {
    for (const by of [PRACTITIONER, 'duty-1', LEAD])
      expect(aLiveSession().say(by, open).lastRefusal).toBeNull();
    expect(aLiveSession().say(CLIENT, open).lastRefusal?.code).toBe('not-allowed');
    expect(aLiveSession().say('supervisor-1', open).lastRefusal?.code).toBe('not-allowed');
  });

  test('[S1][H09] a second press changes nothing; whom it is about can be said better', () => {
    const walk = opened();
    const before = walk.session.charts[chart];
    expect(says(walk, open).session.charts[chart]).toEqual(before);
    expect(eventOf(walk, 'safeguarding.opened')?.outcome).toBe('again');
    says(walk, { ...open, about: 'child' });
    expect(eventOf(walk, 'safeguarding.opened')).toMatchObject({
      outcome: 'corrected',
      details: { subject: 'child' },
    });
    expect(safeguardingOf(walk.session, client)?.context).toMatchObject({ about: 'child', count: 1 });
  });

  test('[S1][A40] what was shown is a version of a text of the policy, and stands in the record', () => {
    expect(eventOf(opened(), 'safeguarding.opened')?.details).toMatchObject({
      textVersion: referencePolicy.texts.safeguarding,
    });
  });
});

describe('deciding', () => {
  test('[S2][A37][A20] a person decides yes, no or unsure: who, when, whether consent was sought, and where the reasons are', () => {
    for (const threshold of ['yes', 'no', 'unsure'] as const) {
      expect(eventOf(says(opened(), decide(threshold)), 'safeguarding.decided')).toMatchObject({
        outcome: threshold,
        actor: { person: PRACTITIONER },
        details: { by: PRACTITIONER, consentSought: 'unsafeToAsk', rationaleRef: 'note-7' },
      });
    }
  });

  test('[S2] said anew it replaces what was said, and both stay on the record', () => {
    const walk = says(opened(), decide('unsure')).say(LEAD, decide('yes'));
    expect(safeguardingOf(walk.session, client)?.context).toMatchObject({
      threshold: 'yes',
      decidedBy: LEAD,
    });
    expect(walk.events.filter(({ kind }) => kind === 'safeguarding.decided')).toHaveLength(2);
  });

  test('[S2] nothing decides by itself: no time, no other part', () => {
    const walk = says(opened(), notify('alert'), plan).by(3_600_000);
    expect(parts(walk)?.decision).toBe('undecided');
  });
});

describe('the lead', () => {
  test('[S3][A38] is alerted when a person says so, and never before; then the duty list', () => {
    const walk = says(opened(), decide('yes')).by(3_600_000);
    expect(walk.alerted).toEqual([]);
    says(walk, notify('alert'));
    expect(walk.alerted).toEqual([`safeguarding.${LEAD}`]);
    walk.by(60_000);
    expect(walk.alerted).toEqual([`safeguarding.${LEAD}`, 'safeguarding.duty-1']);
  });

  test('[S3] who answers is named: seen, then taken', () => {
    const walk = says(opened(), notify('alert'));
    const alert = `c1.safeguarding1.safeguarding.${LEAD}`;
    expect(parts(walk)?.notified).toBe('offered');
    expect(parts(walk.say(LEAD, { type: 'alert.acknowledge', alert }))?.notified).toBe('acknowledged');
    expect(parts(walk.say(LEAD, { type: 'alert.accept', alert }))?.notified).toBe('accepted');
    expect(safeguardingOf(walk.session, client)?.context.lead).toBe(LEAD);
    expect(walk.value(`alert:${alert}`)).toBe('accepted');
  });

  test('[S3] told by the person themselves: the alert is stood down and goes to nobody else', () => {
    const walk = says(opened(), notify('alert'), notify('inPerson')).by(600_000);
    expect(parts(walk)?.notified).toBe('told');
    expect(walk.alerted).toEqual([`safeguarding.${LEAD}`]);
    expect(eventOf(walk, 'safeguarding.leadTold')?.details).toMatchObject({ by: PRACTITIONER });
  });

  test('[S3] an alert of another matter answers nothing here', () => {
    const walk = says(opened(), notify('alert'));
    says(walk, { type: 'crisis.open', client }, { type: 'crisis.offerEscalation', client });
    walk.say('duty-1', { type: 'alert.accept', alert: 'c1.crisis1.escalation.duty-1' });
    expect(parts(walk)?.notified).toBe('offered');
  });
});

describe('settling', () => {
  const missing = (walk: Walk) => says(walk, settle()).lastRefusal?.missing;

  test('[S4][S5][S6][A25][A34] refused with what is missing: decision, lead where yes or unsure, plan or a reason', () => {
    expect(missing(opened())).toEqual(['decision', 'contactPlan']);
    for (const threshold of ['yes', 'unsure'] as const) {
      expect(missing(says(opened(), decide(threshold)))).toEqual(['lead', 'contactPlan']);
      expect(missing(says(opened(), decide(threshold), notify('alert'), plan))).toEqual(['lead']);
    }
    const walk = says(opened(), decide('no'));
    expect(missing(walk)).toEqual(['contactPlan']);
    expect(walk.lastRefusal?.code).toBe('pathway-open');
    expect(says(walk, noPlan, settle('noFurtherAction')).value(chart)).toBe('settled');
    expect(eventOf(walk, 'safeguarding.settled')).toMatchObject({
      outcome: 'noFurtherAction',
      details: { by: PRACTITIONER, threshold: 'no' },
    });
  });

  test('[S5] "no plan is needed" has a reason; the words of a plan are not in the record', () => {
    const { because: _, ...bare } = noPlan;
    expect(says(opened(), bare).lastRefusal?.code).toBe('bad-answer');
    expect(eventOf(says(opened(), plan), 'safeguarding.contactPlanned')?.details).toEqual({
      about: 'c1.safeguarding1',
      by: PRACTITIONER,
      because: null,
    });
  });

  test('[S6] handed to the lead only when a named person took it', () => {
    const walk = says(opened(), decide('yes'), plan, notify('inPerson'));
    expect(says(walk, settle('handedToLead')).lastRefusal?.code).toBe('not-now');
    const taken = says(opened(), decide('yes'), plan, notify('alert'));
    taken.say(LEAD, { type: 'alert.accept', alert: `c1.safeguarding1.safeguarding.${LEAD}` });
    expect(says(taken, settle('handedToLead')).value(chart)).toBe('settled');
  });

  test('[S6][G8] a session ends over it, and is not closed over it', () => {
    const walk = closing(opened());
    expect(walk.value('lifecycle:session')).toBe('closing');
    expect(walk.lastRefusal).toMatchObject({ code: 'pathway-open', missing: ['safeguarding'] });
    says(walk, decide('no'), noPlan, settle('noFurtherAction'), { type: 'session.close' });
    expect(walk.value('lifecycle:session')).toBe('closed');
  });

  test('[S6] nothing else ends it: whatever is said in whatever order, it is open until all is there and a person settles it', () => {
    const others: readonly Command[] = [
      open,
      exception(true),
      exception(false),
      send('backUpChannel'),
      { type: 'risk.raise', client },
      { type: 'session.end' },
      { type: 'consent.withdraw' },
      { type: 'session.close' },
    ];
    const steps = fc.constantFrom(
      decide('yes'),
      decide('no'),
      decide('unsure'),
      notify('alert'),
      notify('inPerson'),
      plan,
      noPlan,
      settle('safePlanAgreed'),
      ...others,
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(steps, fc.constantFrom(0, 60_000, 600_000)), { maxLength: 25 }),
        (made) => {
          const walk = opened();
          for (const [command, waitMs] of made) {
            const before = safeguardingOf(walk.session, client);
            says(walk, command).by(waitMs);
            const after = safeguardingOf(walk.session, client);
            if (before?.state !== 'open' || after?.state === 'open') continue;
            expect(command.type).toBe('safeguarding.settle');
            const { threshold } = before.context;
            expect(threshold).not.toBeNull();
            expect(before.parts?.contactPlan).not.toBe('none');
            if (threshold !== 'no') expect(before.parts?.notified).toBe('told');
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('[S1][S6] a second concern is a new one, with an alert of its own', () => {
    const walk = says(opened(), decide('yes'), notify('inPerson'), plan, settle(), open, notify('alert'));
    expect(safeguardingOf(walk.session, client)).toMatchObject({
      parts: { decision: 'undecided', notified: 'offered', contactPlan: 'none' },
      context: { count: 2, threshold: null },
    });
    expect(eventOf(walk, 'alert.sent')?.details['about']).toBe('c1.safeguarding2');
  });

  test('[S6] the referral in writing is a follow-up with owner and date', () => {
    const walk = opened();
    const followUp = {
      type: 'closing.addFollowUp',
      followUp: 'f1',
      owner: LEAD,
      dueOn: '2026-01-01',
    } as const;
    expect(parts(says(walk, { ...followUp, kind: 'callClient' }))?.followUp).toBe('none');
    expect(parts(says(walk, { ...followUp, followUp: 'f2', kind: 'safeguardingReferral' }))?.followUp).toBe(
      'set',
    );
  });
});

describe('the practitioner goes', () => {
  test('[S9][P6] while it is open, also after the end of the session: the duty role is alerted', () => {
    expect(opened().leave(PRACTITIONER).alerted).toEqual(['practitionerLeft.duty-1']);
    const walk = says(opened(), { type: 'session.end' }).by(1000);
    walk.media(CLIENT, 'silent').silent(PRACTITIONER).by(63_000);
    expect(walk.alerted).toEqual(['practitionerGone.duty-1']);
    expect(says(aLiveSession(), { type: 'session.end' }).leave(PRACTITIONER).by(600_000).alerted).toEqual([]);
  });
});

describe('a guardian who may be the danger', () => {
  const minor = { appointment: { isMinor: true } };
  const number = (isOwnNumber?: boolean): Command => ({
    ...ANSWERS.callBackNumber,
    flags: {
      safeToRing: true,
      safeToLeaveMessage: false,
      ...(isOwnNumber === undefined ? {} : { isOwnNumber }),
    },
  });
  const contact = (isGuardian: boolean): Command => ({
    ...ANSWERS.emergencyContact,
    flags: { agreedWhileAlone: true, isGuardian },
  });
  const guarded = (...answers: Command[]): Walk => says(aLiveSession(minor), ...answers, exception(true));

  test('[S7][H30] set by a person with a reference, in any state, and it stays when the pathway is settled', () => {
    const walk = says(aLiveSession(minor), exception(true));
    expect(eventOf(walk, 'safeguarding.guardianExceptionSet')).toMatchObject({
      outcome: 'on',
      details: { by: PRACTITIONER, rationaleRef: 'note-8' },
    });
    says(walk, open, decide('no'), noPlan, settle('noFurtherAction'));
    expect(safeguardingOf(walk.session, client)?.context.isGuardianException).toBe(true);
    expect(says(walk, exception(true)).lastRefusal?.code).toBe('not-now');
    expect(eventOf(says(walk, exception(false)), 'safeguarding.guardianExceptionSet')?.outcome).toBe('off');
  });

  test('[S7][H30] a guardian who is said not to be safe to ask sets it as well; no other answer does', () => {
    const answered = (outcome: string, item = 'guardianConsent'): Emitted =>
      record('item.answered', ['I1'], { kind: 'item', id: item }, { outcome });
    const { session } = aLiveSession(minor);
    expect(safeguardingConcept.concerns(answered('notSafe'), session)).toEqual([client]);
    expect(safeguardingConcept.concerns(answered('confirmed'), session)).toEqual([]);
    expect(safeguardingConcept.concerns(answered('notSafe', 'emergencyContact'), session)).toEqual([]);
    const { chart: set, emitted } = deliver(
      safeguardingConcept,
      aChart(safeguardingConcept, client),
      answered('notSafe'),
    );
    expect(set.context).toMatchObject({ isGuardianException: true });
    expect(emitted).toMatchObject([{ type: 'safeguarding.guardianExceptionSet', outcome: 'on' }]);
  });

  test("[S7][H30] a number that may be a guardian's is not rung: the decision opens in its place; the client's own is rung", () => {
    for (const [walk, phoning, deciding] of [
      [guarded(number(false)), 'idle', 'undecided'],
      // Nobody said whose it is, and the client is a minor: on doubt the safer state.
      [guarded(number()), 'idle', 'undecided'],
      [guarded(number(true)), 'attempting', 'idle'],
      [says(aLiveSession(minor), number(false)), 'attempting', 'idle'],
      [says(aLiveSession(), exception(true)), 'attempting', 'idle'],
      [says(aLiveSession(), number(false), exception(true)), 'idle', 'undecided'],
    ] as const)
      expect(walk.cut().to(360_000).run.parts).toMatchObject({ phoning, deciding });
  });

  test('[S7][H30][H05] an emergency contact who is a guardian cannot be chosen', () => {
    const choose = (walk: Walk) =>
      says(walk.cut().to(540_000), {
        type: 'ladder.decide',
        client,
        run: 'c1.r1',
        decision: 'ringEmergencyContact',
      }).lastRefusal?.code;
    expect(choose(guarded(number(true), contact(true)))).toBe('not-allowed');
    expect(choose(guarded(number(true)))).toBe('not-allowed');
    expect(choose(guarded(number(true), contact(false)))).toBeUndefined();
  });

  test('[S7][H20][D14] a guardian who answers is somebody else: the call goes on, nobody was told and nobody is owed a word', () => {
    const run = (outcome: 'guardianAnswered' | 'someoneElseAnswered') => {
      const walk = guarded(number(true)).cut().to(360_000);
      walk.recordCall(outcome);
      return { run: walk.run, kinds: walk.kinds };
    };
    expect(run('guardianAnswered')).toEqual(run('someoneElseAnswered'));
    expect(run('guardianAnswered').run.context).toMatchObject({ attempt: 2, isBack: false, outcome: null });
    expect(run('guardianAnswered').kinds).not.toContain('followUp.opened');
  });
});

describe('the list of help', () => {
  const policy = { ...referencePolicy, referrals: ['helpline', 'shelter'] };
  const channel = (isSafeChannel: boolean): Command => ({
    ...ANSWERS.backUpChannel,
    flags: { usesVoice: false, isSafeChannel },
  });

  test('[S8][A54] goes only by a way that the client marked as safe', () => {
    expect(says(opened({ policy }), channel(false), send('backUpChannel')).lastRefusal?.code).toBe(
      'not-allowed',
    );
    expect(says(opened({ policy }), send('safeContact')).lastRefusal?.code).toBe('not-allowed');
    const walk = says(opened({ policy }), channel(true), send('backUpChannel'));
    expect(eventOf(walk, 'safeguarding.referralsReleased')).toMatchObject({
      outcome: 'backUpChannel',
      actor: { person: PRACTITIONER },
      details: { count: 2 },
    });
    expect(says(opened({ policy }), plan, send('safeContact')).lastRefusal).toBeNull();
    expect(says(opened({ policy }), noPlan, send('safeContact')).lastRefusal?.code).toBe('not-allowed');
  });

  test('[S8][H12] nothing goes to a client who left by quick exit, and a service without a list sends none', () => {
    const walk = opened({ policy }).exit(CLIENT);
    expect(says(walk, send('backUpChannel')).lastRefusal?.code).toBe('not-allowed');
    expect(says(opened(), send('backUpChannel')).lastRefusal?.code).toBe('not-now');
  });
});
