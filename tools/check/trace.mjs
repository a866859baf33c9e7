import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectFiles, readText } from '../workspace/files.mjs';
import { root } from '../workspace/run.mjs';

const listFiles = ['docs/safety-case/requirements.md', 'docs/safety-case/hazards.md'];
const rulesFile = 'docs/safety-protocol.md';
const statuses = ['claimed', 'later'];
const idPattern = /^(?:[A-E]|H)\d{2}$/;
const rulePattern = /^[A-Z][1-9]\d?[a-z]?$/;

/** Rows of the lists: `| H25 | one line | claimed |`. */
export function listedIds(text) {
  return [...text.matchAll(/^\|\s*([A-EH]\d{2})\s*\|\s*(.*?)\s*\|\s*([^|]*?)\s*\|\s*$/gm)].map(
    ([, id, words, status]) => ({
      id,
      words,
      status,
    }),
  );
}

/** Numbered rules with the ids they quote: a line, item or heading that starts with `L12`, bold or not. */
export function listedRules(text) {
  const starts = [
    ...text.matchAll(/^(?:#{2,5}\s+|[-*]\s+|\|\s*)?\**\[?([A-Z][1-9]\d?[a-z]?)\]?\**[\s.:|)]/gm),
  ];
  return starts.map((match, index) => {
    const body = text.slice(match.index, starts[index + 1]?.index ?? text.length);
    return { id: match[1], quotes: [...new Set(body.match(/\b[A-EH]\d{2}\b/g) ?? [])] };
  });
}

const titlePattern = /\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`([^`]*)`)/g;
const idGroup = /\[([A-Z]\d+[a-z]?(?:[,\s]+[A-Z]\d+[a-z]?)*)\]/g;

/** `[E13]` and `[E13, H25, S4]` in a text that is a call's first argument: the title of a test says what it shows. */
export function quotedIds(text) {
  const titles = [...text.matchAll(titlePattern)].map(
    ([, single, double, template]) => single ?? double ?? template,
  );
  return titles.flatMap((title) =>
    [...title.matchAll(idGroup)].flatMap(([, ids]) => ids.match(/[A-Z]\d+[a-z]?/g) ?? []),
  );
}

/** The tests of the tools quote ids only as examples. */
const isTest = (file) => /\.(?:test|scenario)\.ts$/.test(file) && !file.startsWith('test/packaging/');

/** Where each id is quoted: `Map(id -> Set(file))`. */
async function quotesInTests() {
  const places = new Map();
  for (const file of (await projectFiles()).filter(isTest)) {
    for (const id of quotedIds(readText(file))) places.set(id, (places.get(id) ?? new Set()).add(file));
  }
  return places;
}

function listProblems(rows) {
  const seen = new Set();
  return rows.flatMap(({ id, words, status }) => {
    const problems = [];
    if (seen.has(id)) problems.push(`${id} is listed twice`);
    if (words === '') problems.push(`${id} has no words`);
    if (!statuses.includes(status))
      problems.push(`${id} has the status "${status}"; it is one of ${statuses.join(', ')}`);
    seen.add(id);
    return problems;
  });
}

/** All that `npm run trace` prints and the check judges. */
export async function trace() {
  const absent = listFiles.filter((file) => !existsSync(path.join(root, file)));
  if (absent.length > 0)
    return { problems: absent.map((file) => `${file} does not exist`), notes: [], rows: [], rules: [] };
  const rows = listFiles.flatMap((file) => listedIds(readText(file)));
  const hasRules = existsSync(path.join(root, rulesFile));
  const rules = hasRules ? listedRules(readText(rulesFile)) : [];
  const places = await quotesInTests();
  const known = new Set([...rows, ...rules].map(({ id }) => id));
  const claimed = rows.filter(({ status }) => status === 'claimed');
  const unknown = [...places].filter(
    ([id]) => (idPattern.test(id) || rulePattern.test(id)) && !known.has(id),
  );
  const listed = new Set(rows.map(({ id }) => id));
  const problems = [
    ...listProblems(rows),
    ...claimed
      .filter(({ id }) => !places.has(id))
      .map(({ id, words }) => `${id} is claimed and no test quotes it: ${words}`),
    ...rules
      .filter(({ id }) => !places.has(id))
      .map(({ id }) => `rule ${id} of ${rulesFile} is quoted by no test`),
    ...rules.flatMap(({ id, quotes }) =>
      quotes
        .filter((quote) => !listed.has(quote))
        .map((quote) => `rule ${id} quotes ${quote}, which is not listed`),
    ),
    ...unknown
      .filter(([id]) => hasRules || !rulePattern.test(id))
      .map(([id, files]) => `${[...files][0]} quotes ${id}, which is not listed`),
  ];
  if (rows.length === 0) problems.push('the lists are empty: nothing was traced');
  const notes = hasRules ? [] : [`${rulesFile} does not exist yet: no rule was traced`];
  return { problems, notes, rows, rules, places, claimed };
}

/** Every claimed requirement and hazard, and every rule, is quoted by a test. */
export async function check() {
  const { problems, notes, rows, rules, claimed = [] } = await trace();
  const seen = `${rows.length} ids, ${claimed.length} claimed, ${rules.length} rules${notes.map((note) => `; ${note}`).join('')}`;
  return { problems, seen };
}
