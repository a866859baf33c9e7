import { expect } from 'vitest';
import type { LiveSession } from './live-session.js';
import { settle } from './session-pages.js';

/**
 * What ends a run after pictures are back (rule P11): before phoning was reached nothing more; after it a person says that
 * they are together, and stands down the decision that is open.
 */
export async function expectRunEndsTogether(session: LiveSession, healedAtMs: number): Promise<void> {
  const { log } = session.host;
  if (log.of('phoning.opened').length > 0) await giveWord(session, healedAtMs);
  const ended = await log.next('run.ended', { sinceMs: healedAtMs, withinMs: 5000 });
  expect(ended.outcome).toBe('together');
}

async function giveWord({ host, practitioner }: LiveSession, healedAtMs: number): Promise<void> {
  await host.log.next('run.wordDue', { sinceMs: healedAtMs, withinMs: 5000 });
  expect(host.log.of('run.ended')).toEqual([]);
  await settle(practitioner.page, 'staff.word.title', 'staff.word.send');
  await host.log.next('run.wordGiven', { sinceMs: healedAtMs, withinMs: 5000 });
  if (host.log.of('deciding.opened').length === 0) return;
  await settle(practitioner.page, 'staff.standDown.title', 'staff.standDown.send');
}
