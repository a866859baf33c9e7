import type { Instant } from '@holdfast/protocol';
import type { Care, StaffProjection } from '../project/projection.js';
import { factsOf } from './facts.js';
import { lineNotices, lineOf } from './line.js';
import { peopleOf } from './people.js';
import { choice, present, say, task } from './say.js';
import { nameOf, sceneOf } from './scene.js';
import { deadlinesOf, noticesOf } from './staff-notices.js';
import { reportTasks } from './tasks/reports.js';
import { watchdogNotices } from './watchdog-notices.js';
import type { DeviceState, Message, Stage, Task, View } from './types.js';

type ColleagueState = NonNullable<StaffProjection['colleague']>;

/** What is open in the session, in a few sentences: what they would take over (D5). */
function briefing({ stage, run, risk, openPathways }: Care): Message[] {
  const part =
    run === null
      ? null
      : run.status === 'exhausted'
        ? 'exhausted'
        : run.deciding !== 'idle' && run.deciding !== 'done'
          ? 'deciding'
          : run.phoning === 'open'
            ? 'phoning'
            : 'reconnecting';
  return present([
    say(`colleague.stage.${stage}`),
    risk.isActive && say('colleague.risk'),
    part !== null && say(`colleague.run.${part}`),
    ...openPathways.map((pathway) => say(`colleague.pathway.${pathway}`)),
  ]);
}

function tasksOf(name: string, { isOffered, isLeadGone }: ColleagueState, stage: Stage): Task[] {
  if (stage === 'left' || stage === 'closed' || stage === 'openElsewhere') return [];
  const accept = choice('accept', say('colleague.accept'), { type: 'handOver.accept' }, { weight: 'main' });
  const decline = choice('decline', say('colleague.decline'), { type: 'handOver.decline' });
  const take = choice(
    'take',
    say('colleague.take'),
    { type: 'handOver.take' },
    { weight: 'main', confirm: say('colleague.take.confirm') },
  );
  if (isOffered)
    return [
      task('handOver', say('colleague.offered.title', { name }), [accept, decline], {
        why: say('colleague.offered.why'),
        urgency: 'now',
      }),
    ];
  return isLeadGone
    ? [task('handOver', say('colleague.gone.title', { name }), [take], { why: say('colleague.gone.why') })]
    : [];
}

const placeOf = ({ isOffered, isLeadGone, hasLed }: ColleagueState): string =>
  isOffered ? 'offered' : isLeadGone ? 'gone' : hasLed ? 'handedOver' : 'waiting';

/** A practitioner who does not lead: nothing of the session but what they are asked to take over (D5, E20). */
export function colleagueView(
  p: StaffProjection,
  colleague: ColleagueState,
  device: DeviceState,
  nowMs: Instant,
): View {
  const line = lineOf(device, nowMs);
  const scene = p.care === null ? null : sceneOf(p, p.care, device, nowMs);
  const isOut = device.hasLeft !== 'no' || device.isSuperseded;
  const stage: Stage =
    device.hasLeft !== 'no'
      ? 'left'
      : device.isSuperseded
        ? 'openElsewhere'
        : scene?.care.stage === 'closed'
          ? 'closed'
          : colleague.isOffered
            ? 'alerted'
            : 'waiting';
  const isAsked = stage === 'alerted';
  const isRead = scene !== null && isAsked;
  return {
    role: p.role,
    person: p.person,
    client: p.client,
    stage,
    drill: p.drill,
    headline: say(
      isOut || stage === 'closed' ? `duty.${stage}.headline` : `colleague.${placeOf(colleague)}.headline`,
    ),
    explanation: isRead ? briefing(scene.care) : [],
    whoActs: isAsked ? 'you' : 'nobody',
    notices: isRead
      ? noticesOf(scene, stage)
      : isOut || stage === 'closed'
        ? []
        : [...lineNotices('staff', line), ...watchdogNotices('duty', device)],
    tasks: tasksOf(nameOf({ p }, p.practitioner), colleague, stage),
    deadlines: isRead ? deadlinesOf(scene) : [],
    facts: isRead ? factsOf(scene) : [],
    cannot: [],
    people: isRead ? peopleOf(p, scene.care.people, stage, line) : [],
    actions: [],
    reports: line.isUp && !isOut ? reportTasks(true) : [],
    showsVideo: false,
    adjustments: null,
    line,
  };
}
