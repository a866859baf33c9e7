import type { FellowReport, Id } from '@holdfast/protocol';
import { fellowReport, meetingOf } from '@holdfast/session/authority';
import type { Desk } from './desk.js';

export interface MeetingsOptions {
  readonly othersOf: (desk: Desk) => readonly Desk[];
  /** Somebody of this session may have lost their media, or may have it now. */
  readonly onChanged: (desk: Desk) => void;
  readonly onProblem: () => void;
}

/**
 * Carries between the sessions of one joint meeting what each may know of another's client (J14). Who may be in the room
 * does not wait for it (`mayBeInMeeting`): it is what screens and charts go by.
 */
export class Meetings {
  readonly #options: MeetingsOptions;

  constructor(options: MeetingsOptions) {
    this.#options = options;
  }

  /** A session has changed: the others are told what is new to them. Returns at once. */
  changed(desk: Desk): void {
    if (desk.live.session.appointment.meeting === undefined) return;
    for (const other of this.#options.othersOf(desk)) {
      this.#tell(desk, other);
      this.#tell(other, desk);
      this.#options.onChanged(other);
    }
  }

  /** Told again until it is known: a report that changes nothing leaves nothing. */
  #tell(of: Desk, to: Desk): void {
    const fellow = of.client?.id;
    const reader = to.client?.id;
    if (fellow === undefined || reader === undefined) return;
    const report = fellowReport(of.live.latest, reader);
    if (report === null || isKnown(to, fellow, report)) return;
    to.state({ type: 'meeting.fellowChanged', fellow, ...report }).catch(() => this.#options.onProblem());
  }
}

function isKnown({ live }: Desk, fellow: Id, { isInside, agrees, alone }: FellowReport): boolean {
  const known = meetingOf(live.latest)?.context.fellows[fellow];
  return (
    known === undefined || (known.isInside === isInside && known.agrees === agrees && known.alone === alone)
  );
}
