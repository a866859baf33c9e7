import { projectFiles, readText } from '../workspace/files.mjs';

/** Embedding the session server and the screens is small work, and the quickstart shows it: fewer lines than this. */
const lineLimit = 60;

/** What a host writes to embed both. The other files make a small host of it: pages, a terminal, the last session. */
const isEmbedding = (file) => /^examples\/quickstart\/src\/(?:server\.ts|pages\/[^/]+\.ts)$/.test(file);
const embeds =
  /\bcreateSessionServer\(|\.createSession\(|\bjoinSession\(|\bHoldfastSession\b|\.(?:handle|upgrade)\(\s*request\b/;

const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/** Comments and empty lines help a reader; they are not counted. Long lines are stopped by the format check. */
const linesOf = (file) =>
  withoutComments(readText(file))
    .split('\n')
    .filter((line) => line.trim() !== '').length;

/** The quickstart embeds the session server and the screens in a few lines. */
export async function check() {
  const sources = (await projectFiles()).filter((file) =>
    /^examples\/quickstart\/src\/.*(?<!\.test)\.ts$/.test(file),
  );
  const counted = sources.filter((file) => isEmbedding(file) || embeds.test(withoutComments(readText(file))));
  const lines = counted.reduce((sum, file) => sum + linesOf(file), 0);
  const problems = [];
  // A rename must not turn the rule off in silence.
  if (
    !sources.some((file) => file.endsWith('/server.ts')) ||
    !sources.some((file) => file.includes('/pages/'))
  )
    problems.push('examples/quickstart/src has no server.ts or no page: nothing was counted');
  if (lines >= lineLimit)
    problems.push(
      `examples/quickstart embeds in ${lines} lines; under ${lineLimit} is the promise: ${counted.map((file) => `${file} ${linesOf(file)}`).join(', ')}`,
    );
  return { problems, seen: `${lines} lines in ${counted.length} files` };
}
