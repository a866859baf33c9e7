import { statSync } from 'node:fs';
import { verifyChain } from '@holdfast/protocol/audit';
import { fileLines } from './file-lines.js';

/** What `holdfast verify` says, and its exit code: 0 whole, 1 not whole or not readable. */
export interface Verified {
  readonly exitCode: 0 | 1;
  readonly sentence: string;
}

/** Checks shape, sequence and hash chain of an event file, line by line; names the first bad line (A02). */
export function verifyFile(file: string): Verified {
  const problem = problemOf(file);
  if (problem !== null) return { exitCode: 1, sentence: problem };
  const { events, sessions, fault } = verifyChain(fileLines(file));
  if (fault)
    return {
      exitCode: 1,
      sentence: `${file}: line ${fault.line} ${fault.sentence} ${counted(events)} before it are whole.`,
    };
  if (events === 0)
    return { exitCode: 1, sentence: `${file} holds no events: there is nothing that could be proven.` };
  return {
    exitCode: 0,
    sentence: `${file}: ${counted(events)} of ${sessions} session${sessions === 1 ? '' : 's'}, in order and unaltered.`,
  };
}

const counted = (events: number): string => `${events} event${events === 1 ? '' : 's'}`;

function problemOf(file: string): string | null {
  try {
    return statSync(file).isFile() ? null : `${file} is not a file.`;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    return code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${String(code)}).`;
  }
}
