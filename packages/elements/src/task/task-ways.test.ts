import { expect, test } from 'vitest';
import { aChoice, aFlag, aTask } from '../testing/a-view.js';
import { waysOf } from './task-ways.js';

test('draws the fields that choices share once, before the buttons of those choices', () => {
  const alone = aFlag('alone', 'Alone?');
  const task = aTask({
    fields: [alone],
    choices: [
      aChoice({ id: 'a', fields: ['alone'] }),
      aChoice({ id: 'b', fields: [] }),
      aChoice({ id: 'c', fields: ['alone'] }),
    ],
  });
  const ways = waysOf(task).map(({ fields, choices }) => [fields.length, choices.map(({ id }) => id).join()]);
  expect(ways).toEqual([
    [1, 'a,c'],
    [0, 'b'],
  ]);
});
