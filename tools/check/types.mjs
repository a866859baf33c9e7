import { runTool } from '../workspace/run.mjs';

const linesOf = ({ code, output }) =>
  code === 0 ? [] : output.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('npm warn'));

/** The packages each in their own world (no DOM in the server, no Node in the browser), then every test. */
export async function check() {
  const sources = await runTool('typescript/bin/tsc', ['-b', '--pretty', 'false'], { isQuiet: true });
  const tests = await runTool('typescript/bin/tsc', ['-p', 'tsconfig.tests.json', '--pretty', 'false'], {
    isQuiet: true,
  });
  return { problems: [...new Set([...linesOf(sources), ...linesOf(tests)])], seen: 'packages and tests' };
}
