import type { Effect, Id, Instant } from '@holdfast/protocol';
import type { AlertContext } from '../machines/alert/alert.machine.js';
import { alertListOf } from '../machines/alert/alert-list.js';
import { circumstances } from './circumstances.js';
import type { Emitted } from './concept.js';
import type { Session } from './session.js';

/**
 * What the authority has to do about an event, as data with a deterministic id, so that doing it twice changes nothing
 * (H09). The only people whom an effect names are those of the policy's staff lists (rule A1).
 */
export function effectsOf(emitted: Emitted, session: Session, atMs: Instant): readonly Effect[] {
  switch (emitted.type) {
    case 'alert.sent':
      return emitted.subject === null ? [] : alertEffects(session, [emitted.subject.id], atMs, 1, '');
    case 'run.exhausted':
    case 'run.exhaustedRepeated':
    case 'alert.listExhausted':
      return repeatEffects(emitted, session, atMs);
    case 'alert.stoodDown':
      return stoodDownEffect(emitted, session, atMs);
    case 'recording.asked':
      return recordingEffect('startRecording', emitted, session, atMs);
    case 'recording.stopAsked':
      return recordingEffect('stopRecording', emitted, session, atMs);
    case 'session.closed':
      return [{ kind: 'closeRoom', id: `${session.id}.closeRoom`, atMs }];
    default:
      return [];
  }
}

/** Rules B3 and B4: each take begins once and ends once. */
function recordingEffect(
  kind: 'startRecording' | 'stopRecording',
  { details }: Emitted,
  { id }: Session,
  atMs: Instant,
): readonly Effect[] {
  const take = details?.['take'];
  return typeof take === 'number' ? [{ kind, id: `${id}.${kind}${take}`, take, atMs }] : [];
}

const contextOf = (session: Session, alert: Id): AlertContext | null =>
  (session.charts[`alert:${alert}`]?.context as AlertContext | undefined) ?? null;

/** Once for each time that it was stood down: at the end of the list it can be wanted again (A6). */
function stoodDownEffect({ subject }: Emitted, session: Session, atMs: Instant): readonly Effect[] {
  const context = contextOf(session, subject?.id ?? '');
  if (context === null) return [];
  const { alert, person } = context;
  return [{ kind: 'alertStoodDown', id: `${alert}.down.${atMs}`, alert, person, atMs }];
}

/** Rule A6: a repeat goes to everybody who was named for it, each under their own alert. */
function repeatEffects(emitted: Emitted, session: Session, atMs: Instant): readonly Effect[] {
  const attempt = emitted.details?.['attempt'];
  const about = emitted.details?.['about'];
  const cause = emitted.details?.['cause'];
  if (typeof attempt !== 'number' || attempt < 2) return [];
  const alerts = alertListOf(circumstances(session), String(cause)).map(
    (person) => `${String(about)}.${String(cause)}.${person}`,
  );
  // Each who repeats counts for itself: the run, or the alert at the end of the list.
  const loud = emitted.type === 'alert.listExhausted' ? contextOf(session, emitted.subject?.id ?? '') : null;
  return alertEffects(session, alerts, atMs, attempt, loud === null ? 'run.' : `${loud.person}.`);
}

function alertEffects(
  session: Session,
  alerts: readonly Id[],
  atMs: Instant,
  attempt: number,
  series: string,
): readonly Effect[] {
  const { openRun } = circumstances(session);
  return alerts.flatMap((alert): readonly Effect[] => {
    const context = contextOf(session, alert);
    if (context === null) return [];
    const { person, cause, client } = context;
    return [
      {
        kind: 'alert',
        id: `${alert}.${series}${attempt}`,
        alert,
        person,
        cause,
        client,
        run: openRun,
        attempt,
        atMs,
      },
    ];
  });
}
