import type { RunProjection } from '../../project/projection.js';
import { choice, say, task } from '../say.js';
import { nameOf, type Scene } from '../scene.js';
import type { Field, Notice, Task } from '../types.js';

export function takeOverTask(scene: Scene, run: RunProjection): Task {
  const { p, me } = scene;
  const take = choice(
    'takeOver',
    say('staff.takeOver.send'),
    { type: 'ladder.takeOver', client: p.client, run: run.id },
    { weight: 'main' },
  );
  return task('takeOver', say('staff.takeOver.title', { name: nameOf(scene, run.owner) }), [take], {
    why: say('staff.takeOver.why'),
    urgency: run.status === 'exhausted' || run.offeredTo === me ? 'now' : 'normal',
  });
}

/** Z4: until somebody takes the run, who offered it owns it. */
export const runOfferNotice = (scene: Scene): Notice | false => {
  const { run } = scene.care;
  if (run === null || run.offeredTo === null || run.owner !== scene.me) return false;
  return {
    id: `runOffer.${run.offeredTo}`,
    level: 'status',
    message: say('staff.handOver.asked', { name: nameOf(scene, run.offeredTo) }),
  };
};

export function handOverTask(scene: Scene, run: RunProjection): Task | null {
  const { p, care, me } = scene;
  const others = [...new Set([p.practitioner, ...care.duty])].filter((person) => person !== me);
  if (others.length === 0) return null;
  const to: Field = {
    kind: 'choice',
    name: 'to',
    label: say('staff.handOver.to'),
    options: others.map((person) => ({
      value: person,
      label: say('person.name', { name: nameOf(scene, person) }),
    })),
    required: true,
  };
  const [first = me] = others;
  const offer = choice(
    'offer',
    say('staff.handOver.send'),
    { type: 'ladder.offerHandOver', client: p.client, run: run.id, to: first },
    { fields: ['to'] },
  );
  return task('handOver', say('staff.handOver.title'), [offer], {
    why: say('staff.handOver.why'),
    fields: [to],
  });
}
