import type { Command, Instant } from '@holdfast/protocol';
import type { ClientProjection } from '../project/client-projection.js';
import { adjustmentFacts } from './adjustment-facts.js';
import {
  channelActions,
  channelNotices,
  observationActions,
  ownObservationNotices,
  placeOf,
} from './client-channel.js';
import { ownGrantTasks, ownRecordingNotices, recordingActions } from './client-recording.js';
import { isMediaLost, lineNotices, lineOf } from './line.js';
import { peopleOf } from './people.js';
import { measuredOf, preflightNotices } from './preflight.js';
import { choice, present, say } from './say.js';
import { feedbackTask } from './tasks/feedback.js';
import { itemTask } from './tasks/items.js';
import { reportTasks } from './tasks/reports.js';
import type { Choice, DeviceState, Message, Notice, Stage, Task, View } from './types.js';

/** Where the client is. Built from their own projection and their own device only (V1). */
function stageOf(p: ClientProjection, device: DeviceState, nowMs: Instant): Stage {
  if (device.hasLeft !== 'no') return 'left';
  if (p.stage === 'ended') return 'closed';
  if (device.isSuperseded) return 'openElsewhere';
  if (p.stage === 'gathering')
    return p.items.some((item) => item.settledBefore === 'media' && !item.isSettled) ? 'setUp' : 'waiting';
  if (p.contact === 'byPhone') return 'phone';
  if (p.contact === 'apart' || p.isSetApart) return 'waiting';
  if (p.contact === 'lost' || isMediaLost(device, p.lostAfterMs, nowMs)) return 'reconnecting';
  return p.stage === 'live' ? 'live' : 'settlingIn';
}

const isIn = (stage: Stage): boolean =>
  ['setUp', 'waiting', 'settlingIn', 'live', 'reconnecting', 'phone'].includes(stage);

/** Whether questions are still open: the screen never says that there is nothing to do above one of them. */
const hasOpenItems = (p: ClientProjection): boolean => p.items.some((item) => !item.isSettled);

/** Between the two who talk; where contact is lost or by phone, that is what the screen says. */
const isShownPaused = (p: ClientProjection, stage: Stage): boolean =>
  p.pause !== 'none' && (stage === 'settlingIn' || stage === 'live');

/** Own items as tasks: those that are needed before media first, the others when there is time to talk. */
function tasksOf(p: ClientProjection, device: DeviceState, stage: Stage, isLineUp: boolean): Task[] {
  if (stage === 'closed') return p.feedback === 'asked' && isLineUp ? [feedbackTask()] : [];
  const isEarly = stage === 'setUp';
  if (!isEarly && !['waiting', 'settlingIn', 'live'].includes(stage)) return [];
  // U2: also while the practitioner is away, a paused screen shows no words of anybody's: it may be read by whoever is near (H16).
  if (p.pause !== 'none') return [];
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
      asksOfGuardians: p.isMinor,
      words: p.vault[p.person] ?? {},
      ...(item === 'device' ? { measured: measuredOf(device.preflight) } : {}),
      scene: null,
    }),
  );
}

/** The same whatever it is for, and true of all (U2, V1). */
const pausedWords = (p: ClientProjection): Message[] => [
  say('client.paused.off'),
  say(p.pause === 'ready' ? 'client.paused.ready' : 'client.paused.next'),
];

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
  if (isShownPaused(p, stage)) return pausedWords(p);
  switch (stage) {
    case 'setUp':
      return says('why', 'ifDropped', 'pace');
    case 'waiting':
      if (p.stage !== 'gathering')
        return says(isAway ? 'practitionerAway' : p.isSetApart ? 'joint' : 'apart');
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
      return says(
        'what',
        stage === 'left' && 'reach',
        stage === 'closed' && p.feedback === 'given' && 'thanks',
      );
  }
}

/** What is offered instead of video is theirs to know, also when the session is over (A53). */
function alternativeNotices({ alternative }: ClientProjection): Notice[] {
  if (alternative === null) return [];
  const { kind, dueOn, route } = alternative;
  return [
    { id: 'alternative', level: 'status', message: say(`client.alternative.${kind}`, { dueOn }) },
    { id: 'alternative.until', level: 'status', message: say(`client.until.${route}`) },
  ];
}

function noticesOf(p: ClientProjection, device: DeviceState, stage: Stage, line: View['line']): Notice[] {
  if (!isIn(stage)) return stage === 'closed' ? alternativeNotices(p) : [];
  // Somebody who is seen and heard needs no notice that they come.
  const isShown = p.help === 'asked' || (p.help === 'answered' && stage !== 'live' && stage !== 'settlingIn');
  const help: Notice | false = isShown && {
    id: 'help',
    level: 'status',
    message: say(`client.help.${p.help}`),
  };
  // M5: what a person chose to say, in every stage the same.
  const told: Notice | false = p.told !== null && {
    id: `told.${p.told}`,
    level: 'status',
    message: say(`client.told.${p.told}`),
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
    told,
    help,
    ...channelNotices(p, stage),
    ...ownRecordingNotices(p, stage),
    numbers,
    ...alternativeNotices(p),
    ...preflightNotices(device, stage),
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
  const isCall = stage === 'settlingIn' || stage === 'live';
  const { client } = p;
  const pause = choice('pause', say('client.action.pause'), {
    type: 'pause.start',
    client,
    reason: 'overwhelmed',
  });
  const ready = choice(
    'ready',
    say('client.action.ready'),
    { type: 'pause.end', client },
    { weight: 'main' },
  );
  return present([
    help,
    isCall && p.pause === 'none' && { ...pause, weight: 'main' as const },
    isCall && p.pause === 'paused' && ready,
    isCall &&
      p.pause === 'ready' && { ...pause, label: say('client.action.notReady'), weight: 'main' as const },
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
    headline: say(
      isShownPaused(p, stage) ? 'client.paused.headline' : `client.${placeOf(p, stage)}.headline`,
    ),
    explanation: explanationOf(p, device, stage, line),
    whoActs: ACTS[stage] ?? 'nobody',
    notices: noticesOf(p, device, stage, line),
    tasks: [...tasksOf(p, device, stage, line.isUp), ...ownGrantTasks(p, stage)],
    deadlines: [],
    facts: isIn(stage) ? adjustmentFacts(p.adjustments) : [],
    cannot: [],
    people: peopleOf(p, p.people, stage, line),
    actions: actionsOf(p, stage),
    reports: isIn(stage) || (stage === 'closed' && line.isUp) ? reportTasks(false) : [],
    showsVideo:
      p.mediaAllowed && p.pause === 'none' && ['settlingIn', 'live', 'reconnecting'].includes(stage),
    adjustments: p.adjustments,
    line,
  };
}
