import type { MediaGrant } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { placeOf } from './place-of.js';

const encoded = (claims: object) => btoa(JSON.stringify(claims)).replaceAll('+', '-').replaceAll('/', '_');
const tokenOf = (claims: object, signature = 's') => `head.${encoded(claims)}.${signature}`;
const grant = (token: string, more: object = {}): MediaGrant => ({
  transport: 'livekit',
  room: 'r1',
  url: 'ws://host.example',
  token,
  ...more,
});

describe('[P17] a place in a room', () => {
  const place = placeOf(grant(tokenOf({ sub: 'p1', exp: 1 })));

  test('is the same for every token of that person, and another for another person, room or server', () => {
    expect(placeOf(grant(tokenOf({ sub: 'p1', exp: 2 }, 'other')))).toBe(place);
    const others = [
      placeOf(grant(tokenOf({ sub: 'c1', exp: 1 }))),
      placeOf(grant(tokenOf({ sub: 'p1' }), { room: 'r2' })),
      placeOf(grant(tokenOf({ sub: 'p1' }), { url: 'ws://other.example' })),
    ];
    expect(new Set([place, ...others]).size).toBe(4);
  });

  test.each(['first', 'a.b.c', 'a..c', `a.${btoa('null')}.c`, tokenOf({ sub: 7 })])(
    'of a token that names nobody (%s) is shared with no other',
    (token) => {
      expect(placeOf(grant(token))).toBe(placeOf(grant(token)));
      expect(placeOf(grant(token))).not.toBe(placeOf(grant(`${token}x`)));
    },
  );

  test('is not of another transport', () => {
    expect(() => placeOf({ transport: 'fake', room: 'r1' })).toThrow(
      expect.objectContaining({ code: 'wrong-grant' }),
    );
  });
});
