import { runTool } from '../workspace/run.mjs';

/** Prettier's layout, so that nobody argues about it. `--update` writes it. */
export async function check({ isUpdate }) {
  const { code, output } = await runTool(
    'prettier/bin/prettier.cjs',
    [isUpdate ? '--write' : '--check', '--log-level', 'warn', '.'],
    { isQuiet: true },
  );
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const problems = code === 0 ? [] : [...lines, 'Run: npm run check -- format --update'];
  return { problems, seen: 'prettier' };
}
