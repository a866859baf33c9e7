#!/usr/bin/env node
/**
 * `npm run trace`: each requirement, hazard and rule of docs/, with the tests and rules that quote it.
 * Exits 1 when a covered one has no rule, or no test that quotes it.
 */
import { statusOf, summary, trace } from './check/trace.mjs';

const { problems, notes, rows, rules, places = new Map() } = await trace();

const count = (size, word) => `${size} ${word}${size === 1 ? '' : 's'}`;
const rulesFor = (id) => rules.filter(({ quotes }) => quotes.includes(id)).map((rule) => rule.id);

for (const { id, words, status } of rows) {
  const inRules = rulesFor(id);
  const files = count(places.get(id)?.size ?? 0, 'test file');
  const where = inRules.length > 0 ? `${files}, rules ${inRules.join(' ')}` : files;
  const [, why = ''] = status.split(/: (.*)/);
  console.log(
    `${id}  ${statusOf({ status }).padEnd(8)} ${where.padEnd(24)} ${words}${why === '' ? '' : ` [${why}]`}`,
  );
}
for (const { id, quotes } of rules) {
  console.log(`${id.padEnd(5)} rule  ${count(places.get(id)?.size ?? 0, 'test file')}  ${quotes.join(' ')}`);
}
for (const note of notes) console.log(note);
for (const problem of problems) console.error(problem);
console.log(`${count(rules.length, 'rule')}, ${count(problems.length, 'problem')}`);
console.log(summary(rows));
process.exitCode = problems.length > 0 ? 1 : 0;
