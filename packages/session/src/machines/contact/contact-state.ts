import type { Id, Instant } from '@holdfast/protocol';
import type { Heard, Passed, Said, Stated } from '../../step/concept.js';
import type { MediaReports } from './media-evidence.js';
import type { Outage } from './outages.js';
import type { Unsettled } from './unsettled.js';

export interface ContactContext {
  readonly client: Id;
  readonly reports: MediaReports;
  /** Last instant of contact: the run's clock starts here, not when the loss was noticed. */
  readonly lastContactMs: Instant | null;
  /** The last page that went away, and until when silence may be its reload: or until it has media again. */
  readonly reload: { readonly person: Id; readonly untilMs: Instant } | null;
  /**
   * From a page that went, or from the first contact, until media was up for long enough: meanwhile the client is shown
   * what media says and not where the ladder is, whose clocks for such a page tell of risk (V1).
   */
  readonly unsettled: Unsettled | null;
  readonly reassessUntilMs: Instant | null;
  /** Outages that are over, and since when the present one lasts. */
  readonly outages: readonly Outage[];
  readonly outageFromMs: Instant | null;
  /** People who left on purpose and did not come back yet. */
  readonly apartBy: readonly Id[];
  /** Media was ended for good: the session is closing, or consent was taken back. */
  readonly isOver: boolean;
  /** Counts phone calls, and checks in the present one. */
  readonly leg: number;
  readonly check: number;
  /** Who has the phone call, or had the last one: who reached the client, or said that they are still talking. */
  readonly caller: Id | null;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

export type ContactEvent =
  | Stated<'media.reported' | 'device.silent' | 'device.unloading' | 'server.started'>
  | Said<'call.cut' | 'call.stillTogether' | 'call.moveToVideo'>
  | Passed
  | Heard<
      | 'person.suspected'
      | 'person.alive'
      | 'person.left'
      | 'person.exited'
      | 'risk.raised'
      | 'phoning.recorded'
      | 'channel.reached'
      | 'run.ended'
      | 'session.ending'
      | 'consent.withdrawn'
      | 'session.closed'
      | 'lead.changed'
      | 'meeting.setApart'
      | 'meeting.broughtIn'
    >;

export interface Args {
  readonly context: ContactContext;
  readonly event: ContactEvent;
}

/** Stands among those who went on purpose while the client waits outside of a joint meeting (J17). */
export const MEETING = 'meeting';
