import { describe, expect, test } from 'vitest';
import type { Field } from '@holdfast/session';
import { aChoice, aFlag, aTask, sentence } from '../testing/a-view.js';
import { fillCommand } from './fill-command.js';

const number: Field = {
  kind: 'personal',
  name: 'callBackNumber',
  label: sentence('Number'),
  required: true,
  input: 'tel',
  current: null,
};
const choice = aChoice({
  command: { type: 'item.answer', item: 'callBackNumber', answer: 'confirmed' },
  fields: ['callBackNumber', 'safeToRing', 'safeToLeaveMessage'],
});
const task = aTask({
  fields: [number, aFlag('safeToRing', 'Ring?'), aFlag('safeToLeaveMessage', 'Message?', false)],
  choices: [choice],
});

describe('fillCommand', () => {
  test('[H13] names what is not answered instead of assuming an answer', () => {
    expect(fillCommand(task, choice, {}, 0)).toEqual({
      isReady: false,
      missing: ['callBackNumber', 'safeToRing'],
    });
    expect(fillCommand(task, choice, { callBackNumber: '  ', safeToRing: true }, 0)).toEqual({
      isReady: false,
      missing: ['callBackNumber'],
    });
  });

  test('[H18] puts words into the vault part and only yes or no into the command', () => {
    expect(fillCommand(task, choice, { callBackNumber: ' 555 0100 ', safeToRing: false }, 0)).toEqual({
      isReady: true,
      command: {
        type: 'item.answer',
        item: 'callBackNumber',
        answer: 'confirmed',
        flags: { safeToRing: false },
      },
      personal: { callBackNumber: '555 0100' },
    });
  });

  test('[H13] a flag that may stay open and was not answered is not sent', () => {
    const filled = fillCommand(task, choice, { callBackNumber: '555', safeToRing: true }, 0);
    expect(filled.isReady && filled.command).not.toHaveProperty('flags.safeToLeaveMessage');
  });

  test('[WCAG 3.3.7] words that are known already count without being typed again', () => {
    const known = { ...task, fields: [{ ...number, current: '555 0101' }, ...task.fields.slice(1)] };
    const filled = fillCommand(known, choice, { safeToRing: true }, 0);
    expect(filled).toMatchObject({ isReady: true, personal: { callBackNumber: '555 0101' } });
  });

  test('[H13] several of a list: what was chosen, and nothing that was not', () => {
    const record = aChoice({
      command: {
        type: 'disclosure.record',
        client: 'c1',
        to: 'police',
        categories: ['care'],
        rationaleRef: 'note-1',
      },
      fields: ['categories'],
    });
    const options = ['place', 'risk'].map((value) => ({ value, label: sentence(value) }));
    const kinds: Field = {
      kind: 'choices',
      name: 'categories',
      label: sentence('What?'),
      options,
      required: true,
    };
    const disclosure = aTask({ fields: [kinds], choices: [record] });
    expect(fillCommand(disclosure, record, {}, 0)).toEqual({ isReady: false, missing: ['categories'] });
    expect(fillCommand(disclosure, record, { categories: '' }, 0)).toMatchObject({ isReady: false });
    expect(fillCommand(disclosure, record, { categories: 'place risk' }, 0)).toMatchObject({
      isReady: true,
      command: { categories: ['place', 'risk'] },
    });
  });

  test('looks again at an instant on the session server’s clock', () => {
    const decide = aChoice({
      command: { type: 'ladder.decide', client: 'c1', run: 'c1.r1', decision: 'notNow' },
      fields: ['lookAgainAtMs'],
    });
    const options = [{ delayMs: 60_000, label: sentence('1 minute') }];
    const later: Field = {
      kind: 'lookAgain',
      name: 'lookAgainAtMs',
      label: sentence('When'),
      options,
      required: true,
    };
    expect(
      fillCommand(aTask({ fields: [later], choices: [decide] }), decide, { lookAgainAtMs: '60000' }, 1000.4),
    ).toEqual({
      isReady: true,
      command: {
        type: 'ladder.decide',
        client: 'c1',
        run: 'c1.r1',
        decision: 'notNow',
        lookAgainAtMs: 61_000,
      },
      personal: undefined,
    });
  });

  test('[H18] a reference that holds words about a person is not sent', () => {
    const lower = aChoice({
      command: { type: 'risk.lower', client: 'c1', reason: 'x' },
      fields: ['reason'],
    });
    const reason: Field = { kind: 'reference', name: 'reason', label: sentence('Reason'), required: true };
    const filled = fillCommand(
      aTask({ fields: [reason], choices: [lower] }),
      lower,
      { reason: 'she told me' },
      0,
    );
    expect(filled).toEqual({ isReady: false, missing: ['reason'] });
  });
});
