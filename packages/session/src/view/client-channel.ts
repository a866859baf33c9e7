import type { Channel } from '@holdfast/protocol';
import type { ClientProjection } from '../project/client-projection.js';
import { choice, present, say } from './say.js';
import type { Choice, Notice, Stage } from './types.js';

const OWN: readonly Channel[] = ['video', 'audioOnly', 'phone', 'text'];
const TALKING: readonly Stage[] = ['settlingIn', 'live'];

/** A client chooses for themselves, without a reason (D09). */
export function channelActions({ client, channel, contact }: ClientProjection): Choice[] {
  return OWN.filter(
    (to) => to !== channel && !(contact === 'byPhone' && (to === 'video' || to === 'audioOnly')),
  ).map((to) =>
    choice(`channel.${to}`, say(`client.channel.to.${to}`), { type: 'channel.choose', client, to }),
  );
}

/** The word for where the client is: in words or by voice, the rest is the same. */
export const placeOf = ({ channel }: ClientProjection, stage: Stage): string =>
  stage === 'phone' && channel === 'text' ? 'text' : stage;

/** What was chosen. It promises only what was asked. */
export const channelNotices = ({ channel }: ClientProjection, stage: Stage): Notice[] =>
  channel === 'video' || stage === 'phone'
    ? []
    : [{ id: 'channel', level: 'status', message: say(`client.channel.now.${channel}`) }];

/** They meet by picture and sound, and neither is off on purpose. */
const isOnMedia = ({ contact, pause }: ClientProjection, stage: Stage): boolean =>
  TALKING.includes(stage) && contact === 'together' && pause === 'none';

/** Both sides know when one is not heard (H11), in words and without a clock (H23). */
export function ownObservationNotices(p: ClientProjection, stage: Stage): Notice[] {
  if (!isOnMedia(p, stage)) return [];
  const { isHeard, isSeen, reported } = p.observation;
  return present<Notice>([
    !isHeard && { id: 'unheard', level: 'alert', message: say('client.observation.unheard') },
    !isSeen && { id: 'unseen', level: 'alert', message: say('client.observation.unseen') },
    reported.length > 0 && { id: 'reported', level: 'status', message: say('client.observation.reported') },
  ]);
}

/** "I cannot see you", "I cannot hear you", and that it works again. */
export function observationActions(p: ClientProjection, stage: Stage): Choice[] {
  if (!isOnMedia(p, stage)) return [];
  const { client, observation } = p;
  const { reported, isReported } = observation;
  const report = (what: 'cannotSee' | 'cannotHear') =>
    !reported.includes(what) &&
    choice(what, say(`client.observation.${what}`), { type: 'observation.report', client, what });
  return present([
    report('cannotSee'),
    report('cannotHear'),
    isReported && choice('settle', say('client.observation.settle'), { type: 'observation.settle', client }),
  ]);
}
