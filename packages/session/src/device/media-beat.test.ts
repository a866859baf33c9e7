import { describe, expect, test } from 'vitest';
import { createMediaPulse } from './media-beat.js';

describe('heartbeats on the media path', () => {
  test('a heartbeat and its answer prove both directions', () => {
    const a = createMediaPulse('page-a');
    const b = createMediaPulse('page-b');
    expect(b.receive(a.next(1000, true, 500), 1040)).toEqual({ heardMeAgoMs: null, isVisible: true });
    expect(a.receive(b.next(1200, true, 500), 1240)).toEqual({ heardMeAgoMs: 160, isVisible: true });
  });

  test('one that was overtaken says nothing', () => {
    const a = createMediaPulse('page-a');
    const b = createMediaPulse('page-b');
    const [first, second] = [a.next(1000, true, 0), a.next(1500, true, 0)];
    b.receive(second, 1540);
    expect(b.receive(first, 1560)).toBeNull();
  });

  test('an echo that comes late is worth no more than the age of what it echoes', () => {
    const a = createMediaPulse('page-a');
    const b = createMediaPulse('page-b');
    b.receive(a.next(1000, true, 0), 1040);
    const stuck = b.next(1100, true, 0);
    expect(a.receive(stuck, 21_000)).toEqual({ heardMeAgoMs: 19_000, isVisible: true });
  });

  test('an echo of an earlier page load is no proof for this one', () => {
    const before = createMediaPulse('page-a1');
    const reloaded = createMediaPulse('page-a2');
    const b = createMediaPulse('page-b');
    b.receive(before.next(1000, true, 0), 1040);
    expect(reloaded.receive(b.next(1100, true, 0), 1140)?.heardMeAgoMs).toBeNull();
  });

  test('what is no heartbeat is not read as one', () => {
    const a = createMediaPulse('page-a');
    expect(a.receive(new TextEncoder().encode('{"page":"x"}'), 0)).toBeNull();
    expect(a.receive(new Uint8Array([1, 2, 3]), 0)).toBeNull();
    expect(a.receive(new Uint8Array(24), 0)).toBeNull();
    expect(a.receive(a.next(0, true, 0), 0)).toBeNull();
  });

  test('takes 24 bytes, so that the backlog of an outage fits in one packet', () => {
    const a = createMediaPulse('page-a');
    a.receive(createMediaPulse('page-b').next(0, true, 0), 1);
    expect(a.next(1_700_000_000_000, false, 99_999_999).byteLength).toBe(24);
  });

  test('is read from the middle of a larger buffer, as transports hand it over', () => {
    const [a, b] = [createMediaPulse('page-a'), createMediaPulse('page-b')];
    const beat = a.next(1000, false, 0);
    const around = new Uint8Array(40);
    around.set(beat, 7);
    expect(b.receive(around.subarray(7, 31), 1040)).toEqual({ heardMeAgoMs: null, isVisible: false });
  });
});
