import type { Command, Instant } from '@holdfast/protocol';
import type { ClientProjection } from '../project/projection.js';
import {
  channelActions,
  channelNotices,
  placeOf,
  observationActions,
  ownObservationNotices,
} from './client-channel.js';
import { ownGrantTasks, ownRecordingNotices, recordingActions } from './client-recording.js';
import { isMediaLost, lineNotices, lineOf } from './line.js';
import { peopleOf } from './people.js';
import { choice, present, say } from './say.js';
import { itemTask } from './tasks/items.js';
import type { Choice, DeviceState, Message, Notice, Stage, Task, View } from './types.js';

/** Where the client is. Built from their own projection and their own device only (V1). */
function stageOf(p: ClientProjection, device: DeviceState, nowMs: Instant): Stage {
  if (device.hasLeft !== 'no') return 'left';
  if (p.stage === 'ended') return 'closed';
  if (device.isSuperseded) return 'openElsewhere';
  if (p.stage === 'gathering')
    return p.items.some((item) => item.settledBefore === 'media' && !item.isSettled) ? 'setUp' : 'waiting';
  if (p.contact === 'byPhone') return 'phone';
  if (p.contact === 'apart') return 'waiting';
  if (p.contact === 'lost' || isMediaLost(device, p.lostAfterMs, nowMs)) return 'reconnecting';
  return p.stage === 'live' ? 'live' : 'settlingIn';
}

const isIn = (stage: Stage): boolean =>
  ['setUp', 'waiting', 'settlingIn', 'live', 'reconnecting', 'phone'].includes(stage);

/** Whether questions are still open: the screen never says that there is nothing to do above one of them. */
const hasOpenItems = (p: ClientProjection): boolean => p.items.some((item) => !item.isSettled);

/** Own items as tasks: those that are needed before media first, the others when there is time to talk. */
function tasksOf(p: ClientProjection, stage: Stage): Task[] {
  const isEarly = stage === 'setUp';
  if (!isEarly && !['waiting', 'settlingIn', 'live'].includes(stage)) return [];
  const asked = p.items.filter((item) =>
    isEarly ? item.settledBefore === 'media' : stage === 'live' ? !item.isSettled : true,
  );
  const next = asked.find((item) => !item.isSettled);
  return asked.map(({ item, isSettled }) =>
    itemTask({
      item,
      teller: 'client',
      isSettled,
      urgency: isEarly && item === next?.item ? 'now' : 'normal',
      text: item === 'consent' ? p.texts.consent : undefined,
      words: p.vault[p.person] ?? {},
    }),
  );
}

/** What happens now, in sentences that are true in every case: they promise what was agreed and no more (H16, H23). */
function explanationOf(
  p: ClientProjection,
  device: DeviceState,
  stage: Stage,
  line: View['line'],
): Message[] {
  const isAway = p.people.some((other) => other.role === 'practitioner' && other.presence === 'away');
  const says = (...names: (string | false)[]): Message[] =>
    present(names).map((name) => say(`client.${stage}.${name}`));
  switch (stage) {
    case 'setUp':
      return says('why', 'pace');
    case 'waiting':
      if (p.stage !== 'gathering') return says(isAway ? 'practitionerAway' : 'apart');
      return says(
        p.isAdmitted ? 'admitted' : 'letIn',
        hasOpenItems(p) ? 'meanwhile' : !p.isAdmitted && 'nothing',
        isAway && 'practitionerAway',
      );
    case 'settlingIn':
      return says(
        device.media === 'up' ? 'talk' : 'connecting',
        p.practitionerRoom !== 'unknown' && p.practitionerRoom,
      );
    case 'live':
      return says('room');
    case 'reconnecting': {
      const isMine = device.verdict === 'me' || !line.isUp;
      return says(
        isMine ? 'mine' : isAway || device.verdict === 'them' ? 'theirs' : 'unknown',
        'stay',
        'reach',
      );
    }
    case 'phone':
      return [say(`client.${placeOf(p, stage)}.what`)];
    default:
      return says('what', stage === 'left' && 'reach');
  }
}

function noticesOf(p: ClientProjection, stage: Stage, line: View['line']): Notice[] {
  if (!isIn(stage)) return [];
  // Somebody who is seen and heard needs no notice that they come.
  const isShown = p.help === 'asked' || (p.help === 'answered' && stage !== 'live' && stage !== 'settlingIn');
  const help: Notice | false = isShown && {
    id: 'help',
    level: 'status',
    message: say(`client.help.${p.help}`),
  };
  const isAlone = (!line.isUp && line.sinceMs !== null) || stage === 'reconnecting';
  const numbers: Notice | false = isAlone && {
    id: 'emergency',
    level: 'status',
    message: say('client.emergencyNumbers'),
  };
  return present([
    ...lineNotices('client', line),
    ...ownObservationNotices(p, stage),
    help,
    ...channelNotices(p, stage),
    ...ownRecordingNotices(p, stage),
    numbers,
  ]);
}

/** Always in the same place (WCAG 3.2.6). Asking for someone raises nothing and promises nothing (H16). */
function actionsOf(p: ClientProjection, stage: Stage): Choice[] {
  if (!isIn(stage)) return [];
  const ask: Command = { type: 'help.ask', client: p.client };
  const help = choice('help', say('client.action.help'), ask, { weight: 'main' });
  const moved = choice('moved', say('client.action.moved'), { type: 'item.reopen', item: 'location' });
  const hasPlace = p.items.some((item) => item.item === 'location' && item.isSettled);
  const withdraw = choice(
    'withdraw',
    say('client.action.withdraw'),
    { type: 'consent.withdraw' },
    { confirm: say('client.action.withdraw.confirm') },
  );
  const hasConsented = p.items.some((item) => item.item === 'consent' && item.isSettled);
  return present([
    help,
    ...recordingActions(p),
    ...observationActions(p, stage),
    ...channelActions(p),
    hasPlace && moved,
    hasConsented && withdraw,
  ]);
}

const ACTS: Partial<Record<Stage, View['whoActs']>> = {
  setUp: 'you',
  waiting: 'practitioner',
  reconnecting: 'software',
};

/** The client's screen. No clock (H23), and nothing that a person looking on must not see (H05). */
export function clientView(p: ClientProjection, device: DeviceState, nowMs: Instant): View {
  const stage = stageOf(p, device, nowMs);
  const line = lineOf(device, nowMs);
  return {
    role: 'client',
    person: p.person,
    client: p.client,
    stage,
    drill: p.drill,
    headline: say(`client.${placeOf(p, stage)}.headline`),
    explanation: explanationOf(p, device, stage, line),
    whoActs: ACTS[stage] ?? 'nobody',
    notices: noticesOf(p, stage, line),
    tasks: [...tasksOf(p, stage), ...ownGrantTasks(p, stage)],
    deadlines: [],
    facts: [],
    cannot: [],
    people: peopleOf(p, p.people, stage, line),
    actions: actionsOf(p, stage),
    showsVideo: p.mediaAllowed && ['settlingIn', 'live', 'reconnecting'].includes(stage),
    line,
  };
}
