import { Disposition, ProtocolEvent, STAFF_ROLES } from '@holdfast/protocol';
import { clientOf, practitionerOf, project, runOf, stateName } from '@holdfast/session/authority';
import {
  unsettled,
  uninvited,
  overheard,
  unguarded,
  unsupervised,
  unreasoned,
  restless,
  abandoned,
  ownerless,
  unplanned,
  barred,
} from './pathway-invariants.js';
import { alertDeadlines, IN_SESSION, value, type Seen } from './seen.js';

/** An open run has an owner among the people, and something that will happen by itself if nobody acts. */
export function unowned({ session }: Seen): string | null {
  const client = clientOf(session);
  const run = runOf(session, client);
  if (run === null || run.state === 'none') return null;
  const people = session.people.filter((person) => person.role !== 'client').map((person) => person.id);
  if (run.context.owner === null || !people.includes(run.context.owner))
    return `run without an owner: ${String(run.context.owner)}`;
  const own = Object.values(run.context.deadlines);
  const contact = session.charts[`contact:${client}`];
  const coming = contact?.value === 'returning' ? Object.values(contact.context.deadlines) : [];
  // Of this run, or of a practitioner who is not there; a call for someone or a crisis says nothing of the run.
  const absence = `${practitionerOf(session)}.a`;
  const told = alertDeadlines(session, (about) => about === run.context.run || about.startsWith(absence));
  if ([...own, ...coming, ...told].length > 0) return null;
  return `run without a deadline: ${JSON.stringify(run.parts)}`;
}

/** Lost contact has a run while the session lasts; so does nothing else that is lost. */
export function unattended({ session }: Seen): string | null {
  const client = clientOf(session);
  const isLost =
    value(session, `contact:${client}`) === 'lost' &&
    IN_SESSION.includes(value(session, 'lifecycle:session'));
  return isLost && runOf(session, client)?.state === 'none' ? 'contact is lost and no run is open' : null;
}

/** Who asked for someone is never left without a clock, or a person who took it. */
export function unanswered({ session }: Seen): string | null {
  const client = clientOf(session);
  if (value(session, `help:${client}`) !== 'asked') return null;
  const own = Object.values(session.charts[`help:${client}`]?.context.deadlines ?? {});
  const told = alertDeadlines(session, (about) => about.startsWith(`${client}.h`));
  return own.length + told.length > 0 ? null : 'a call for someone without a deadline';
}

/** No deadline is left behind: what was due has fired, unless it is held. */
export function overdue({ session, nowMs }: Seen): string | null {
  const client = clientOf(session);
  // Contact that is coming back holds a step for the 5 s in which a device says so, and no longer (L13, R1).
  const isReturning =
    value(session, `contact:${client}`) === 'returning' &&
    session.charts[`contact:${client}`]?.context.deadlines['recovered'] !== undefined;
  const isHeld = isReturning || (session.heldUntilMs ?? 0) > nowMs;
  for (const [key, chart] of Object.entries(session.charts)) {
    for (const [name, atMs] of Object.entries(chart.context.deadlines)) {
      if (atMs <= nowMs && !(isHeld && (key.startsWith('run:') || (session.heldUntilMs ?? 0) > nowMs))) {
        return `${key} ${name} was due at ${atMs}`;
      }
    }
  }
  return null;
}

/** Never a step twice: each attempt, each alert, each run, each effect has happened once. */
export function repeated({ events, effects }: Seen): string | null {
  const once = ['run.opened', 'run.ended', 'alert.sent'];
  const keys = events.flatMap((event) => {
    if (once.includes(event.kind)) return [`${event.kind} ${String(event.subject?.id)}`];
    if (event.kind === 'phoning.attemptDue')
      return [`${event.kind} ${String(event.subject?.id)} ${String(event.details['attempt'])}`];
    return [];
  });
  const known = new Set<string>();
  for (const key of [...keys, ...effects.map((effect) => effect.id)]) {
    if (known.has(key)) return `twice: ${key}`;
    known.add(key);
  }
  return null;
}

/** Runs follow each other, and each ends as something that a run may end as. */
export function badEnd({ events }: Seen): string | null {
  let open: string | null = null;
  for (const { kind, subject, outcome, actor } of events) {
    if (kind === 'run.opened') {
      if (open !== null) return `${String(subject?.id)} opened in ${open}`;
      open = subject?.id ?? null;
    }
    if (kind !== 'run.ended') continue;
    if (subject?.id !== open) return `${String(subject?.id)} ended, open was ${String(open)}`;
    open = null;
    const isSaid = Disposition.safeParse(outcome).success;
    if (!isSaid && !['together', 'byPhone', 'left'].includes(String(outcome)))
      return `ended as ${String(outcome)}`;
    if (isSaid && actor.person === null) return 'a disposition by nobody';
  }
  return null;
}

/** The software names nobody but the policy's staff. */
export function stranger({ session, effects }: Seen): string | null {
  const staff = STAFF_ROLES.flatMap((role) => session.policy.staff[role].map((entry) => entry.person));
  const named = effects.flatMap((effect) => ('person' in effect ? [effect.person] : []));
  return named.find((person) => !staff.includes(person)) ?? null;
}

/** H05, H03: what was marked unsafe is neither chosen nor rung. */
export function unsafe({ events }: Seen): string | null {
  let isContactAgreed = false;
  for (const event of events) {
    if (event.subject?.id === 'emergencyContact')
      isContactAgreed = event.kind === 'item.answered' && event.outcome === 'confirmed';
    if (event.kind === 'deciding.decided' && event.outcome === 'ringEmergencyContact' && !isContactAgreed) {
      return 'the emergency contact was chosen without being agreed';
    }
  }
  return null;
}

/** Plain JSON without loss, and events as the schema has them: ids and codes only. */
export function malformed({ session, events }: Seen): string | null {
  if (JSON.stringify(JSON.parse(JSON.stringify(session))) !== JSON.stringify(session))
    return 'the session is not plain JSON';
  for (const event of events) {
    const parsed = ProtocolEvent.safeParse(event);
    if (!parsed.success)
      return `${event.kind}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`;
  }
  return null;
}

/** A practitioner who is away while a run is open has been made known to the duty role in time. */
export function unmissed({ session }: Seen): string | null {
  const practitioner = session.charts[`presence:${practitionerOf(session)}`];
  const run = runOf(session, clientOf(session));
  if (practitioner === undefined || run === null || run.state === 'none') return null;
  if (!['gone', 'left', 'exited'].includes(stateName(practitioner.value))) return null;
  const { isMissed, deadlines } = practitioner.context as unknown as {
    isMissed: boolean;
    deadlines: Record<string, number>;
  };
  if (isMissed || deadlines['missing'] !== undefined) return null;
  return 'the practitioner is away, a run is open, and nobody will be told';
}

/** A part that is open was opened once more than it ended, and no other part's move takes it away. */
export function dropped({ session, events }: Seen): string | null {
  const run = runOf(session, clientOf(session));
  if (run === null || run.parts === null) return null;
  const count = (kind: string): number =>
    events.filter((event) => event.kind === kind && event.subject?.id === run.context.run).length;
  for (const [part, isOpen] of [
    ['reconnecting', run.parts.reconnecting === 'waiting'],
    ['phoning', run.parts.phoning === 'attempting'],
  ] as const) {
    const open = count(`${part}.opened`) - count(`${part}.ended`);
    if (open !== (isOpen ? 1 : 0))
      return `${part}: opened ${open} times more than ended, is ${run.parts[part]}`;
  }
  const { wait } = run.context.deadlines;
  const dueAtMs = Number(run.context.lastContactMs) + session.policy.durations.reconnectWaitMs;
  if (wait !== undefined && wait !== dueAtMs) return `the wait ends at ${wait} and not at ${dueAtMs}`;
  const clocks = { reconnecting: 'wait', phoning: 'attempt' } as const;
  if (run.parts.reconnecting === 'waiting' && run.context.deadlines[clocks.reconnecting] === undefined)
    return 'reconnecting without its clock';
  if (run.parts.phoning === 'attempting' && run.context.deadlines[clocks.phoning] === undefined)
    return 'phoning without its clock';
  return null;
}

/** By phone is contact: an open run counts the client as there, and its decision can be stood down (P13). */
export function mistaken({ session }: Seen): string | null {
  const client = clientOf(session);
  const run = runOf(session, client);
  const isPhoned = value(session, `contact:${client}`) === 'byPhone' && run !== null && run.state !== 'none';
  return isPhoned && !run.context.isBack ? 'by phone, and the run looks for the client' : null;
}

const RISKY = ['riskActive', 'exitAtRisk', 'clientLeftAtRisk', 'practitionerLeft'];

/** With risk active a client who is out has somebody who decides, a duty role that knows, and is rung where that may be. */
export function unheeded({ session, events }: Seen): string | null {
  const client = clientOf(session);
  const run = runOf(session, client);
  if (value(session, `risk:${client}`) !== 'active' || run === null || run.parts === null) return null;
  const { context, parts } = run;
  if (context.isBack || context.outcome !== null || context.run === null) return null;
  if (parts.deciding === 'idle') return 'risk is active, the client is out, and nobody decides';
  // Whoever is told that the practitioner has left knows of the risk: while that alert stands, and in what it was about.
  const leftSince = events
    .slice(events.findLastIndex(({ kind }) => kind === 'run.ended') + 1)
    .some(({ kind, subject }) => kind === 'alert.sent' && subject?.id.includes('.practitionerLeft.'));
  const isTold = Object.entries(session.charts).some(
    ([key, chart]) =>
      RISKY.some((cause) => key.includes(`.${cause}.`)) &&
      (key.startsWith(`alert:${String(context.run)}.`) ||
        (key.includes('.practitionerLeft.') && (leftSince || chart.value !== 'stoodDown'))),
  );
  if (!isTold) return 'risk is active, the client is out, and the duty role was not told';
  const care = project(session, practitionerOf(session));
  const mayPhone = care?.role === 'practitioner' && care.care.mayPhone;
  const opened = events.findLastIndex((event) => event.kind === 'run.opened');
  const isNumberNew = events
    .slice(opened)
    .some(
      ({ subject }) => subject?.kind === 'item' && ['callBackNumber', 'backUpChannel'].includes(subject.id),
    );
  const isByChoice = context.cause === 'exit' || context.cause === 'leftAtRisk';
  const isOut = value(session, `contact:${client}`) === 'lost' && !isByChoice && !isNumberNew;
  return isOut && mayPhone && parts.phoning === 'idle' ? 'risk is active, and nobody rings' : null;
}

/** Who asked for someone was answered before the session was closed (G8, H4). */
export function unheard({ session, events }: Seen): string | null {
  if (value(session, 'lifecycle:session') !== 'closed') return null;
  const closed = events.findIndex(({ kind }) => kind === 'session.closed');
  const before = events.slice(0, closed);
  const answered = before.flatMap(({ kind, details }) =>
    kind === 'help.answered' ? [details['about']] : [],
  );
  const open = before.find(
    ({ kind, details }) => kind === 'help.asked' && !answered.includes(details['about']),
  );
  return open === undefined ? null : `closed, and nobody answered ${String(open.details['about'])}`;
}

/** Each recording begins with both grants there, and whatever takes one of them away ends it (H06). */
export function unagreed({ session, events }: Seen): string | null {
  const grants = new Set<string | null>();
  for (const { kind, outcome } of events) {
    if (kind === 'recording.granted') grants.add(outcome);
    if (kind === 'recording.withdrawn') grants.delete(outcome);
    if (kind === 'recording.asked' && grants.size < 2) return 'recorded without two grants';
  }
  const isOver = ['closing', 'closed'].includes(value(session, 'lifecycle:session'));
  const isRunning = value(session, 'recording:session') === 'running';
  if (isRunning && grants.size < 2) return 'it is recorded, and a grant was taken back';
  return isRunning && isOver ? 'it is recorded after the end' : null;
}

/** What must hold of the session as it is now. */
const NOW = {
  unowned,
  dropped,
  unattended,
  unanswered,
  overdue,
  unmissed,
  mistaken,
  overheard,
  unguarded,
  ownerless,
};
/** What must hold of everything that came out so far. */
const SO_FAR = {
  abandoned,
  barred,
  unplanned,
  unheeded,
  unheard,
  unsettled,
  uninvited,
  unsupervised,
  unreasoned,
  restless,
  repeated,
  badEnd,
  stranger,
  unsafe,
  unagreed,
  malformed,
};

const firstOf = (
  checks: Readonly<Record<string, (seen: Seen) => string | null>>,
  seen: Seen,
): string | null => {
  for (const [name, check] of Object.entries(checks)) {
    const found = check(seen);
    if (found !== null) return `${name}: ${found}`;
  }
  return null;
};

/** The first thing that is wrong with the session as it is, or null. Quick: for every beat of a simulation. */
export const wrongNow = (seen: Seen): string | null => firstOf(NOW, seen);

/** The first thing that is wrong with it or with its record, or null. */
export const wrong = (seen: Seen): string | null => firstOf({ ...NOW, ...SO_FAR }, seen);

/** How many things are looked at. */
export const INVARIANTS = Object.keys({ ...NOW, ...SO_FAR }).length;
