import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectFiles, readText } from '../workspace/files.mjs';
import { root } from '../workspace/run.mjs';

const listFiles = ['docs/safety-case/requirements.md', 'docs/safety-case/hazards.md'];
const rulesFile = 'docs/safety-protocol.md';
/** `covered`; `host: why it is the host's`; `not yet: what is missing`. */
const statusPattern = /^(?:covered|host: .{10,}|not yet: .{10,})$/;
/** How many lines the lists have: one that is lost would look like one that is met. */
const expectedIds = { requirements: 135, hazards: 34 };
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
    if (!statusPattern.test(status))
      problems.push(
        `${id} has the status "${status}"; it is covered, "host: why" or "not yet: what is missing"`,
      );
    seen.add(id);
    return problems;
  });
}

/** `host: …` and `not yet: …` count as what stands before the colon. */
export const statusOf = ({ status }) => status.split(':')[0];

/** The last line of `npm run trace`. */
export function summary(rows) {
  const counted = (isOf, total) => {
    const of = rows.filter(({ id }) => isOf(id));
    const count = (status) => of.filter((row) => statusOf(row) === status).length;
    return `${count('covered')} covered, ${count('host')} host, ${count('not yet')} not yet of ${total}`;
  };
  const isHazard = (id) => id.startsWith('H');
  return `requirements: ${counted((id) => !isHazard(id), expectedIds.requirements)}; hazards: ${counted(isHazard, expectedIds.hazards)}`;
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
  const covered = rows.filter((row) => statusOf(row) === 'covered');
  const inRules = new Set(rules.flatMap(({ quotes }) => quotes));
  const unknown = [...places].filter(
    ([id]) => (idPattern.test(id) || rulePattern.test(id)) && !known.has(id),
  );
  const listed = new Set(rows.map(({ id }) => id));
  const problems = [
    ...listProblems(rows),
    ...covered
      .filter(({ id }) => !places.has(id))
      .map(({ id, words }) => `${id} is covered and no test quotes it: ${words}`),
    ...(hasRules ? covered : [])
      .filter(({ id }) => !inRules.has(id))
      .map(({ id, words }) => `${id} is covered and no rule serves it: ${words}`),
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
  return { problems, notes, rows, rules, places };
}

/** Every covered requirement and hazard has a rule and a test that quote it; every rule has a test. */
export async function check() {
  const { problems, notes, rows, rules } = await trace();
  const seen = `${summary(rows)}; ${rules.length} rules${notes.map((note) => `; ${note}`).join('')}`;
  return { problems, seen };
}
