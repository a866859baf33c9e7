import { readdirSync, readFileSync } from 'node:fs';
import { ITEM_RULES, ITEMS, type Appointment, type Command, type ItemName } from '@holdfast/protocol';
import { project } from '@holdfast/session/authority';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  ANSWERS,
  CLIENT,
  PRACTITIONER,
  type SessionOptions,
  type Walk,
  screenOf,
} from '@holdfast/session/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { englishWords } from '../../packages/elements/src/words/english.js';
import { manyMoves } from './moves.js';

const client = CLIENT;

const careOf = (walk: Walk) => {
  const held = project(walk.session, PRACTITIONER);
  if (held?.role !== 'practitioner') throw new Error('the practitioner is of the session');
  return held.care;
};
const says = (walk: Walk, ...commands: readonly Command[]): Walk => {
  for (const command of commands) walk.say(PRACTITIONER, command);
  return walk;
};

/** What belongs to care, and is nobody's to ask among colleagues. */
const OF_CARE: readonly ItemName[] = [
  'callBackNumber',
  'location',
  'locationConfirmed',
  'emergencyContact',
  'guardianConsent',
  'localRoute',
  'suitability',
];

describe('sessions of each kind', () => {
  test.each(['supervision', 'training'] as const)(
    '[I9] [B01] a %s session goes from its first screen to its end, and asks nobody for an address or an emergency contact',
    (type) => {
      const walk = aWalk({ appointment: { type } }).join(PRACTITIONER).join(CLIENT);
      const asked = careOf(walk).items.map(({ item }) => item);
      expect(asked.filter((item) => OF_CARE.includes(item))).toEqual([]);
      for (const person of [PRACTITIONER, CLIENT]) {
        const shown = screenOf(walk, person).tasks.flatMap(({ item }) => (item === null ? [] : [item]));
        expect(shown.filter((item) => OF_CARE.includes(item))).toEqual([]);
      }
      for (const item of asked)
        walk.say(ITEM_RULES[item].answeredBy.includes('client') ? CLIENT : PRACTITIONER, ANSWERS[item]);
      says(walk, { type: 'person.admit', person: CLIENT }).heal();
      says(walk, { type: 'session.goLive' });
      expect([walk.lastRefusal, walk.value('lifecycle:session')]).toEqual([null, 'live']);
      // It is a session like every other: a crisis can be opened in it, and is settled before the end.
      says(walk, { type: 'crisis.open', client }, { type: 'session.end' });
      expect(walk.lastRefusal?.code).toBe('crisis-open');
      says(
        walk,
        { type: 'crisis.resolve', client, exit: 'clientSafe', rationaleRef: 'n1' },
        { type: 'session.end' },
        { type: 'closing.dispose', disposition: 'endedAsPlanned' },
        { type: 'session.close' },
      );
      expect([walk.lastRefusal, walk.value('lifecycle:session')]).toEqual([null, 'closed']);
    },
  );

  test('[I9] [B01] the gate of a therapy session is not that of a meeting: each asks all of its own', () => {
    const openIn = (type: Appointment['type']) => {
      const walk = aWalk({ appointment: { type } });
      return careOf(walk).items.map(({ item }) => item);
    };
    expect(openIn('therapy')).toEqual(ITEMS.filter((item) => openIn('therapy').includes(item)));
    expect(openIn('therapy').length).toBeGreaterThan(openIn('supervision').length);
    for (const item of openIn('supervision')) expect(openIn('therapy')).toContain(item);
  });
});

describe('confidentiality, safety and boundaries rest on the gate', () => {
  test('[G1] [G2] [E02] in any order of inputs media and live come after every check that they need, or a reason for each', () => {
    const starts: readonly (() => Walk)[] = [() => aWalk(), () => aWaitingSession()];
    const tried: readonly Command[] = [
      { type: 'person.admit', person: CLIENT },
      { type: 'session.goLive' },
      ANSWERS.consent,
      ANSWERS.clientPrivacy,
      ANSWERS.identity,
      ANSWERS.limits,
      { type: 'item.reopen', item: 'consent' },
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...starts),
        fc.array(fc.constantFrom(...tried), { maxLength: 12 }),
        manyMoves(12),
        (start, commands, moves) => {
          const walk = start();
          commands.forEach((command, index) => {
            const before = careOf(walk);
            says(walk, command);
            const after = careOf(walk);
            if (before.stage !== after.stage && after.stage === 'settingUp')
              expect(after.gate.media).not.toBe('open');
            if (before.stage !== after.stage && after.stage === 'live')
              expect(after.gate.live).not.toBe('open');
            if (before.stage === after.stage && after.stage === 'gathering')
              expect(after.mediaAllowed).toBe(false);
            moves[index]?.make(walk);
          });
        },
      ),
      { numRuns: 120 },
    );
  });

  test('[G1] [G2] [E02] each item of the threshold alone keeps it shut', () => {
    const media = careOf(aWalk()).items.filter(
      ({ settledBefore, isSettled }) => settledBefore === 'media' && !isSettled,
    );
    for (const { item } of media.filter((one) => ITEM_RULES[one.item].answeredBy.length > 0)) {
      const walk = aWaitingSession();
      const by = ITEM_RULES[item].answeredBy.includes('practitioner') ? PRACTITIONER : CLIENT;
      walk.say(by, { type: 'item.reopen', item });
      says(walk, { type: 'person.admit', person: CLIENT });
      expect([item, walk.value('lifecycle:session')]).toEqual([item, 'gathering']);
    }
  });
});

describe('signs and adjustments', () => {
  test('[I22] [Q1] [C16] the software’s own sign and the agreed gesture stand beside each other for staff, and nowhere for the client', () => {
    const both = { hasSafeWord: false, hasGesture: true, hasSoftwareSignal: true };
    const walk = says(aLiveSession(), { ...ANSWERS.signal, flags: both });
    const facts = screenOf(walk, PRACTITIONER).facts.map(({ id }) => id);
    const at = facts.indexOf('gesture');
    expect(facts.slice(at, at + 2)).toEqual(['gesture', 'softwareSignal']);
    const theirs = JSON.stringify([project(walk.session, CLIENT), screenOf(walk, CLIENT)]);
    expect(theirs).not.toMatch(/gesture|softwareSignal|hasSafeWord/i);
    // Either may be used: what is given in the software is a pause that a person decides on, one press away.
    walk.say(CLIENT, { type: 'privacy.signal', client });
    const offers = screenOf(walk, PRACTITIONER).tasks.flatMap(({ choices }) => choices);
    expect(offers.map(({ command }) => command.type)).toEqual(
      expect.arrayContaining(['privacy.acknowledge', 'privacy.open']),
    );
    expect(screenOf(walk, PRACTITIONER).facts.map(({ id }) => id)).toContain('gesture');
  });

  test('[U1] [U10] [A42] what was agreed for "too much" is on both screens, and the pause for it is one press that keeps the agreement in sight', () => {
    const adjustments = {
      lengthMs: 1_800_000,
      breakEveryMs: 600_000,
      cameraOffByChoice: true,
      chatForKeyPoints: false,
      agenda: ['checkIn'],
      communication: 'yesOrNo',
      whenOverwhelmed: 'pause',
    } as const;
    const walk = aLiveSession({ appointment: { adjustments: { ...adjustments, agenda: ['checkIn'] } } });
    const agreed = (person: string) =>
      screenOf(walk, person).facts.filter(({ id }) => id.startsWith('adjust.'));
    expect(agreed(CLIENT).map(({ id }) => id)).toContain('adjust.overwhelmed');
    expect(agreed(CLIENT)).toEqual(agreed(PRACTITIONER));
    const press = screenOf(walk, CLIENT).actions.find(({ command }) => command.type === 'pause.start');
    if (press === undefined) throw new Error('there is no such press');
    walk.say(CLIENT, press.command);
    expect([walk.lastRefusal, walk.value('pause:session')]).toEqual([null, 'paused']);
    expect(careOf(walk).pause.reasons).toEqual(['overwhelmed']);
    expect(screenOf(walk, PRACTITIONER).tasks.find(({ id }) => id === 'pause')?.why?.key).toBe(
      'staff.pause.why.overwhelmed',
    );
    expect(screenOf(walk, CLIENT).showsVideo).toBe(false);
    expect(agreed(CLIENT)).toEqual(agreed(PRACTITIONER));
    // No planned length and no break ends it, and nobody is alerted by it.
    walk.forget().by(adjustments.lengthMs * 2);
    expect([walk.value('pause:session'), walk.alerted]).toEqual(['paused', []]);
    says(walk, { type: 'pause.end', client });
    expect(walk.value('pause:session')).toBe('running');
  });
});

describe('what a phone or a screen shows to whoever looks on', () => {
  const root = new URL('../../', import.meta.url);
  const sources = readdirSync(new URL('packages', root)).flatMap((name) =>
    readdirSync(new URL(`packages/${name}/src`, root), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('testing'))
      .map((file) => `packages/${name}/src/${file}`),
  );
  const textOf = (file: string): string => readFileSync(new URL(file, root), 'utf8');

  test('[Z8] [A39] no package sends a message, shows a notification or opens a channel to anybody but by a link that a person presses', () => {
    expect(sources.length).toBeGreaterThan(200);
    const sends =
      /\bnew Notification\b|showNotification|PushManager|navigator\.vibrate|['"`](?:sms|mailto|whatsapp):/;
    expect(sources.filter((file) => sends.test(textOf(file)))).toEqual([]);
    // A number is a link on a staff screen, and nothing else is one.
    const dials = sources.filter((file) => textOf(file).includes('`tel:'));
    expect(dials.filter((file) => !file.startsWith('packages/session/src/view/'))).toEqual([]);
  });

  test('[Z8] [A39] what stands at the head of the client’s page, and of the page before it, says nothing about therapy', () => {
    const titles = Object.entries(englishWords.catalogue).filter(([key]) => /title|headline/.test(key));
    const client = titles.filter(([key]) => key.startsWith('client.') || key.startsWith('join.'));
    expect(client.length).toBeGreaterThan(5);
    for (const [key, words] of client)
      expect(words, key).not.toMatch(/therap|counsel|psych|mental|suicid|crisis|risk|abuse|clinic/i);
  });
});

describe('a minor', () => {
  const minor: SessionOptions = { appointment: { isMinor: true } };
  const number = (isOwnNumber: boolean): Command => ({
    ...ANSWERS.callBackNumber,
    flags: { safeToRing: true, safeToLeaveMessage: false, isOwnNumber, wasReadBack: true },
  });
  const contact = (isGuardian: boolean): Command => ({
    ...ANSWERS.emergencyContact,
    flags: { agreedWhileAlone: true, isGuardian },
  });
  const notSafe: Command = {
    type: 'item.answer',
    item: 'guardianConsent',
    answer: 'notSafe',
    rationaleRef: 'note-1',
  };
  const ringContact: Command = {
    type: 'ladder.decide',
    client,
    run: 'c1.r1',
    decision: 'ringEmergencyContact',
  };
  /** A minor's session before it is live: everything but the guardian. */
  const ready = (...more: readonly Command[]): Walk => says(aLiveSession(minor), ...more);

  test('[I14] [S7] [H30] with the verified consent of a guardian the session goes live, and the guardian is rung and told as agreed', () => {
    const walk = ready();
    expect(walk.value('lifecycle:session')).toBe('settingUp');
    expect(walk.lastRefusal).toMatchObject({ code: 'gate-open', missing: ['guardianConsent'] });
    says(walk, ANSWERS.guardianConsent, number(false), contact(true), { type: 'session.goLive' });
    expect(walk.value('lifecycle:session')).toBe('live');
    walk.cut().by(300_000);
    expect(walk.run.parts?.phoning).toBe('attempting');
    says(walk.by(240_000), ringContact);
    expect(walk.lastRefusal).toBeNull();
  });

  test.each([
    [
      'before the session is live',
      (walk: Walk) => says(walk, notSafe, contact(true), { type: 'session.goLive' }),
    ],
    [
      'found out later, in the pathway',
      (walk: Walk) =>
        says(
          walk,
          ANSWERS.guardianConsent,
          { type: 'session.goLive' },
          { type: 'safeguarding.open', client, about: 'child' },
          { type: 'safeguarding.setGuardianException', client, isOn: true, rationaleRef: 'note-2' },
        ),
    ],
  ] as const)(
    '[I14] [S7] [H30] where the guardian may be the risk nothing reaches them, whoever found it out and when: %s',
    (_, tells) => {
      const walk = tells(ready(number(false), contact(true)));
      expect(walk.value('lifecycle:session')).toBe('live');
      // No number that may be theirs, and no contact who is them: by media lost, by decision, by who answers.
      walk.cut().by(300_000);
      expect([walk.run.parts?.phoning, walk.run.parts?.deciding]).toEqual(['idle', 'undecided']);
      expect(says(walk, ringContact).lastRefusal).not.toBeNull();
      expect(walk.alerted.filter((alert) => !/duty-|safeguarding-/.test(alert))).toEqual([]);
      const theirs = JSON.stringify([project(walk.session, CLIENT), screenOf(walk, CLIENT)]);
      expect(theirs).not.toMatch(/guardianException|notSafe|safeguard/i);
    },
  );

  test('[I14] [S7] [H30] the client’s own number is rung all the same, and a guardian who answers there is told nothing', () => {
    const walk = says(ready(number(true)), notSafe, contact(true), { type: 'session.goLive' });
    walk.cut().by(300_000);
    expect(walk.run.parts?.phoning).toBe('attempting');
    walk.recordCall('guardianAnswered');
    expect(walk.run.context).toMatchObject({ attempt: 2, isBack: false, outcome: null });
    expect(walk.kinds).not.toContain('followUp.opened');
  });

  test('[S7] [H30] it outlasts the pathway that found it', () => {
    const walk = says(
      ready(number(false), contact(true)),
      ANSWERS.guardianConsent,
      { type: 'session.goLive' },
      { type: 'safeguarding.open', client, about: 'child' },
      { type: 'safeguarding.setGuardianException', client, isOn: true, rationaleRef: 'note-2' },
      {
        type: 'safeguarding.decide',
        client,
        threshold: 'no',
        consentSought: 'unsafeToAsk',
        rationaleRef: 'note-3',
      },
      { type: 'safeguarding.setContactPlan', client, plan: 'notNeeded', because: 'notAboutClient' },
      { type: 'safeguarding.settle', client, reason: 'noFurtherAction' },
    );
    expect([walk.lastRefusal, careOf(walk).safeguarding.state]).toEqual([null, 'settled']);
    expect(walk.cut().by(300_000).run.parts?.phoning).toBe('idle');
  });
});
