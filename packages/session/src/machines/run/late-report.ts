import { Disposition } from '@holdfast/protocol';
import { detail, type LateReport, type RunArgs, type RunEvent } from './run-state.js';

/** Who is cut off for this long reads "Not sent" (V5): what they say from then on arrives late. */
const LATE_AFTER_MS = 2000;

type Report = LateReport['report'];

/** What became of a report, as the run's own events tell it. */
const REPORT_OF: Readonly<Record<string, Report>> = {
  'phoning.recorded': 'call',
  'deciding.acted': 'act',
  'run.wordGiven': 'together',
  'run.needsConfirmation': 'together',
  'run.ended': 'disposition',
  'ladder.recordCall': 'call',
  'ladder.recordAct': 'act',
  'ladder.confirmTogether': 'together',
  'ladder.dispose': 'disposition',
};

const reportOf = (event: RunEvent): Report | undefined =>
  REPORT_OF[event.type === 'run.lateReport' ? String(detail(event, 'report')) : event.type];

/** L18: the report of this event, when it came late; the one before it otherwise. */
export function lateAfter({ context, event }: RunArgs): LateReport | null {
  const { type, saidAtMs, atMs, by } = event;
  const said = 'outcome' in event ? (event.outcome ?? null) : null;
  const outcome = said === 'clientReached' ? 'reached' : said;
  const report = reportOf(event);
  const isLate = type === 'run.lateReport' || (saidAtMs !== null && atMs - saidAtMs > LATE_AFTER_MS);
  // A run also ends by what was said before, and by itself.
  const isSaid = type !== 'run.ended' || Disposition.safeParse(outcome).success;
  if (report === undefined || !isLate || !isSaid || by.person === null) return context.late;
  return { report, outcome, by: by.person, saidAtMs: saidAtMs ?? atMs, atMs };
}
