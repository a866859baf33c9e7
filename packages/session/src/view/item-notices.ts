import { say } from './say.js';
import { nameOf, type Scene } from './scene.js';
import type { Notice } from './types.js';

/** What the client says of a check, said to the practitioner: that they ask (C17), and that they have moved (C11). */
export function itemNotices(scene: Scene): Notice[] {
  const { care, p } = scene;
  if (care.stage === 'closing' || care.stage === 'closed') return [];
  const name = nameOf(scene, p.client);
  return care.items.flatMap(({ item, state, by, movedAtMs }): Notice[] => {
    if (movedAtMs !== null) return [{ id: 'moved', level: 'alert', message: say('notice.moved', { name }) }];
    if (state !== 'uncertain' || by !== p.client) return [];
    return [
      { id: `asks.${item}`, level: 'status', message: say('notice.asks', { name, what: `item.${item}` }) },
    ];
  });
}
