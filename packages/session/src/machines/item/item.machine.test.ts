import {
  ANSWERS,
  ITEM_RULES,
  ITEMS,
  type AnswerFlags,
  type Command,
  type ItemName,
} from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { aSession } from '../../testing/a-session.js';
import { actor, aChart, deliver } from '../../testing/deliver.js';
import { isAnswered, isSettled, type ItemContext } from './answers.js';
import { itemConcept } from './item.concept.js';

const session = aSession();

type AnswerCommand = Extract<Command, { type: 'item.answer' }>;

const WHOLE: Partial<Record<ItemName, Partial<AnswerCommand>>> = {
  callBackNumber: { flags: { safeToRing: true, safeToLeaveMessage: false } },
  practitionerPrivacy: { flags: { alone: true } },
  clientPrivacy: { flags: { alone: true, freeToSpeak: true } },
  emergencyContact: { flags: { agreedWhileAlone: true } },
  backUpChannel: { flags: { usesVoice: false, isSafeChannel: true } },
  identity: { method: 'document' },
  consent: { textVersion: 'consent-v1', flags: { ladderExplained: true } },
  limits: { textVersion: 'limits-v1' },
  signal: { flags: { hasSafeWord: true, hasGesture: false, hasSoftwareSignal: false } },
  preferences: {
    flags: { askedResources: true, askedSkills: false },
    way: 'phone',
    reviewOn: '2026-06-01',
  },
  suitability: { flags: { isEligible: true, hasAccess: true, canEngage: true } },
};
/** Those that a person answers, in the usual session; the others are in set-up-items.test.ts. */
const ANSWERED = ITEMS.filter(
  (item) => !['escalationRoute', 'competency', 'guardianConsent', 'localRoute'].includes(item),
);
const confirmed = (item: ItemName): AnswerCommand => ({
  type: 'item.answer',
  item,
  answer: 'confirmed',
  ...WHOLE[item],
});
const by = (item: ItemName) =>
  actor(ITEM_RULES[item].answeredBy.some((role) => role === 'client') ? 'c1' : 'p1');
const answered = (item: ItemName, command: AnswerCommand = confirmed(item)) =>
  deliver(itemConcept, aChart(itemConcept, item), command, { by: by(item) });

describe('answering', () => {
  test.each(ANSWERED)(
    '[I1 A07 A14] %s starts open and is settled by its own answer, with time and actor',
    (item) => {
      expect(isSettled(aChart(itemConcept, item))).toBe(false);
      const { chart, emitted } = answered(item);
      expect(isSettled(chart)).toBe(true);
      expect(chart.context).toMatchObject({ answer: 'confirmed', by: by(item).person, atMs: 1000 });
      expect(emitted).toMatchObject([
        { type: 'item.answered', subject: { kind: 'item', id: item }, outcome: 'confirmed' },
      ]);
    },
  );

  test('[H13 I2] no command concerns two items', () => {
    for (const item of ITEMS) {
      for (const type of ['item.answer', 'item.reopen', 'item.override'] as const) {
        const message = { type, item, answer: 'confirmed', reason: 'crisis' } as unknown as Command;
        expect(itemConcept.concerns(message, session)).toEqual([item]);
      }
    }
  });

  test.each(ANSWERED)('[I4] %s takes the answers that belong to it and refuses every other', (item) => {
    for (const answer of ANSWERS) {
      const because = ITEM_RULES[item].withReason?.includes(answer) ? { because: 'highVolatileRisk' } : {};
      const { way: _, reviewOn: __, ...plain } = confirmed(item);
      const given = answer === 'confirmed' ? confirmed(item) : plain;
      const { chart, refused } = answered(item, { ...given, answer, ...because });
      const belongs = ITEM_RULES[item].answers.includes(answer);
      expect(refused?.code ?? null, answer).toBe(belongs ? null : 'bad-answer');
      expect(isAnswered(chart), answer).toBe(belongs && ITEM_RULES[item].settledBy.includes(answer));
    }
  });

  test.each<[ItemName, AnswerFlags, string]>([
    ['callBackNumber', { safeToRing: true }, 'D14: a message was not asked about'],
    ['clientPrivacy', { freeToSpeak: true }, 'E07: alone was not asked about'],
    ['clientPrivacy', { alone: true, freeToSpeak: false }, 'A11: not free to speak'],
    ['practitionerPrivacy', { alone: false }, 'D12: somebody is present and not said'],
    ['emergencyContact', {}, 'H05: whether it was agreed alone was not asked'],
    ['backUpChannel', { usesVoice: true }, 'H32: safety of the channel was not asked about'],
    ['location', { safeToRing: true }, 'a flag of another item'],
  ])('[I4] %s with %j is not whole (%s)', (item, flags) => {
    expect(answered(item, { type: 'item.answer', item, answer: 'confirmed', flags }).refused?.code).toBe(
      'bad-answer',
    );
  });

  test('[I4 A09 A12] identity needs its method, consent and limits the version that this session shows', () => {
    expect(
      answered('identity', { type: 'item.answer', item: 'identity', answer: 'confirmed' }).refused?.code,
    ).toBe('bad-answer');
    for (const textVersion of [undefined, 'consent-v0']) {
      const command: AnswerCommand = {
        type: 'item.answer',
        item: 'consent',
        answer: 'confirmed',
        ...(textVersion && { textVersion }),
      };
      expect(answered('consent', command).refused?.code).toBe('bad-answer');
    }
    expect(answered('limits').chart.context).toMatchObject({ textVersion: 'limits-v1' });
  });

  test('[I3] a client answers what is theirs, duty and software answer nothing', () => {
    for (const item of ANSWERED) {
      const own = ITEM_RULES[item].answeredBy.some((role) => role === 'client');
      const told = deliver(itemConcept, aChart(itemConcept, item), confirmed(item), { by: actor('c1') });
      expect(told.refused?.code ?? null, item).toBe(own ? null : 'not-allowed');
      for (const stranger of [
        actor('duty-1'),
        { person: null, role: null, source: 'host' as const, device: null },
      ]) {
        expect(
          deliver(itemConcept, aChart(itemConcept, item), confirmed(item), { by: stranger }).refused?.code,
        ).toBe('not-allowed');
      }
    }
  });

  test('[E09 H05] "none" and "not safe" settle the emergency contact; "not sure" does not (C17)', () => {
    const told = (answer: 'none' | 'notSafe' | 'notSure') =>
      isSettled(
        answered('emergencyContact', { type: 'item.answer', item: 'emergencyContact', answer }).chart,
      );
    expect([told('none'), told('notSafe'), told('notSure')]).toEqual([true, true, false]);
  });

  test('[E07] safe and private are two answers; a "no" is kept, settles nothing, and can be answered again', () => {
    const no = answered('clientPrivacy', {
      type: 'item.answer',
      item: 'clientPrivacy',
      answer: 'no',
      flags: { alone: false },
    });
    expect([no.refused, isSettled(no.chart), isAnswered(no.chart)]).toEqual([null, false, false]);
    const again = deliver(itemConcept, no.chart, confirmed('clientPrivacy'), { by: actor('p1') });
    expect([again.refused, isSettled(again.chart)]).toEqual([null, true]);
  });

  test('[E04] an identity that is not sure keeps its method and is not settled', () => {
    const unsure = answered('identity', {
      type: 'item.answer',
      item: 'identity',
      answer: 'notSure',
      method: 'spoken',
    });
    expect([unsure.refused, isSettled(unsure.chart)]).toEqual([null, false]);
    expect(answered('identity').chart.context).toMatchObject({ method: 'document' });
  });

  test('[H18] an event of an answer holds codes and booleans only', () => {
    const [event] = answered('callBackNumber').emitted;
    expect(event?.details).toEqual({ safeToRing: true, safeToLeaveMessage: false });
  });

  test('[G8] nothing is answered, reopened or passed over after close', () => {
    const closed = { now: { stage: 'closed' } };
    const chart = aChart(itemConcept, 'identity');
    for (const message of [
      confirmed('identity'),
      { type: 'item.override', item: 'identity', reason: 'crisis' } as const,
    ]) {
      expect(deliver(itemConcept, chart, message, closed)).toEqual({ chart, emitted: [], refused: null });
    }
  });
});

describe('overriding and reopening', () => {
  test('[I5 A19 H14] the practitioner passes over an item with a reason: the gate counts it, the answer stays open', () => {
    const override = { type: 'item.override', item: 'identity', reason: 'crisis' } as const;
    const { chart, emitted } = deliver(itemConcept, aChart(itemConcept, 'identity'), override);
    expect([chart.value, isSettled(chart), isAnswered(chart)]).toEqual(['overridden', true, false]);
    expect(emitted).toMatchObject([{ type: 'item.overridden', outcome: 'crisis' }]);
    const later = deliver(itemConcept, chart, confirmed('identity'));
    expect([later.chart.value, isAnswered(later.chart)]).toEqual(['confirmed', true]);
    expect((later.chart.context as ItemContext).overrideReason).toBeNull();
  });

  test('[I5] a client cannot pass over an item, and a settled one is not passed over', () => {
    const override = { type: 'item.override', item: 'consent', reason: 'crisis' } as const;
    expect(
      deliver(itemConcept, aChart(itemConcept, 'consent'), override, { by: actor('c1') }).refused?.code,
    ).toBe('not-allowed');
    const settled = answered('consent').chart;
    expect(deliver(itemConcept, settled, override)).toEqual({ chart: settled, emitted: [], refused: null });
  });

  test('[I6 C11] a client says that they have moved: the answer is gone', () => {
    const { chart } = deliver(
      itemConcept,
      answered('location').chart,
      { type: 'item.reopen', item: 'location' },
      { by: actor('c1') },
    );
    expect(chart.value).toBe('open');
    expect(chart.context).toMatchObject({ answer: null, answerRef: null });
  });

  test('[I6 A12] consent that is taken back is no answer any more', () => {
    const { chart } = deliver(itemConcept, answered('consent').chart, {
      type: 'consent.withdrawn',
      rules: [],
      subject: null,
    });
    expect([chart.value, isSettled(chart)]).toEqual(['declined', false]);
  });
});

describe('answers that grow old', () => {
  const event = (
    type: 'item.answered' | 'item.reopened' | 'crisis.opened' | 'call.movedToVideo',
    id = 'location',
  ) => ({ type, rules: [], subject: { kind: 'item', id } }) as const;
  const joined = (device: string) => ({ type: 'device.joined', person: 'c1', device }) as const;

  test.each(['item.answered', 'item.reopened', 'crisis.opened'] as const)(
    '[I7 H04 A28] %s of the place asks to read it back again',
    (type) => {
      expect(itemConcept.concerns(event(type), session)).toEqual(
        type === 'crisis.opened' ? ['locationConfirmed'] : ['locationConfirmed', 'localRoute'],
      );
      const { chart, emitted } = deliver(itemConcept, answered('locationConfirmed').chart, event(type));
      expect([chart.value, isSettled(chart)]).toEqual(['expired', false]);
      expect(emitted).toMatchObject([{ type: 'item.expired', subject: { id: 'locationConfirmed' } }]);
    },
  );

  test('[I7] another item that is answered leaves the place alone', () => {
    expect(itemConcept.concerns(event('item.answered', 'identity'), session)).toEqual([]);
  });

  test('[I8 A11] another device of the client asks for privacy again; the same one, or a reload, does not', () => {
    expect(itemConcept.concerns(joined('d1'), session)).toEqual(['clientPrivacy']);
    expect(itemConcept.concerns({ ...joined('d1'), person: 'p1' }, session)).toEqual([]);
    const first = deliver(itemConcept, aChart(itemConcept, 'clientPrivacy'), joined('d1')).chart;
    const told = deliver(itemConcept, first, confirmed('clientPrivacy')).chart;
    expect(isSettled(deliver(itemConcept, told, joined('d1')).chart)).toBe(true);
    const other = deliver(itemConcept, told, joined('d2'));
    expect([other.chart.value, other.emitted.length]).toEqual(['expired', 1]);
    const again = deliver(itemConcept, other.chart, confirmed('clientPrivacy')).chart;
    expect(isSettled(deliver(itemConcept, again, joined('d2')).chart)).toBe(true);
  });

  test('[I8] the move back to video asks for privacy again', () => {
    expect(
      deliver(itemConcept, answered('clientPrivacy').chart, event('call.movedToVideo')).chart.value,
    ).toBe('expired');
  });

  test('[I7] what is not answered cannot grow old', () => {
    const chart = aChart(itemConcept, 'locationConfirmed');
    expect(deliver(itemConcept, chart, event('crisis.opened'))).toEqual({
      chart,
      emitted: [],
      refused: null,
    });
  });
});
