import type { StaffRole } from './actors.js';
import type { Id, Instant } from './ids.js';

/**
 * What the authority does after a step, as data. Each has a deterministic `id`: doing it twice changes nothing (H09).
 * The result comes back as a fact.
 */
export type Effect =
  /** Alert one named person of the service's staff. `attempt` counts repeats after exhaustion. */
  | {
      readonly kind: 'alert';
      readonly id: Id;
      readonly alert: Id;
      readonly person: Id;
      readonly cause: AlertCause;
      readonly client: Id | null;
      readonly run: Id | null;
      readonly attempt: number;
      readonly atMs: Instant;
    }
  /** Tell one named person that an alert needs nobody any more. */
  | {
      readonly kind: 'alertStoodDown';
      readonly id: Id;
      readonly alert: Id;
      readonly person: Id;
      readonly atMs: Instant;
    }
  /** The session is closed: end the room, forget the vault once the host has taken what it keeps. */
  | { readonly kind: 'closeRoom'; readonly id: Id; readonly atMs: Instant }
  /** Have the host's recorder begin, or end, this take (1, 2, 3 …). Both grants are there when it begins (E15, H06). */
  | {
      readonly kind: 'startRecording' | 'stopRecording';
      readonly id: Id;
      readonly take: number;
      readonly atMs: Instant;
    };

/** Every reason for which the software alerts the duty role. Closed: a host may word each of them. */
export const ALERT_CAUSES = [
  'riskActive',
  'practitionerGone',
  'practitionerLeft',
  'clientLeftAtRisk',
  'decidingSilent',
  'actSilent',
  'wordMissing',
  'phoneSilent',
  'helpAsked',
  'helpSilent',
  'exitAtRisk',
  'escalation',
  'safeguarding',
  'discreetSignal',
  'privacySilent',
  'privacy',
  'consult',
] as const;
/** Why the duty role is alerted. */
export type AlertCause = (typeof ALERT_CAUSES)[number];

/**
 * Whose list an alert of this cause walks; what is not here walks the duty list. When a list of others is used up, or
 * empty, the duty list follows: an alert never ends in nobody (H22).
 */
export const ALERT_LISTS: Readonly<Partial<Record<AlertCause, StaffRole>>> = {
  safeguarding: 'safeguardingLead',
  privacy: 'safeguardingLead',
};
