import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder that is worked on: the repository's top folder. The tests of the checks point it to a
 * small tree that is wrong on purpose.
 */
export const root = path.resolve(
  process.env.HOLDFAST_CHECK_ROOT ?? fileURLToPath(new URL('../..', import.meta.url)),
);

/** Ends a process that ran too long: asks first, then insists. */
function endAfter(child, limitMs) {
  const ask = setTimeout(() => child.kill('SIGTERM'), limitMs);
  const insist = setTimeout(() => child.kill('SIGKILL'), limitMs + 15_000);
  return () => [ask, insist].forEach(clearTimeout);
}

/**
 * Runs a command to its end and gives its exit code (128 + 15 when a signal ended it, -1 when it could not start).
 * Output goes to the terminal, or into `output` with `isQuiet`. Standard input is never read.
 * With `limitMs` the command is ended when it takes longer.
 */
export function run(command, args, { cwd = root, env = {}, isQuiet = false, limitMs = 0 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', isQuiet ? 'pipe' : 'inherit', isQuiet ? 'pipe' : 'inherit'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    const clearLimit = limitMs > 0 ? endAfter(child, limitMs) : () => undefined;
    const end = (code, addition = '') => {
      clearLimit();
      resolve({ code, output: `${output}${addition}` });
    };
    child.on('error', (error) => end(-1, error.message));
    child.on('close', (code) => end(code ?? 143));
  });
}

/** Runs a JavaScript tool of node_modules with this Node, without npx's start-up. */
export function runTool(script, args, options) {
  return run(process.execPath, [path.join(root, 'node_modules', script), ...args], options);
}
