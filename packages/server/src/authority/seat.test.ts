import { Id } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { inputIdOf } from './seat.js';

test('[H09] inputs of two people are never kept under one id, wherever their own ids have dots', () => {
  expect(inputIdOf('a', 'b.c')).not.toBe(inputIdOf('a.b', 'c'));
  expect(inputIdOf('a', '1.b')).not.toBe(inputIdOf('a.1', 'b'));
});

test('[H09] the longest id of the longest person is kept under an id of its own', () => {
  const person = 'p'.repeat(40);
  const ids = ['a', 'b'].map((last) => inputIdOf(person, 'i'.repeat(159) + last));
  expect(ids.map((id) => Id.safeParse(id).success)).toEqual([true, true]);
  expect(new Set(ids).size).toBe(2);
});
