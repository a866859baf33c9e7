import { choice, present, say, task } from '../say.js';
import type { Scene } from '../scene.js';
import type { Field, Task } from '../types.js';

/** Where the reasons are written down, in the host's record. */
export const rationale: Field = {
  kind: 'reference',
  name: 'rationaleRef',
  label: say('rationaleRef.label'),
  required: true,
};

function exceptionTask({ p, care }: Scene): Task {
  const { isGuardianException } = care.safeguarding;
  const word = isGuardianException ? 'off' : 'on';
  const set = choice(
    word,
    say(`staff.guardian.${word}`),
    {
      type: 'safeguarding.setGuardianException',
      client: p.client,
      isOn: !isGuardianException,
      rationaleRef: 'none',
    },
    {
      fields: ['rationaleRef'],
      ...(isGuardianException ? { confirm: say('staff.guardian.off.confirm') } : {}),
    },
  );
  return task('guardian', say('staff.guardian.title'), [set], {
    why: say(`staff.guardian.is.${isGuardianException ? 'on' : 'off'}`),
    fields: [rationale],
  });
}

/** Nobody said whose number it is: it is blocked until it is asked again, and somebody says so (H30). */
function askAgainTask({ care }: Scene, item: 'callBackNumber' | 'emergencyContact'): Task | false {
  const { isNumberGuarded, isContactGuarded } = care.safeguarding;
  const isGuarded = item === 'callBackNumber' ? isNumberGuarded : isContactGuarded;
  const found = care.items.find((known) => known.item === item);
  const isAnswered = found?.state === 'confirmed' && found.answer === 'confirmed';
  // Where it can be answered again: not in the middle of a run, and not once the session is ending.
  const mayAsk = care.run === null && care.stage !== 'closing' && care.stage !== 'closed';
  if (!isGuarded || !isAnswered || !mayAsk) return false;
  const ask = choice('ask', say('staff.guardian.ask'), { type: 'item.reopen', item });
  return task(`guardian.${item}`, say(`staff.guardian.${item}`), [ask], {
    why: say('staff.guardian.blocked'),
  });
}

/** The guardian may be the risk: nothing about this goes to them, for as long as a person says so. */
export function guardianTasks(scene: Scene): Task[] {
  const { state, isGuardianException } = scene.care.safeguarding;
  if (state !== 'open' && !isGuardianException) return [];
  return present([
    exceptionTask(scene),
    askAgainTask(scene, 'callBackNumber'),
    askAgainTask(scene, 'emergencyContact'),
  ]);
}
