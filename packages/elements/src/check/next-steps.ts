import type { DeviceCheck, MediaState } from '@holdfast/session';

/** What the person said of the sound that was played. */
export type Heard = 'notPlayed' | 'played' | 'yes' | 'no';

/** Whether camera and microphone were both tried and work. */
const isTried = ({ camera, microphone }: MediaState): boolean => camera === 'on' && microphone === 'on';

/** What to do next, in order, as keys of the catalogue; never nothing (D07). What is unsure keeps nobody from being ready. */
export function nextSteps({ preflight }: DeviceCheck, media: MediaState, heard: Heard): readonly string[] {
  const { browser, connection, battery } = preflight;
  const isPlain = browser === 'ok' && connection !== 'bad' && connection !== 'weak' && battery !== 'low';
  if (isPlain && isTried(media) && heard === 'yes') return ['check.next.ready'];
  return [
    ...(browser === 'unsupported' ? ['preflight.browser.unsupported'] : []),
    ...(isTried(media) ? [] : ['check.next.devices']),
    ...(heard === 'notPlayed' || heard === 'played' ? ['check.next.speaker'] : []),
    ...(heard === 'no' ? ['check.next.louder'] : []),
    ...(connection === 'weak' || connection === 'bad' ? [`preflight.connection.${connection}`] : []),
    ...(battery === 'low' ? ['preflight.battery.low'] : []),
    'check.next.without',
  ];
}
