import { IssueKind, NearMissKind } from '@holdfast/protocol';
import { choice, oneOf, say, task } from '../say.js';
import type { Field, Task } from '../types.js';

/** A reference into the host's own record. A client has none (F4). */
const ref: Field = { kind: 'reference', name: 'ref', label: say('report.ref.label'), required: false };

/**
 * What anybody may tell the service at any time, and nobody has to (A47, E23): beside the tasks, never among them. Nothing
 * on any screen changes by it, so the page itself says that it was taken.
 */
export function reportTasks(isStaff: boolean): Task[] {
  const own = isStaff ? [ref] : [];
  const fields = ['kind', ...own.map(({ name }) => name)];
  const nearMiss = choice(
    'flag',
    say('report.send'),
    { type: 'nearMiss.flag', kind: 'somethingElse' },
    { fields },
  );
  const issue = choice(
    'report',
    say('report.send'),
    { type: 'issue.report', kind: 'somethingElse' },
    { fields },
  );
  return [
    task('nearMiss', say('nearMiss.title'), [nearMiss], {
      why: say('nearMiss.why'),
      fields: [oneOf('kind', 'nearMiss.kind', NearMissKind.options), ...own],
      thanks: say('report.thanks'),
    }),
    task('issue', say('issue.title'), [issue], {
      why: say('issue.why'),
      fields: [oneOf('kind', 'issue.kind', IssueKind.options), ...own],
      thanks: say('report.thanks'),
    }),
  ];
}
