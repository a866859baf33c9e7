import type { Id, Instant } from '@holdfast/protocol';
import type { PresenceContext, PresenceEvent } from './presence.machine.js';

/** One path on which a person is, or was, known to be there: a device of theirs, or media that reaches the other side. */
export interface Proof {
  readonly lastMs: Instant;
  readonly isHeard: boolean;
}
export type Evidence = Readonly<Record<string, Proof>>;

/** Media that arrives at the other side's device is proof of life of its own (rule P1). */
const witnessKey = (device: Id): string => `media:${device}`;

const heard = (evidence: Evidence, key: string, lastMs: Instant): Evidence => ({
  ...evidence,
  [key]: { lastMs, isHeard: true },
});

const silent = (evidence: Evidence, key: string, lastMs: Instant): Evidence => {
  const before = evidence[key];
  return before === undefined
    ? evidence
    : { ...evidence, [key]: { lastMs: Math.max(before.lastMs, lastMs), isHeard: false } };
};

const allSilent = (evidence: Evidence, isConcerned: (key: string) => boolean): Evidence =>
  Object.fromEntries(
    Object.entries(evidence).map(([key, proof]) => [
      key,
      isConcerned(key) ? { ...proof, isHeard: false } : proof,
    ]),
  );

/** What is known of this person after an input. */
export function evidenceAfter({ person, evidence }: PresenceContext, event: PresenceEvent): Evidence {
  switch (event.type) {
    case 'device.joined':
      return heard(evidence, event.device, event.atMs);
    case 'device.heard':
      return heard(evidence, event.device, event.heardAtMs);
    case 'device.silent':
      return silent(
        evidence,
        event.person === person ? event.device : witnessKey(event.device),
        event.lastHeardAtMs,
      );
    case 'device.unloading':
      // The last media of a page that goes is no proof that its person stays.
      return event.person === person
        ? allSilent(silent(evidence, event.device, event.atMs), (key) => key.startsWith('media:'))
        : silent(evidence, witnessKey(event.device), event.atMs);
    case 'media.reported':
      // A device that speaks of media is itself heard.
      if (event.by.person === person) return heard(evidence, event.device, event.atMs);
      return event.state === 'up'
        ? heard(evidence, witnessKey(event.device), event.lastBothWaysAtMs)
        : silent(evidence, witnessKey(event.device), event.lastBothWaysAtMs);
    case 'person.left':
    case 'person.exited':
      return allSilent(evidence, (key) => key.startsWith('media:'));
    case 'server.started':
      return allSilent(evidence, () => true);
    default:
      return evidence;
  }
}

export const isProven = (evidence: Evidence): boolean =>
  Object.values(evidence).some((proof) => proof.isHeard);

/** The newest proof of life on any path, or null when there never was one. */
export const lastProofMs = (evidence: Evidence): Instant | null => {
  const all = Object.values(evidence).map((proof) => proof.lastMs);
  return all.length === 0 ? null : Math.max(...all);
};
