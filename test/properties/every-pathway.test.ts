import {
  PLAN_REVIEWS,
  referencePolicy,
  TOLD_STEPS,
  type Command,
  type CommandType,
  type Id,
  type Policy,
} from '@holdfast/protocol';
import { stateName } from '@holdfast/session/authority';
import {
  aLiveSession,
  ANSWERS,
  CLIENT,
  DUTY,
  giveReasons,
  PRACTITIONER,
  type Walk,
  screenOf,
} from '@holdfast/session/testing';
import { view } from '@holdfast/session/view';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { englishWords } from '../../packages/elements/src/words/english.js';
import { say as sayIn } from '../../packages/elements/src/words/say.js';
import { manyMoves } from './moves.js';
import { PLACES } from './places.js';

type View = ReturnType<typeof view>;
const client = CLIENT;
const stage = (walk: Walk): string => walk.value('lifecycle:session');
const state = (walk: Walk, chart: string): string => {
  const found = walk.session.charts[chart as keyof typeof walk.session.charts];
  return found === undefined ? 'none' : stateName(found.value);
};

const offersOf = (shown: View) => [
  ...shown.actions,
  ...[...shown.tasks, ...shown.reports].flatMap(({ choices }) => choices),
];

interface Opening {
  readonly command: Command;
  readonly by: Id;
  /** A control that is not in any view: the sign travels in a heartbeat (Q3). */
  readonly isHidden?: true;
  readonly chart: string;
  readonly open: string;
}
/** How each pathway is opened, and how one sees that it is. */
const OPENINGS: Readonly<Record<string, Opening>> = {
  crisis: {
    command: { type: 'crisis.open', client },
    by: PRACTITIONER,
    chart: `crisis:${CLIENT}`,
    open: 'open',
  },
  safeguarding: {
    command: { type: 'safeguarding.open', client, about: 'adult' },
    by: PRACTITIONER,
    chart: `safeguarding:${CLIENT}`,
    open: 'open',
  },
  privacy: {
    command: { type: 'privacy.open', client },
    by: PRACTITIONER,
    chart: `privacy:${CLIENT}`,
    open: 'compromised',
  },
  risk: {
    command: { type: 'risk.raise', client },
    by: PRACTITIONER,
    chart: `risk:${CLIENT}`,
    open: 'active',
  },
  signal: {
    command: { type: 'privacy.signal', client },
    by: CLIENT,
    isHidden: true,
    chart: `signal:${CLIENT}`,
    open: 'signalled',
  },
};

function opensInOne(walk: Walk, name: string, { command, by, isHidden, chart, open }: Opening): void {
  if (stage(walk) === 'closed') return;
  const before = walk.fork();
  if (!state(before, chart).startsWith(open)) {
    const offered: readonly CommandType[] = offersOf(screenOf(before, by)).map((one) => one.command.type);
    if (isHidden !== true) expect(offered, `${name} in ${stage(before)}`).toContain(command.type);
    expect(before.say(by, command).lastRefusal).toBeNull();
  }
  expect(state(before, chart).startsWith(open), name).toBe(true);
}

describe('into a pathway', () => {
  for (const [name, opening] of Object.entries(OPENINGS)) {
    test.each(Object.entries(PLACES))(
      `[Z1] [A05] ${name} opens by one press, which the screen offers: %s`,
      (_, place) => opensInOne(place(), name, opening),
    );
    for (const [other, { command, by }] of Object.entries(OPENINGS))
      test(`[Z1] [A05] ${name} opens by one press while there is ${other}, also when the session is ending`, () => {
        opensInOne(aLiveSession().say(by, command), name, opening);
        const closing = aLiveSession().say(PRACTITIONER, { type: 'session.end' });
        opensInOne(closing.say(by, command), name, opening);
      });
  }

  test('[Z1] [A05] from wherever any order of inputs leads', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(PLACES)),
        manyMoves(25),
        fc.constantFrom(...Object.entries(OPENINGS)),
        (place, moves, [name, opening]) => {
          const walk = place();
          for (const move of moves) move.make(walk);
          opensInOne(walk, name, opening);
        },
      ),
      { numRuns: 150 },
    );
  });
});

interface Owed {
  readonly opens: (walk: Walk) => Walk;
  /** Before the session is ended: what it opens cannot open while closing. */
  readonly isEarlier?: true;
  /** While it is open: why the session does not close. One a step, where they differ. */
  readonly code: string | readonly string[];
  /** What settles it, in the one order in which it can be. Each waits for the one before, or may be last. */
  readonly closing: readonly ((walk: Walk) => Walk)[];
  readonly policy?: Policy;
}
const says =
  (...commands: readonly Command[]) =>
  (walk: Walk): Walk => {
    for (const command of commands) walk.say(PRACTITIONER, command);
    return walk;
  };
/** A client who is apart while risk is raised has a run of their own (E3). */
const endsRun = (walk: Walk): Walk =>
  walk.say(PRACTITIONER, { type: 'ladder.dispose', client, run: walk.runId, disposition: 'safeByReport' });
const codeOf = ({ code }: Owed, index: number): string | undefined =>
  typeof code === 'string' ? code : code[index];

/** The reference of each reason that is owed (F9): given, or handed over to a named person with its date. */
const reasons = (walk: Walk): Walk => giveReasons(walk);

/** Every pathway, and each thing that it owes before the session can be closed. */
const OWED: Readonly<Record<string, Owed>> = {
  crisis: {
    opens: says({ type: 'crisis.open', client }),
    code: ['run-open', 'crisis-open', 'rationale-missing'],
    closing: [endsRun, says({ type: 'crisis.resolve', client, exit: 'helpOnScene' }), reasons],
  },
  safeguarding: {
    opens: says({ type: 'safeguarding.open', client, about: 'adult' }),
    code: 'pathway-open',
    closing: [
      says({
        type: 'safeguarding.decide',
        client,
        threshold: 'yes',
        consentSought: 'yes',
        rationaleRef: 'n1',
      }),
      says({ type: 'safeguarding.notifyLead', client, way: 'inPerson' }),
      says({ type: 'safeguarding.setContactPlan', client, plan: 'notNeeded', because: 'contactIsSafe' }),
      says({ type: 'safeguarding.settle', client, reason: 'safePlanAgreed' }),
    ],
  },
  privacy: {
    opens: says({ type: 'privacy.open', client }),
    code: ['pathway-open', 'rationale-missing'],
    closing: [says({ type: 'privacy.resolve', client, outcome: 'falseAlarm', isFreeToSpeak: true }), reasons],
  },
  'the discreet signal': {
    opens: (walk) => walk.say(CLIENT, { type: 'privacy.signal', client }),
    code: 'pathway-open',
    closing: [says({ type: 'privacy.acknowledge', client, outcome: 'falseAlarm' })],
  },
  'the safety plan': {
    opens: says({ type: 'plan.raise', client, because: 'presentation' }),
    code: 'pathway-open',
    closing: PLAN_REVIEWS.map((review) => says({ type: 'plan.review', client, review, outcome: 'reviewed' })),
  },
  'a call for someone': {
    opens: (walk) => walk.say(CLIENT, { type: 'help.ask', client }),
    code: 'help-open',
    closing: [says({ type: 'help.answer', client })],
  },
  'video found not suitable': {
    isEarlier: true,
    opens: says({ ...ANSWERS.suitability, answer: 'notSuitable', because: 'highVolatileRisk' }),
    code: ['alternative-missing', 'rationale-missing'],
    closing: [
      says({
        type: 'suitability.offerAlternative',
        client,
        kind: 'faceToFace',
        dueOn: '2027-01-01',
        route: 'crisisLine',
      }),
      reasons,
    ],
  },
  'a follow-up that the policy wants settled': {
    policy: { ...referencePolicy, settleBeforeClose: ['afterIncident'] },
    opens: (walk) =>
      endsRun(
        says({ type: 'crisis.open', client }, { type: 'crisis.resolve', client, exit: 'helpOnScene' })(walk),
      ),
    code: ['follow-up-open', 'rationale-missing'],
    closing: [
      (walk) => {
        const closing = walk.session.charts['closing:session']?.context as unknown as {
          readonly followUps: readonly { readonly id: Id; readonly kind: string }[];
        };
        const [first] = closing.followUps.filter(({ kind }) => kind === 'afterIncident');
        return walk.say(PRACTITIONER, {
          type: 'closing.handOverFollowUp',
          followUp: first?.id ?? 'none',
          to: DUTY[0],
        });
      },
      reasons,
    ],
  },
  'a run': {
    opens: says({ type: 'risk.raise', client }),
    code: ['run-open', 'rationale-missing'],
    closing: [endsRun, reasons],
  },
};

/** Everything else is settled: the session would close. */
function closing({ opens, isEarlier, policy = referencePolicy }: Owed): Walk {
  const live = aLiveSession({ policy });
  const walk = isEarlier ? opens(live) : live;
  walk.say(PRACTITIONER, { type: 'session.end' });
  walk.say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
  expect(stage(walk)).toBe('closing');
  return isEarlier ? walk : opens(walk);
}
const close = (walk: Walk): string | null =>
  walk.say(PRACTITIONER, { type: 'session.close' }).lastRefusal?.code ?? null;

describe('out of a pathway', () => {
  test('[Z2] [A34] with nothing open the session closes', () => {
    const walk = aLiveSession().say(PRACTITIONER, { type: 'session.end' });
    expect(close(walk.fork())).toBe('disposition-missing');
    walk.say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
    expect(close(walk)).toBeNull();
  });

  for (const [name, owed] of Object.entries(OWED)) {
    test(`[Z2] [A34] [H21] ${name}: each thing that it owes holds back the close, until the last of them`, () => {
      const walk = closing(owed);
      for (const [index, settle] of owed.closing.entries()) {
        expect(close(walk)).toBe(codeOf(owed, index));
        // No time settles it.
        expect(close(walk.fork().by(3_600_000))).toBe(codeOf(owed, index));
        settle(walk);
        expect(walk.lastRefusal).toBeNull();
      }
      expect(close(walk)).toBeNull();
    });

    test.each(owed.closing.map((_, index) => index))(
      `[Z2] [A34] [H21] ${name}: with everything but step %i it stays open`,
      (left) => {
        const walk = closing(owed);
        for (const [index, settle] of owed.closing.entries()) if (index !== left) settle(walk);
        expect(close(walk)).toBe(codeOf(owed, left));
      },
    );
  }
});

const textOf = (message: View['headline']): string => sayIn(message, englishWords);

describe('what people read in it', () => {
  /** The client is at their page and has not gone. */
  const THERE = Object.entries(PLACES);

  test.each(THERE)(
    '[Z3] [C21] the client reads what happens now and what comes next, in plain words: %s',
    (_, place) => {
      const shown = screenOf(place(), CLIENT);
      const read = [shown.headline, ...shown.explanation];
      expect(shown.explanation.length).toBeGreaterThan(0);
      for (const message of read) {
        expect(textOf(message).trim().length, message.key).toBeGreaterThan(10);
        expect(textOf(message), message.key).not.toMatch(
          /risk|crisis|safeguard|alert|duty|emergency contact/i,
        );
      }
    },
  );

  test.each(Object.entries(OPENINGS).filter(([name]) => name !== 'signal' && name !== 'privacy'))(
    '[Z3] [M5] [C21] in %s a person tells the client each next step, and it stands there until it is taken away',
    (_, { command, by }) => {
      for (const step of TOLD_STEPS) {
        const walk = aLiveSession().say(by, command);
        walk.say(PRACTITIONER, { type: 'client.tell', client, step });
        const notice = screenOf(walk.by(60_000), CLIENT).notices.find(({ id }) => id === `told.${step}`);
        expect(notice === undefined ? '' : textOf(notice.message)).not.toBe('');
        walk.say(PRACTITIONER, { type: 'client.tell', client, step: null });
        expect(screenOf(walk, CLIENT).notices.map(({ id }) => id)).not.toContain(`told.${step}`);
      }
    },
  );

  const CALM = /!|\b(?:error|fatal|failure|warning|danger!|urgent)\b|\b[A-Z]{5,}\b/;
  const isWhole = (shown: View): void => {
    expect(textOf(shown.headline).length).toBeGreaterThan(3);
    expect(shown.explanation.length + shown.tasks.length).toBeGreaterThan(0);
    expect(['you', 'client', 'practitioner', 'duty', 'software', 'nobody']).toContain(shown.whoActs);
    // Who must act has something to press.
    if (shown.whoActs === 'you') expect(offersOf(shown).length).toBeGreaterThan(0);
    for (const message of [shown.headline, ...shown.explanation]) expect(textOf(message)).not.toMatch(CALM);
  };

  test.each(THERE)(
    '[Z4] [B07] the practitioner reads the state, the next step and who acts, calmly: %s',
    (_, place) => isWhole(screenOf(place(), PRACTITIONER)),
  );

  test('[Z4] [B07] also wherever any order of inputs leads, and whoever was alerted', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(PLACES)), manyMoves(25), (place, moves) => {
        const walk = place();
        for (const move of moves) move.make(walk);
        isWhole(screenOf(walk, PRACTITIONER));
        for (const person of DUTY) isWhole(screenOf(walk, person));
      }),
      { numRuns: 150 },
    );
  });
});
