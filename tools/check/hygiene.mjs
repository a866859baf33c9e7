import { projectFiles, readText } from '../workspace/files.mjs';

const textFile = /\.(ts|mjs|js|json|md|html|css|yml|yaml|sh|sql)$|(^|\/)(LICENSE|run|\.[a-z]+rc)$/;

/** Each rule: what must not stand in a line, and why. */
const rules = [
  {
    // Paths of one machine. The first letters are apart so that this file passes its own rule.
    pattern: new RegExp(
      String.raw`(^|[\s'"\`(=:])(/(?:home|Users|work|root|mnt)/[\w.-]+|[A-Z]:\\\\?Users\\)`,
    ),
    reason: 'a path of one machine',
  },
  {
    pattern: /\b(?:TODO|FIXME|HACK)\b(?!.*#\d+)/,
    reason: 'a task without an issue number (write TODO(#12))',
  },
  { pattern: /\b(?:describe|test|it)\.only\(/, reason: 'a test that shuts out the others' },
  { pattern: /^\s*debugger;/, reason: 'a debugger statement' },
  { pattern: /^(?:<{7}|>{7}) /, reason: 'a merge conflict' },
];

const isRuleItself = (file) => file === 'tools/check/hygiene.mjs';

function problemsOf(file) {
  const lines = readText(file).split('\n');
  return lines.flatMap((line, index) =>
    rules
      .filter(({ pattern }) => pattern.test(line))
      .map(({ reason }) => `${file}:${index + 1}: ${reason}: ${line.trim().slice(0, 100)}`),
  );
}

/** No path of one machine, no task without an issue, no leftover of a work session. */
export async function check() {
  const files = (await projectFiles()).filter(
    (file) => textFile.test(file) && file !== 'package-lock.json' && !isRuleItself(file),
  );
  return { problems: files.flatMap(problemsOf), seen: `${files.length} files` };
}
