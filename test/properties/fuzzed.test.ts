import { Beacon, Command } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { fuzz, judge } from '../fuzz/run.js';
import { PARSERS, type Parser } from '../fuzz/parsers.js';

const beacon = (): Parser => {
  const found = PARSERS.find(({ name }) => name === 'Beacon');
  if (found === undefined) throw new Error('no parser of beacons');
  return found;
};

describe('random input', () => {
  test('[H18][H25][R5] no parser throws or lets anything through that a second look calls wrong, nor does step', () => {
    for (const seed of [1, 2]) expect(fuzz(seed).faults).toEqual([]);
  });

  test('[R5] the same seed gives the same inputs', () => {
    expect(fuzz(7)).toEqual(fuzz(7));
  });

  test('proper input is accepted: every sample of every parser', () => {
    for (const parser of PARSERS)
      for (const sample of parser.samples)
        expect(`${parser.name} ${String(judge(parser, sample))}`).toMatch(/ true$/);
  });
});

describe('the second look', () => {
  const sample = { ...(beacon().samples[0] as object) };
  const lax = (parse: Parser['parse']): Parser => ({ ...beacon(), parse });

  test('sees a parser that lets an unknown key through', () => {
    const parser = lax((value) => ({ success: true, data: value }));
    expect(judge(parser, { ...sample, name: 'somebody' })).toBe('Beacon has the unknown key name');
  });

  test('sees a parser that throws, one that changes what it takes, and one that takes what is missing', () => {
    const throwing = lax(() => {
      throw new Error('no');
    });
    expect(judge(throwing, sample)).toMatch(/^throws/);
    expect(
      judge(
        lax(() => ({ success: true, data: { ...sample, id: 'other' } })),
        sample,
      ),
    ).toBe('what comes out is not what went in');
    const { id: _, ...rest } = sample as { id: string };
    expect(
      judge(
        lax((value) => ({ success: true, data: value })),
        rest,
      ),
    ).toBe('Beacon.id is no string');
  });

  test('tells a proper beacon from any other', () => {
    expect(judge(beacon(), sample)).toBe(true);
    expect(judge(beacon(), { ...sample, fact: 'person.alive' })).toBe(false);
    expect(Beacon.safeParse(sample).success).toBe(true);
    expect(Command.safeParse(sample).success).toBe(false);
  });
});
