import { isEmitted, type Concept } from '../../step/concept.js';
import { channelMachine } from './channel.machine.js';

/** Where the ladder, or a person, has brought them: the channel follows. */
const HEARD: readonly string[] = [
  'contact.byPhone',
  'contact.together',
  'contact.recovered',
  'call.cut',
  'call.movedToVideo',
];

/** How each client and the practitioner meet. */
export const channelConcept: Concept = {
  name: 'channel',
  machine: channelMachine,
  startsWith: ({ people }) => people.filter(({ role }) => role === 'client').map(({ id }) => id),
  concerns: (message, session) => {
    const client = clientIn(message);
    return client !== null && session.charts[`channel:${client}`] !== undefined ? [client] : [];
  },
};

function clientIn(message: Parameters<Concept['concerns']>[0]): string | null {
  if (isEmitted(message)) return HEARD.includes(message.type) ? (message.subject?.id ?? null) : null;
  return message.type === 'channel.choose' || message.type === 'channel.recordCall' ? message.client : null;
}
