import { choice, say } from '../say.js';
import { nameOf, type Scene } from '../scene.js';
import type { Choice, Notice } from '../types.js';

/** From anywhere, in quiet and in the middle of a run: to a colleague who may lead (D2). */
export const handOverActions = (scene: Scene): Choice[] =>
  scene.p.role !== 'practitioner'
    ? []
    : scene.care.lead.colleagues
        .filter((person) => person !== scene.care.lead.offeredTo)
        .map((person) => {
          const name = nameOf(scene, person);
          return choice(
            `handOver.${person}`,
            say('staff.handOver.offer', { name }),
            { type: 'handOver.offer', to: person },
            { confirm: say('staff.handOver.confirm', { name }) },
          );
        });

/** Until somebody accepts, who offered it leads. */
export const handOverNotice = (scene: Scene): Notice | false => {
  const { offeredTo } = scene.care.lead;
  if (offeredTo === null || scene.p.role !== 'practitioner') return false;
  return {
    id: `handOver.${offeredTo}`,
    level: 'status',
    message: say('staff.handOver.offered', { name: nameOf(scene, offeredTo) }),
  };
};
