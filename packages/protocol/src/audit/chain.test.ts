import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '../events/event.js';
import { canonicalJson } from './canonical-json.js';
import { FIRST_HASH, chainEvent, hashOf, verifyChain } from './chain.js';

const anEvent = (
  sequence: number,
  over: Partial<AuditEvent> = {},
): Omit<AuditEvent, 'hash' | 'prevHash'> => ({
  kind: 'contact.lost',
  rules: ['P3'],
  subject: { kind: 'client', id: 'c1' },
  actor: { person: null, role: null, source: 'clock', device: null },
  occurredAtMs: 1_000 + sequence,
  saidAtMs: null,
  cause: `i${sequence}`,
  from: 'suspected',
  to: 'lost',
  outcome: null,
  details: { sinceMs: 1_000 },
  schemaVersion: 1,
  id: `e${sequence}`,
  tenant: 't1',
  session: 's1',
  sequence,
  recordedAtMs: 1_001 + sequence,
  policy: { id: 'reference', version: 'v1', hash: hashOf({}) },
  drill: false,
  ...over,
});

const aChain = (length: number, session = 's1'): AuditEvent[] => {
  const chain: AuditEvent[] = [];
  for (let sequence = 1; sequence <= length; sequence += 1) {
    chain.push(chainEvent(anEvent(sequence, { session }), chain.at(-1)?.hash ?? FIRST_HASH));
  }
  return chain;
};
const asLines = (events: readonly AuditEvent[]): string[] => events.map((event) => JSON.stringify(event));

describe('the record of events', () => {
  test('[A02] a whole record verifies, with sessions mixed in one file', () => {
    const [a, b] = [aChain(3, 's1'), aChain(2, 's2')];
    const mixed = [a[0], b[0], a[1], a[2], b[1]] as AuditEvent[];
    expect(verifyChain(asLines(mixed))).toEqual({ events: 5, sessions: 2, fault: null });
  });

  test('[A02] any altered field, missing, doubled or swapped line is found, at its line', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }),
        fc.nat(),
        fc.constantFrom('alter', 'remove', 'double', 'swap'),
        (length, at, how) => {
          const lines = asLines(aChain(length));
          const index = at % (length - 1);
          const broken = [...lines];
          if (how === 'alter') broken[index] = (lines[index] ?? '').replace('"lost"', '"together"');
          if (how === 'remove') broken.splice(index, 1);
          if (how === 'double') broken.splice(index, 0, lines[index] ?? '');
          if (how === 'swap')
            [broken[index], broken[index + 1]] = [lines[index + 1] ?? '', lines[index] ?? ''];
          const { fault } = verifyChain(broken);
          expect(fault?.line).toBe(how === 'double' ? index + 2 : index + 1);
        },
      ),
    );
  });

  test('[A02] a torn last line is named', () => {
    const lines = asLines(aChain(3));
    lines[2] = (lines[2] ?? '').slice(0, 80);
    expect(verifyChain(lines).fault).toEqual({ line: 3, sentence: expect.stringContaining('not JSON') });
  });

  test('[H18] an event with a field that is not in the schema, or with words in its details, is refused', () => {
    const extra = { ...aChain(1)[0], note: 'x' };
    expect(verifyChain([JSON.stringify(extra)]).fault?.line).toBe(1);
    const words = chainEvent(anEvent(1, { details: { said: 'two words' } }), FIRST_HASH);
    expect(verifyChain(asLines([words])).fault?.sentence).toContain('details');
  });

  test('canonical JSON: key order never changes the bytes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
