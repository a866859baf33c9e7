import { checkPolicyFile } from './policy/check-policy-file.js';
import { verifyFile } from './verify/verify-file.js';

const USAGE = `holdfast verify FILE          checks sequence and hash chain of an event file; names the first bad line
holdfast policy check FILE    checks a policy document; explains every fault by its line`;

/** Runs `holdfast …` and gives its exit code: 0 fine, 1 the answer is no, 2 not understood. */
export async function runCommand(words: readonly string[]): Promise<number> {
  const [command, ...rest] = words;
  if (command === 'verify' && rest.length === 1 && rest[0] !== undefined) {
    const { exitCode, sentence } = verifyFile(rest[0]);
    (exitCode === 0 ? console.log : console.error)(sentence);
    return exitCode;
  }
  if (command === 'policy' && rest[0] === 'check' && rest.length === 2 && rest[1] !== undefined) {
    const { exitCode, lines } = checkPolicyFile(rest[1]);
    for (const line of lines) (exitCode === 0 ? console.log : console.error)(line);
    return exitCode;
  }
  const isHelp = command === '--help' || command === 'help';
  (isHelp ? console.log : console.error)(USAGE);
  return isHelp ? 0 : 2;
}
