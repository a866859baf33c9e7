import type { Adjustments } from '@holdfast/protocol';
import { present, say } from './say.js';
import type { Message, ShownFact } from './types.js';

const fact = (id: string, note: Message): ShownFact => ({
  id: `adjust.${id}`,
  label: say(`adjust.${id.split('.')[0]}`),
  value: null,
  note,
  isCaution: false,
  href: null,
});
const minutes = (ms: number): number => Math.round(ms / 60_000);

/** What was agreed to make the session fit, for both screens the same (A41, A42). No clock runs by it (H23). */
export function adjustmentFacts(adjustments: Adjustments | null): ShownFact[] {
  if (adjustments === null) return [];
  const { lengthMs, breakEveryMs, cameraOffByChoice, chatForKeyPoints } = adjustments;
  const { agenda, communication, whenOverwhelmed } = adjustments;
  return present([
    lengthMs !== null && fact('length', say('adjust.length.is', { minutes: minutes(lengthMs) })),
    breakEveryMs !== null && fact('breaks', say('adjust.breaks.every', { minutes: minutes(breakEveryMs) })),
    cameraOffByChoice && fact('camera', say('adjust.camera.mayBeOff')),
    chatForKeyPoints && fact('chat', say('adjust.chat.keyPoints')),
    communication !== null && fact('communication', say(`adjust.communication.${communication}`)),
    whenOverwhelmed !== null && fact('overwhelmed', say(`adjust.overwhelmed.${whenOverwhelmed}`)),
    ...agenda.map((step, index) => fact(`agenda.${index + 1}`, say(`agenda.${step}`))),
  ]);
}
