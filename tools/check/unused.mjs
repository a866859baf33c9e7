import { runTool } from '../workspace/run.mjs';

/** knip: files, exports and dependencies that nothing uses. */
export async function check() {
  const { code, output } = await runTool('knip/bin/knip.js', ['--reporter', 'compact', '--no-progress'], {
    isQuiet: true,
  });
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return { problems: code === 0 ? [] : lines, seen: 'knip' };
}
