import { CliError, type DevOptions, type DevPractice } from '@holdfast/cli';
import { PRACTICE_SCRIPTS, type PracticeScriptName, type SessionServer } from '@holdfast/server';
import type { Links } from './print-links.js';

/** One person who practises alone: the other side is played by the session server itself. */
export async function practiceLinks(
  server: Pick<SessionServer, 'createPracticeRoom'>,
  { practises, script, seed, duty }: DevPractice,
): Promise<Links & { readonly session: string }> {
  const room = await server.createPracticeRoom({
    practises,
    duty,
    name: 'You',
    ...(script === null ? {} : { script: scriptOf(script, practises) }),
    ...(seed === null ? {} : { seed }),
  });
  const about = PRACTICE_SCRIPTS.find(({ name }) => name === room.script)?.about ?? '';
  const again = `--practice${practises === 'client' ? ' client' : ''} --script ${room.script} --seed ${room.seed}`;
  return {
    session: room.session,
    links: [[practises, room.link], ...(room.dutyLink === null ? [] : ([['duty', room.dutyLink]] as const))],
    remarks: [
      `A practice room: nobody is called, and what you type is not kept. ${about}`,
      `The same again: ${again}`,
    ],
  };
}

/** Before anything is started: a name that there is not ends with a sentence. */
export function checkPractice({ practice }: Pick<DevOptions, 'practice'>): void {
  if (practice !== null && practice.script !== null) scriptOf(practice.script, practice.practises);
}

function scriptOf(typed: string, practises: DevPractice['practises']): PracticeScriptName {
  const own = PRACTICE_SCRIPTS.filter((known) => known.practises === practises);
  const script = own.find(({ name }) => name === typed);
  if (script !== undefined) return script.name;
  const names = own.map(({ name, about }) => `  ${name.padEnd(16)}${about}`).join('\n');
  throw new CliError('bad-option', `There is no script ${typed} for a ${practises}. There are:\n${names}`);
}
