import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadTypeScript } from '../workspace/load.mjs';
import { root } from '../workspace/run.mjs';
import { chartPage } from './chart-page.mjs';

const conceptsFile = 'packages/session/src/step/concepts.ts';
const chartFolder = 'docs/charts';
const rulesFile = 'docs/safety-protocol.md';

const textOf = (file) =>
  existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : undefined;

function problemOf({ name, machine }, isUpdate) {
  const file = `${chartFolder}/${name}.md`;
  const page = chartPage(name, machine.config);
  if (textOf(file) === page) return [];
  if (!isUpdate)
    return [`${file} is not what the machine ${name} says. Run: npm run check -- charts --update`];
  writeFileSync(path.join(root, file), page);
  return [];
}

/** Each machine has its chart in the documents, made from the machine itself and linked beside its rules. */
export async function check({ isUpdate }) {
  if (textOf(conceptsFile) === undefined)
    return { problems: [`${conceptsFile} is not there: no machine was looked at`], seen: '' };
  const { concepts } = await loadTypeScript(conceptsFile);
  mkdirSync(path.join(root, chartFolder), { recursive: true });
  const rules = textOf(rulesFile) ?? '';
  const unlinked = concepts
    .filter(({ name }) => !rules.includes(`](charts/${name}.md)`))
    .map(({ name }) => `${rulesFile} has no link to charts/${name}.md: write it beside the rules of ${name}`);
  const known = new Set(concepts.map(({ name }) => `${name}.md`));
  const leftOver = readdirSync(path.join(root, chartFolder))
    .filter((file) => !known.has(file))
    .map((file) => `${chartFolder}/${file} belongs to no machine`);
  const different = concepts.flatMap((concept) => problemOf(concept, isUpdate));
  const problems = [...different, ...unlinked, ...leftOver];
  if (concepts.length === 0) problems.push(`${conceptsFile} lists no machine: nothing was looked at`);
  return { problems, seen: `${concepts.length} charts` };
}
