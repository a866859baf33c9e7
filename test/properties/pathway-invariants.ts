import { CrisisExit } from '@holdfast/protocol';
import { clientOf, practitionerOf, project, runOf } from '@holdfast/session/authority';
import { alertDeadlines, IN_SESSION, value, type Seen } from './seen.js';

/** S6: a safeguarding pathway ends by a person, after a decision, and no session is closed over one. */
export function unsettled({ events }: Seen): string | null {
  let isOpen = false;
  let isDecided = false;
  for (const { kind, outcome, actor } of events) {
    if (kind === 'safeguarding.opened' && outcome !== 'again' && outcome !== 'corrected')
      [isOpen, isDecided] = [true, false];
    if (kind === 'safeguarding.decided') isDecided = true;
    if (kind === 'safeguarding.settled') {
      if (actor.person === null || !isDecided)
        return 'safeguarding was settled without a person or a decision';
      isOpen = false;
    }
    if (kind === 'session.closed' && isOpen) return 'closed over an open safeguarding pathway';
  }
  return null;
}

/** N3: in a no-show nobody is rung before a person decides it or allows it, for as long as nobody had contact with the client. */
export function uninvited({ events }: Seen): string | null {
  let isMissing = false;
  for (const { kind, outcome } of events) {
    if (kind === 'run.opened') isMissing = outcome === 'noShow';
    const isDecided = kind === 'deciding.decided' && outcome === 'ringClientAgain';
    const isThere = ['attendance.arrived', 'contact.returning', 'contact.byPhone'].includes(kind);
    if (isDecided || isThere || kind === 'run.ringingAllowed') isMissing = false;
    if (isMissing && ['phoning.opened', 'reconnecting.opened'].includes(kind))
      return `${kind} in a no-show that nobody decided on`;
  }
  return null;
}

/** Where somebody may listen nobody is rung, unless a person allowed it in spite of that (Q6, H12). */
export function overheard({ session }: Seen): string | null {
  const client = clientOf(session);
  const run = runOf(session, client);
  if (value(session, `privacy:${client}`) === 'private' || run?.parts?.phoning !== 'attempting') return null;
  return run.context.ringingAllowed ? null : 'privacy is broken, and the client is rung';
}

/** A signal that nobody saw, and broken privacy, are never left without a clock (Q2, Q8); what is silent there is paused. */
export function unguarded({ session }: Seen): string | null {
  const client = clientOf(session);
  for (const [concept, open] of [
    ['signal', 'signalled'],
    ['privacy', 'compromised'],
  ] as const) {
    if (!value(session, `${concept}:${client}`).startsWith(open)) continue;
    const own = Object.values(session.charts[`${concept}:${client}`]?.context.deadlines ?? {});
    const told = alertDeadlines(session, (about) => about.startsWith(`${client}.${concept}`));
    if (own.length + told.length === 0) return `${concept} is ${open} without a deadline`;
  }
  const isSilent = ['compromised.paused', 'compromised.switchingChannel'].includes(
    value(session, `privacy:${client}`),
  );
  const isPaused = value(session, 'pause:session') === 'paused';
  const isOver = !IN_SESSION.includes(value(session, 'lifecycle:session'));
  if (isSilent && !isPaused && !isOver) return 'somebody may listen, and nothing is paused';
  const clock = session.charts['pause:session']?.context.deadlines['remind'];
  return isPaused && clock === undefined ? 'paused, and nobody will be reminded' : null;
}

/** A person had to act, acted before that was due, or gave no word in time (F2). */
const REACHED = ['phoning.opened', 'deciding.opened', 'deciding.actDue', 'deciding.acted', 'run.wordMissing'];

/** Each pathway that is over is owed a supervision, and only the policy's supervisors settle one (F3, A55). */
export function unsupervised({ session, events }: Seen): string | null {
  const supervisors = session.policy.staff.supervisor.map(({ person }) => person);
  const by = events.find(({ kind }) => kind === 'supervision.settled')?.actor.person;
  if (by !== undefined && !supervisors.includes(by ?? '')) return `supervision settled by ${String(by)}`;
  const reached = new Set(
    events.flatMap(({ kind, subject }) => (REACHED.includes(kind) ? [subject?.id ?? ''] : [])),
  );
  const owed = events.filter(
    ({ kind, subject }) =>
      ['crisis.resolved', 'privacy.resolved', 'safeguarding.settled'].includes(kind) ||
      (kind === 'run.ended' && reached.has(subject?.id ?? '')),
  ).length;
  const opened = events.filter(({ kind }) => kind === 'supervision.opened').length;
  return owed === opened ? null : `${owed} pathways are over, and ${opened} supervisions were opened`;
}

/** F9: the reasons that were handed over are given by whoever looks back. */
const isReasons = (kind: string, rules: readonly string[]): boolean =>
  kind === 'pathway.rationaleGiven' || (kind === 'followUp.settled' && rules.includes('F9'));

/**
 * F9: whatever was walked has its line with decision, decider, instant and reference, and a session is closed only when
 * each reference was given, or is owed by a named person with a date (A20).
 */
export function unreasoned({ events }: Seen): string | null {
  const reached = new Set(
    events.flatMap(({ kind, subject }) => (REACHED.includes(kind) ? [subject?.id ?? ''] : [])),
  );
  const over = events.filter(
    ({ kind, subject }) =>
      ['crisis.resolved', 'privacy.resolved', 'safeguarding.settled', 'alternative.owed'].includes(kind) ||
      (kind === 'run.ended' && reached.has(subject?.id ?? '')),
  ).length;
  const ended = events.filter(({ kind }) => kind === 'pathway.ended');
  const early = ended.filter(({ outcome }) => outcome === 'endedEarly').length;
  if (over !== ended.length - early)
    return `${over} pathways are over, and ${ended.length - early} have their line`;
  const closed = events.findIndex(({ kind }) => kind === 'session.closed');
  const before = events.slice(0, closed);
  for (const { subject, details } of closed < 0 ? [] : ended) {
    const id = subject?.id ?? '';
    const given = before.find((event) => event.kind === 'pathway.rationaleGiven' && event.subject?.id === id);
    const isDecided = details['decidedBy'] !== null && details['decidedAtMs'] !== null;
    if (given?.actor.person != null || (isDecided && details['rationaleRef'] !== null)) continue;
    const owed = before.find(
      (event) => event.kind === 'followUp.opened' && event.subject?.id === `why.${id}`,
    );
    const to = before.find(
      (event) => event.kind === 'followUp.handedOver' && event.subject?.id === `why.${id}`,
    );
    if (typeof owed?.details['dueOn'] !== 'number' || typeof to?.details['to'] !== 'string')
      return `closed, and nobody owes the reasons of ${id}`;
  }
  return null;
}

/** After the close nothing is recorded that would act: looking back, devices, and what is refused (G9, F3). */
export function restless({ events }: Seen): string | null {
  const closed = events.findIndex(({ kind }) => kind === 'session.closed');
  if (closed < 0) return null;
  const late = events
    .slice(closed + 1)
    .find(
      ({ kind, rules }) => /^(followUp|closing|pathway|checklist)\./.test(kind) && !isReasons(kind, rules),
    );
  return late === undefined ? null : `${late.kind} after the close`;
}

/** A crisis ends by a person, in one of the four ways, and handed over only by one who accepted it (C4; H21). */
export function abandoned({ session, events }: Seen): string | null {
  let open = false;
  let accepted = false;
  for (const { kind, outcome, actor } of events) {
    if (kind === 'crisis.opened') [open, accepted] = [true, false];
    if (kind === 'crisis.escalationOffered') accepted = false;
    if (kind === 'crisis.escalationAccepted') accepted = true;
    if (kind === 'session.closed' && open) return 'closed over an open crisis';
    if (kind !== 'crisis.resolved') continue;
    open = false;
    if (actor.person === null || actor.role === 'client') return 'a crisis ended by nobody of the staff';
    if (!CrisisExit.safeParse(outcome).success) return `a crisis ended as ${String(outcome)}`;
    if (outcome === 'handOverAccepted' && !accepted) return 'handed over to nobody';
  }
  const isOpen = value(session, `crisis:${clientOf(session)}`).startsWith('open');
  return isOpen === open ? null : 'a crisis ended without a word';
}

/** An open crisis is somebody's, and whoever was asked to take it is waited for by a clock, or has come (C7). */
export function ownerless({ session }: Seen): string | null {
  const client = clientOf(session);
  if (!value(session, `crisis:${client}`).startsWith('open')) return null;
  const care = project(session, practitionerOf(session));
  if (care?.role !== 'practitioner') return null;
  const { owner, escalation, joinedBy } = care.care.crisis;
  if (!session.people.some(({ id, role }) => id === owner && role !== 'client')) return 'a crisis of nobody';
  if (escalation === 'joined' && joinedBy === null) return 'nobody has joined';
  if (escalation !== 'offered') return null;
  const told = alertDeadlines(session, (about) => about.startsWith(`${client}.crisis`));
  return told.length > 0 ? null : 'a crisis was offered, and nothing waits for an answer';
}

/** A safety plan that a person asked for is looked at, review by review, before the session is closed (A13, I25). */
export function unplanned({ session, events }: Seen): string | null {
  const plan = value(session, `plan:${clientOf(session)}`);
  if (plan === 'due' && value(session, 'lifecycle:session') === 'closed')
    return 'closed, and the plan is owed';
  const raised = events.findLastIndex(({ kind }) => kind === 'plan.raised');
  if (raised === -1 || plan !== 'reviewed') return null;
  const reviews = events.slice(raised).filter(({ kind }) => kind === 'plan.reviewRecorded');
  const isBare = reviews.some(({ outcome, details }) => outcome === 'notDone' && details['reason'] === null);
  const names = new Set(reviews.map(({ details }) => details['review']));
  return names.size < 3 || isBare ? 'a plan counts as reviewed without three reviews or reasons' : null;
}

/** Nobody found not suitable for video was sent away without something as good instead (I11, A53). */
export function barred({ session, events }: Seen): string | null {
  const closed = events.findIndex(({ kind }) => kind === 'session.closed');
  if (closed < 0) return null;
  const told = events
    .slice(0, closed)
    .filter(
      ({ kind, subject }) =>
        kind === 'alternative.offered' || (kind === 'item.answered' && subject?.id === 'suitability'),
    );
  const owed = told.findLastIndex(({ outcome }) => outcome === 'notSuitable');
  const isOwed =
    owed >= 0 &&
    told.slice(owed).every(({ outcome }) => ['notSuitable', 'notSure'].includes(String(outcome)));
  const isOffered = told.some(({ kind }) => kind === 'alternative.offered');
  return isOwed && !isOffered ? `${session.id} is closed, and nothing was offered instead of video` : null;
}
