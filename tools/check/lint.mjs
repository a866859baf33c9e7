import { projectFiles, readText } from '../workspace/files.mjs';
import { runTool } from '../workspace/run.mjs';

const isLinted = (file) => /\.(?:ts|mjs|js)$/.test(file) && !file.startsWith('docs/api/');

const layerRules = ['eslint/no-restricted-imports', 'eslint/no-restricted-globals'];

/** Package folders that the configuration has a layer rule for: `packages/session/src/`. */
function layersIn(configuration) {
  const { overrides } = JSON.parse(configuration.replace(/^\s*\/\/.*$/gm, ''));
  const guarded = overrides.filter(({ rules }) => layerRules.some((name) => name in rules));
  const folders = guarded.flatMap(({ files }) => files.map((glob) => glob.replace(/\*\*.*$/, '')));
  return [...new Set(folders)];
}

const place = ({ filename, labels }) => `${filename}:${labels[0]?.span.line ?? 1}`;
const sentence = (found) => `${place(found)}: ${found.message} ${found.help ?? ''} (${found.code})`;

/** oxlint with types; `--update` repairs what it can. Also fails when it saw fewer files than there are, or a layer rule guards no file. */
export async function check({ isUpdate }) {
  const { output } = await runTool(
    'oxlint/bin/oxlint',
    ['--format', 'json', ...(isUpdate ? ['--fix'] : [])],
    {
      isQuiet: true,
      limitMs: 5 * 60_000,
    },
  );
  const start = output.indexOf('{ "diagnostics"');
  if (start < 0) return { problems: [output.trim()], seen: 'oxlint did not run' };
  const report = JSON.parse(output.slice(start, output.lastIndexOf('}') + 1));
  const files = (await projectFiles()).filter(isLinted);
  const unguarded = layersIn(readText('.oxlintrc.json')).filter(
    (folder) => !files.some((file) => file.startsWith(folder)),
  );
  const problems = report.diagnostics.map(sentence);
  if (report.number_of_files < files.length) {
    problems.push(`oxlint saw ${report.number_of_files} files; there are ${files.length}`);
  }
  problems.push(...unguarded.map((folder) => `the layer rule for ${folder} guards no file`));
  return { problems, seen: `${report.number_of_files} files, ${report.number_of_rules} rules` };
}
