import type { Input, ProtocolEvent, Refusal } from '@holdfast/protocol';
import {
  clientOf,
  meetingOf,
  practitionerOf,
  stateName,
  type ChartState,
  type Session,
} from '@holdfast/session/authority';
import { ProtocolEvent as EventSchema } from '@holdfast/protocol';
import { circumstances } from '../../packages/session/src/step/circumstances.js';
import type { Emitted, Message } from '../../packages/session/src/step/concept.js';
import { INVARIANTS } from '../properties/invariants.js';

/** One input through `step`. */
export interface Moved {
  readonly before: Session;
  readonly input: Input;
  readonly session: Session;
  readonly events: readonly ProtocolEvent[];
  readonly refusal: Refusal | null;
}

type MoveCheck = (moved: Moved) => string | null;

const valueOf = (session: Session, key: string): string => {
  const chart = session.charts[key as keyof Session['charts']];
  return chart === undefined ? 'none' : stateName(chart.value);
};

/** Who or what is behind the step: a person, or only time and the software. */
const isByPerson = ({ input }: Moved): boolean => input.from.person !== null;

/** H21, A34: what waits for a person ends by a person. */
const closedByItself: MoveCheck = (moved) => {
  if (isByPerson(moved)) return null;
  const before = circumstances(moved.before).openPathways;
  const after = circumstances(moved.session).openPathways;
  const gone = before.find((pathway) => !after.includes(pathway));
  return gone === undefined ? null : `${gone} ended and nobody did it`;
};

/** G2: live only with a settled gate, or one that was passed with a reason. */
const liveUnsettled: MoveCheck = ({ events }) => {
  const live = events.find(({ kind }) => kind === 'session.wentLive');
  return live !== undefined && !['settled', 'overridden'].includes(String(live.outcome))
    ? `live with the gate ${String(live.outcome)}`
    : null;
};

/** G9: nothing leads out of closed. */
const openedAgain: MoveCheck = ({ before, session }) =>
  valueOf(before, 'lifecycle:session') === 'closed' && valueOf(session, 'lifecycle:session') !== 'closed'
    ? 'a closed session is open again'
    : null;

/** H21: not over an open run, an open crisis or another open pathway; nor over a call for someone. */
const closedOver: MoveCheck = ({ before, session }) => {
  if (valueOf(before, 'lifecycle:session') === 'closed' || valueOf(session, 'lifecycle:session') !== 'closed')
    return null;
  const { openRun, openPathways, isHelpAsked } = circumstances(session);
  const open = [...(openRun === null ? [] : [openRun]), ...openPathways, ...(isHelpAsked ? ['help'] : [])];
  return open.length === 0 ? null : `closed over ${open.join(', ')}`;
};

/** K1: only a person raises risk, and only a person lowers it. */
const riskByItself: MoveCheck = (moved) => {
  const key = `risk:${clientOf(moved.session)}`;
  const isMoved = valueOf(moved.before, key) !== valueOf(moved.session, key);
  return isMoved && !isByPerson(moved) ? 'risk changed and nobody said so' : null;
};

/** Each step that moves a chart leaves something in the record. */
const unrecorded: MoveCheck = ({ before, session, events }) => {
  if (events.length > 0) return null;
  const found = Object.keys(session.charts).find((key) => valueOf(before, key) !== valueOf(session, key));
  return found === undefined ? null : `${found} moved to ${valueOf(session, found)} without an event`;
};

/** R3: a refused command changes nothing but what was due anyway, and is on the record. */
const refusedInSilence: MoveCheck = ({ refusal, events }) =>
  refusal !== null && !events.some(({ kind }) => kind === 'input.refused')
    ? `refused with ${refusal.code} and not on the record`
    : null;

/** Everybody beside client and practitioner who may be heard: participants, and this client in a joint meeting. */
const admittedOf = ({ charts }: Session): readonly string[] =>
  Object.entries(charts).flatMap(([key, { value }]) =>
    value === 'admitted' || (key.startsWith('meeting:') && value === 'inside') ? [key] : [],
  );

/** J6, J15: who comes in, comes in by the practitioner's word. */
const letInByNobody: MoveCheck = ({ before, session, input }) => {
  const were = admittedOf(before);
  const found = admittedOf(session).find((key) => !were.includes(key));
  return found !== undefined && input.from.person !== practitionerOf(before)
    ? `${found} came in and the practitioner did not say so`
    : null;
};

const OPENING: readonly string[] = ['crisis.opened', 'safeguarding.opened', 'privacy.compromised'];

/** J5, J16: with a pathway everybody who is not needed is outside, and every other client is to be (H26). */
const heardInPathway: MoveCheck = ({ before, session, events }) => {
  const isOpening = events.some(
    ({ kind, outcome }) => OPENING.includes(kind) && outcome !== 'again' && outcome !== 'corrected',
  );
  if (!isOpening) return null;
  const heard = session.people.find(
    ({ id, isNeeded }) => isNeeded !== true && session.charts[`participant:${id}`]?.value === 'admitted',
  );
  if (heard !== undefined) return `${heard.id} is in the room as a pathway opens`;
  const [then, now] = [meetingOf(before), meetingOf(session)];
  return now !== null && now.context.alone === then?.context.alone
    ? 'a pathway opens and no other client is put out'
    : null;
};

const MOVE_CHECKS = {
  closedByItself,
  liveUnsettled,
  openedAgain,
  closedOver,
  riskByItself,
  unrecorded,
  refusedInSilence,
  letInByNobody,
  heardInPathway,
} satisfies Record<string, MoveCheck>;

/** How many checks a move of a session goes through: these, those of test/properties, and that `step` throws nothing. */
export const MOVE_INVARIANTS = Object.keys(MOVE_CHECKS).length + INVARIANTS + 1;

/** The first thing that is wrong with a move of a session, or null. */
export function wrongMove(moved: Moved): string | null {
  for (const [name, check] of Object.entries(MOVE_CHECKS)) {
    const found = check(moved);
    if (found !== null) return `${name}: ${found}`;
  }
  return null;
}

/** One message to one chart. */
export interface Told {
  readonly before: ChartState | null;
  readonly message: Message;
  readonly atMs: number;
  readonly chart: ChartState;
  readonly emitted: readonly Emitted[];
  readonly isRefused: boolean;
}

type ChartCheck = (told: Told) => string | null;

/** Plain JSON, with deadlines that are instants: what a restart can read again. */
const lossy: ChartCheck = ({ chart }) => {
  const json = JSON.stringify(chart);
  if (JSON.stringify(JSON.parse(json)) !== json) return 'the chart is not plain JSON';
  const bad = Object.entries(chart.context.deadlines).find(
    ([, atMs]) => !Number.isSafeInteger(atMs) || atMs < 0,
  );
  return bad === undefined ? null : `the deadline ${bad[0]} is ${String(bad[1])}`;
};

/** What is emitted is an event of the protocol: a known kind, ids and codes only. */
const unspeakable: ChartCheck = ({ emitted, atMs }) => {
  for (const { type: kind, rules, subject, outcome = null, details = {} } of emitted) {
    const actor = { person: null, role: null, source: 'clock', device: null };
    const rest = { actor, occurredAtMs: atMs, saidAtMs: null, cause: 'i1', from: null, to: null };
    const parsed = EventSchema.safeParse({ kind, rules, subject, outcome, details, ...rest });
    if (!parsed.success)
      return `${kind} is no event: ${parsed.error.issues.map(({ path }) => path.join('.')).join(' ')}`;
  }
  return null;
};

/** Facts and events happened; a machine never refuses them. */
const refusedFact: ChartCheck = ({ isRefused, message }) =>
  isRefused && ('rules' in message || message.type === 'deadline.passed')
    ? `${message.type} is refused`
    : null;

/** A refusal stands alone: with it nothing was changed and nothing recorded. */
const halfRefused: ChartCheck = ({ isRefused, before, chart, emitted }) => {
  if (!isRefused || before === null) return null;
  const isChanged =
    JSON.stringify([before.value, before.context]) !== JSON.stringify([chart.value, chart.context]);
  return isChanged || emitted.length > 0 ? 'refuses a command and takes a part of it' : null;
};

const CHART_CHECKS = { lossy, unspeakable, refusedFact, halfRefused } satisfies Record<string, ChartCheck>;
/** How many checks a machine's answer goes through: these, that it throws nothing, and that no deadline is endless. */
export const CHART_INVARIANTS = Object.keys(CHART_CHECKS).length + 2;

/** The first thing that is wrong with a machine's answer to a message, or null. */
export function wrongChart(told: Told): string | null {
  for (const [name, check] of Object.entries(CHART_CHECKS)) {
    const found = check(told);
    if (found !== null) return `${name}: ${found}`;
  }
  return null;
}
