import type { Id, Instant, Verdict } from '@holdfast/protocol';
import type { ContactEvent } from './contact-state.js';

/** The last that one person's device said of the media path between the two. */
export interface MediaReport {
  readonly device: Id;
  readonly state: 'up' | 'silent';
  /** Newest instant at which heartbeats went both ways. */
  readonly lastMs: Instant;
  readonly saidMs: Instant;
  readonly verdict: Verdict;
  /** The session server hears the device, so that silence would have been reported. */
  readonly isHeard: boolean;
}
export type MediaReports = Readonly<Record<Id, MediaReport>>;

/** One report for each person: a newer device that has media takes the place of the older (H01). */
export function reportsAfter(reports: MediaReports, event: ContactEvent): MediaReports {
  switch (event.type) {
    case 'media.reported': {
      const { device, state, verdict, atMs: saidMs, lastBothWaysAtMs: lastMs } = event;
      const person = event.by.person;
      // D3: what somebody hears who does not lead says nothing of contact.
      if (person === null || ![event.now.client, event.now.practitioner].includes(person)) return reports;
      const before = reports[person];
      // An older tab that lost its media says nothing of the tab that has it, for as long as that one is heard (R2).
      const isOther = before !== undefined && before.device !== device;
      if (state === 'silent' && isOther && before.state === 'up' && before.isHeard) return reports;
      return { ...reports, [person]: { device, state, lastMs, saidMs, verdict, isHeard: true } };
    }
    case 'device.silent':
    case 'device.unloading':
      return unheard(
        reports,
        event.device,
        event.type === 'device.silent' ? event.lastHeardAtMs : event.atMs,
      );
    case 'lead.changed':
      return Object.fromEntries(
        Object.entries(reports).filter(([person]) => person !== event.details?.['from']),
      );
    case 'server.started':
      return Object.fromEntries(
        Object.entries(reports).map(([person, report]) => [person, { ...report, isHeard: false }]),
      );
    default:
      return reports;
  }
}

/** While a device was heard and reported `up`, media was up: it would have said otherwise. */
const unheard = (reports: MediaReports, device: Id, lastHeardMs: Instant): MediaReports =>
  Object.fromEntries(
    Object.entries(reports).map(([person, report]) => {
      if (report.device !== device) return [person, report];
      const lastMs = report.state === 'up' ? Math.max(report.lastMs, lastHeardMs) : report.lastMs;
      return [person, { ...report, lastMs, isHeard: false }];
    }),
  );

/** Rule P8: contact holds while a heard device says so and none says otherwise more recently. */
export function isUp(reports: MediaReports): boolean {
  const heard = Object.values(reports).filter((report) => report.isHeard);
  const newestMs = Math.max(...heard.map((report) => report.saidMs));
  return heard.length > 0 && heard.every((report) => report.saidMs < newestMs || report.state === 'up');
}

/** The newest instant at which anyone knows that contact held. */
export const lastContactOf = (reports: MediaReports, before: Instant | null): Instant | null => {
  const all = Object.values(reports).map((report) => report.lastMs);
  if (before !== null) all.push(before);
  return all.length === 0 ? null : Math.max(...all);
};
