import { expect, test } from 'vitest';
import { actor, calm } from '../../testing/deliver.js';
import { evidenceAfter, isProven, lastProofMs, type Evidence } from './evidence.js';
import type { PresenceContext, PresenceEvent } from './presence.machine.js';

const proof = (lastMs: number, isHeard: boolean) => ({ lastMs, isHeard });
const known: Evidence = { a: proof(500, true), b: proof(300, false), 'media:w': proof(700, true) };
const after = (event: object, evidence: Evidence = known, by = 'p1') =>
  evidenceAfter(
    { person: 'c1', evidence } as PresenceContext,
    { ...event, atMs: 1000, saidAtMs: null, by: actor(by), now: calm } as PresenceEvent,
  );

test('[P1] a device that joins or is heard is proof from then on; the others stay as they were', () => {
  expect(after({ type: 'device.joined', person: 'c1', device: 'b' })).toEqual({
    ...known,
    b: proof(1000, true),
  });
  expect(after({ type: 'device.heard', person: 'c1', device: 'c', heardAtMs: 900 })).toEqual({
    ...known,
    c: proof(900, true),
  });
});

test('[P1][P2] silence keeps the newest instant, is of the own device or of the witness, and makes no new proof', () => {
  const silent = (person: string, device: string, lastHeardAtMs: number) =>
    after({ type: 'device.silent', person, device, lastHeardAtMs });
  expect(silent('c1', 'a', 600)).toEqual({ ...known, a: proof(600, false) });
  expect(silent('c1', 'a', 400)).toEqual({ ...known, a: proof(500, false) });
  expect(silent('c1', 'x', 400)).toEqual(known);
  expect(silent('p1', 'w', 800)).toEqual({ ...known, 'media:w': proof(800, false) });
  expect(silent('p1', 'a', 800)).toEqual(known);
});

test('[P1][P3] a page that goes takes the media of its person with it, and only the witness of anybody else', () => {
  expect(after({ type: 'device.unloading', person: 'c1', device: 'a' })).toEqual({
    ...known,
    a: proof(1000, false),
    'media:w': proof(700, false),
  });
  expect(after({ type: 'device.unloading', person: 'p1', device: 'w' })).toEqual({
    ...known,
    'media:w': proof(1000, false),
  });
});

test('[P1][P16] who speaks of media is heard; of the other side it is a witness', () => {
  const media = (device: string, state: 'up' | 'silent', by: string) =>
    after({ type: 'media.reported', client: 'c1', device, state, lastBothWaysAtMs: 900 }, known, by);
  for (const state of ['up', 'silent'] as const)
    expect(media('b', state, 'c1')).toEqual({ ...known, b: proof(1000, true) });
  expect(media('w2', 'up', 'p1')).toEqual({ ...known, 'media:w2': proof(900, true) });
  expect(media('w', 'silent', 'p1')).toEqual({ ...known, 'media:w': proof(900, false) });
  expect(media('w2', 'silent', 'p1')).toEqual(known);
});

test('[P4][P7] who leaves leaves no media behind; after a start of the session server nobody is heard', () => {
  for (const type of ['person.left', 'person.exited'])
    expect(after({ type, person: 'p1' })).toEqual({ ...known, 'media:w': proof(700, false) });
  expect(after({ type: 'server.started', unwatchedMs: 0 })).toEqual({
    a: proof(500, false),
    b: proof(300, false),
    'media:w': proof(700, false),
  });
  expect(after({ type: 'risk.raised', rules: [], subject: null })).toBe(known);
});

test('[P1][P2] proven by any path that is heard; the last proof is the newest of all paths', () => {
  expect([isProven({}), isProven({ a: proof(1, false) }), isProven(known)]).toEqual([false, false, true]);
  expect([lastProofMs({}), lastProofMs(known), lastProofMs({ a: proof(0, false) })]).toEqual([null, 700, 0]);
});
