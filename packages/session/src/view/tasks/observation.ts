import type { Picture, Sound } from '@holdfast/protocol';
import { choice, present, say } from '../say.js';
import type { Scene } from '../scene.js';
import type { Choice, Notice } from '../types.js';

/** Media is what they meet by, it is not paused, and nobody searches: only then does what is seen and heard say something. */
const isOnMedia = ({ care }: Scene): boolean =>
  ['settingUp', 'live'].includes(care.stage) && care.contact.state === 'together' && !care.pause.isPaused;

const POOR_PICTURES: readonly (Picture | 'notYet')[] = ['poor', 'frozen', 'off', 'offByChoice'];
const POOR_SOUNDS: readonly (Sound | 'notYet')[] = ['poor', 'gone', 'muted'];

/** What is not seen or heard, since when, and to ask, not to assume (A03, D16). */
export function observationNotices(scene: Scene): Notice[] {
  if (!isOnMedia(scene)) return [];
  const { picture, sound, reports } = scene.care.observation;
  const isSoundOnly = scene.care.channel.is === 'audioOnly';
  const since = (sinceMs: number | null) => ({ sinceMs: sinceMs ?? scene.nowMs });
  const isPictureTold = POOR_PICTURES.includes(picture.is) && !isSoundOnly;
  const soundKey = sound.isMissing ? 'missing' : sound.is;
  return present<Notice>([
    isPictureTold && {
      id: `picture.${picture.is}`,
      level: 'status',
      message: say(`observation.picture.${picture.is}`, since(picture.sinceMs)),
    },
    POOR_SOUNDS.includes(sound.is) && {
      id: `sound.${soundKey}`,
      level: sound.isMissing ? 'alert' : 'status',
      message: say(`observation.sound.${soundKey}`, since(sound.sinceMs)),
    },
    ...reports.client.map((what) => ({
      id: `client.${what}`,
      level: 'alert' as const,
      message: say(`observation.client.${what}`),
    })),
  ]);
}

/** What no device can know: a person says it, in one action, and the client is told (H11). */
export function observationActions(scene: Scene): Choice[] {
  const { p, care } = scene;
  if (p.role !== 'practitioner' || !isOnMedia(scene)) return [];
  const { client } = p;
  const own = care.observation.reports.practitioner;
  const report = (what: 'cannotSee' | 'cannotHear') =>
    !own.includes(what) &&
    choice(what, say(`observation.${what}`), { type: 'observation.report', client, what });
  const isReported = own.length + care.observation.reports.client.length > 0;
  const settle = choice('settle', say('observation.settle'), { type: 'observation.settle', client });
  return present([report('cannotSee'), report('cannotHear'), isReported && settle]);
}
