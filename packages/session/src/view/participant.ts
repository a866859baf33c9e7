import type { Instant } from '@holdfast/protocol';
import type { ParticipantProjection } from '../project/participant-projection.js';
import { lineNotices, lineOf } from './line.js';
import { peopleOf } from './people.js';
import { preflightNotices } from './preflight.js';
import { choice, present, say, task } from './say.js';
import { reportTasks } from './tasks/reports.js';
import type { Choice, DeviceState, Message, Notice, Stage, Task, View } from './types.js';

/** Where another participant is. Built from their own projection and their own device only (J7). */
function stageOf(p: ParticipantProjection, device: DeviceState, line: View['line']): Stage {
  if (device.hasLeft !== 'no') return 'left';
  if (p.stage === 'ended' || p.place === 'removed') return 'closed';
  if (device.isSuperseded) return 'openElsewhere';
  // A page that reaches nobody never says that others see and hear its person.
  if (p.place === 'room' && !p.isPaused && !line.isUp && line.sinceMs !== null) return 'reconnecting';
  if (p.place === 'room') return p.stage === 'live' ? 'live' : 'settlingIn';
  return p.hasConsented ? 'waiting' : 'setUp';
}

/** The word for where they are: more than there are stages. */
function placeOf(p: ParticipantProjection, stage: Stage): string {
  if (stage === 'closed') return p.stage === 'ended' ? 'over' : 'removed';
  if (stage === 'live' || stage === 'settlingIn') return p.isPaused ? 'paused' : 'room';
  if (stage !== 'waiting') return stage;
  return p.place === 'outside' ? 'outside' : 'door';
}

/** In plain words what happens now and what comes next: true whatever the reason is (J7, C21). */
function explanationOf(p: ParticipantProjection, place: string): Message[] {
  const says = (...names: (string | false)[]): Message[] =>
    present(names).map((name) => say(`participant.${place}.${name}`));
  if (place === 'door') return says('next', !p.isIdentified && 'who');
  if (place === 'room') return says('what', 'outside');
  return says('what');
}

/** Their own consent, by the version of the text (J2). Nothing is ticked beforehand. */
function tasksOf(p: ParticipantProjection, stage: Stage): Task[] {
  if (p.hasConsented || stage !== 'setUp') return [];
  const { person } = p;
  const agree = choice(
    'agree',
    say('participant.consent.agree'),
    { type: 'participant.consent', person, textVersion: p.texts.participation },
    { weight: 'main' },
  );
  const why = say('participant.consent.why');
  return [
    task('participation', say('participant.consent.title'), [agree], {
      why,
      text: p.texts.participation,
      urgency: 'now',
    }),
  ];
}

function actionsOf(p: ParticipantProjection, stage: Stage): Choice[] {
  if (!p.hasConsented || ['left', 'closed', 'openElsewhere'].includes(stage)) return [];
  const { person } = p;
  return [
    choice(
      'withdraw',
      say('participant.action.withdraw'),
      { type: 'participant.withdraw', person },
      { confirm: say('participant.action.withdraw.confirm') },
    ),
  ];
}

function noticesOf(device: DeviceState, stage: Stage, line: View['line']): Notice[] {
  if (['left', 'closed', 'openElsewhere'].includes(stage)) return [];
  return [...lineNotices('participant', line), ...preflightNotices(device, stage)];
}

const ACTS: Partial<Record<Stage, View['whoActs']>> = {
  setUp: 'you',
  waiting: 'practitioner',
  reconnecting: 'software',
};

/** The screen of a supporter, an interpreter, somebody who watches or learns. No clock and nothing of the client's (H26). */
export function participantView(p: ParticipantProjection, device: DeviceState, nowMs: Instant): View {
  const line = lineOf(device, nowMs);
  const stage = stageOf(p, device, line);
  const place = placeOf(p, stage);
  const isOut = ['left', 'closed', 'openElsewhere'].includes(stage);
  return {
    role: p.role,
    person: p.person,
    client: p.client,
    stage,
    drill: p.drill,
    headline: say(`participant.${place}.headline`),
    explanation: explanationOf(p, place),
    whoActs: ACTS[stage] ?? 'nobody',
    notices: noticesOf(device, stage, line),
    tasks: tasksOf(p, stage),
    deadlines: [],
    facts: [],
    cannot: [],
    people: peopleOf(p, p.people, stage, line),
    actions: actionsOf(p, stage),
    reports: !isOut || (stage === 'closed' && line.isUp) ? reportTasks(false) : [],
    showsVideo: p.mediaAllowed && !p.isPaused && ['live', 'settlingIn', 'reconnecting'].includes(stage),
    adjustments: null,
    line,
  };
}
