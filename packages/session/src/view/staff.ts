import { STAFF_ROLES, type Instant, type ItemName } from '@holdfast/protocol';
import type { Care, StaffProjection, PractitionerProjection } from '../project/projection.js';
import { colleagueView } from './colleague.js';
import { factsOf } from './facts.js';
import { lineNotices, lineOf } from './line.js';
import { peopleOf } from './people.js';
import { reviewView } from './review.js';
import { choice, present, say } from './say.js';
import { heldByAnother, nameOf, sceneOf, voiceOf, type Scene } from './scene.js';
import { deadlinesOf, explanationOf, noticesOf } from './staff-notices.js';
import { placeOf, stageOf } from './staff-stage.js';
import { attendanceTasks } from './tasks/attendance.js';
import { alertTasks, careTasks, helpTasks } from './tasks/care.js';
import { channelTasks } from './tasks/channel.js';
import { cannotClose, closingTasks, openingTasks } from './tasks/closing.js';
import { colleagueTasks } from './tasks/colleagues.js';
import { askedInCrisis, crisisTasks } from './tasks/crisis.js';
import { cannotPass, gateTasks } from './tasks/gate.js';
import { handOverActions } from './tasks/hand-over.js';
import { observationActions } from './tasks/observation.js';
import { ownTasks, phoneTasks } from './tasks/phone.js';
import { cannotSettle, safeguardingAction, safeguardingTasks } from './tasks/safeguarding.js';
import { reportTasks } from './tasks/reports.js';
import { cannotDecide } from './tasks/deciding.js';
import { meetingTasks } from './tasks/meeting.js';
import { offeredChoices, offeredTasks } from './tasks/offered.js';
import { participantTasks } from './tasks/participants.js';
import { isShownPaused, pauseAction, pauseTasks } from './tasks/pause.js';
import { privacyAction, privacyTasks } from './tasks/privacy.js';
import { planTasks, withPlan } from './tasks/plan.js';
import { grantTasks, recordingTasks } from './tasks/recording.js';
import { runTasks } from './tasks/run.js';
import { alternativeTasks } from './tasks/set-up.js';
import type { Choice, DeviceState, Message, Stage, Task, View } from './types.js';
import { watchdogNotices } from './watchdog-notices.js';

type CareProjection = PractitionerProjection | StaffProjection;

const RANK: Readonly<Record<Task['urgency'], number>> = { now: 0, normal: 1, done: 2 };

const isNotIn =
  (items: readonly ItemName[]) =>
  ({ item }: Task): boolean =>
    item === null || !items.includes(item);

/** All tasks, those that somebody waits for first. Cut off, the urgent ones are the person's own to do (H08). */
function tasksOf(scene: Scene, stage: Stage): Task[] {
  if (['left', 'closed', 'openElsewhere'].includes(stage)) return [];
  const isRunning = scene.care.run !== null;
  const tasks = [
    ...alertTasks(scene),
    ...ownTasks(scene),
    ...runTasks(scene),
    ...helpTasks(scene),
    ...privacyTasks(scene),
    ...phoneTasks(scene),
    ...crisisTasks(scene),
    ...careTasks(scene),
    ...safeguardingTasks(scene),
    ...pauseTasks(scene),
    ...participantTasks(scene),
    ...meetingTasks(scene),
    ...(scene.p.role === 'practitioner' && !isRunning
      ? withPlan(scene, gateTasks(scene)).filter(isNotIn(askedInCrisis(scene)))
      : []),
    ...(isRunning ? [] : alternativeTasks(scene)),
    ...(isRunning ? [] : planTasks(scene)),
    ...openingTasks(scene),
    ...colleagueTasks(scene),
    ...closingTasks(scene),
    ...attendanceTasks(scene),
    ...channelTasks(scene),
    ...recordingTasks(scene),
    ...(scene.p.role === 'practitioner' ? [] : grantTasks(scene.p.recording)),
  ];
  return offeredTasks(scene, tasks)
    .map((task) => (scene.isCut && task.urgency === 'now' ? { ...task, isOwnToDo: true } : task))
    .sort((a, b) => RANK[a.urgency] - RANK[b.urgency]);
}

function actionsOf(scene: Scene, stage: Stage): Choice[] {
  const { p, care } = scene;
  if (['left', 'closed', 'openElsewhere'].includes(stage)) return [];
  const isOn = care.stage !== 'closing';
  const raise = choice(
    'risk',
    say('staff.action.risk'),
    { type: 'risk.raise', client: p.client },
    { weight: 'danger' },
  );
  const crisis = choice(
    'crisis',
    say('staff.action.crisis'),
    { type: 'crisis.open', client: p.client },
    { weight: 'danger' },
  );
  const end = choice(
    'end',
    say('staff.action.end'),
    { type: 'session.end' },
    { confirm: say('staff.action.end.confirm') },
  );
  return offeredChoices(
    scene,
    present([
      !care.risk.isActive && raise,
      care.crisis.state !== 'open' && crisis,
      safeguardingAction(scene),
      privacyAction(scene),
      pauseAction(scene),
      ...handOverActions(scene),
      ...observationActions(scene),
      isOn && cannotClose(scene).length === 0 && end,
    ]),
  );
}

function headlineOf(scene: Scene, stage: Stage): Message {
  const { p, care } = scene;
  // L18: a word may also come too late, when contact is lost again.
  const isBack = !['deciding', 'exhausted', 'reconnecting'].includes(stage);
  const isWordDue = care.run?.word === 'awaited' && isBack;
  if (isWordDue) return say('staff.word.headline');
  const held = stage === 'phone' ? heldByAnother(scene) : null;
  if (held !== null) return say(`staff.held.${held.way}.headline`, { name: nameOf(scene, held.by) });
  if (isShownPaused(scene, stage)) return say('staff.pause.headline');
  const isTalking = stage === 'phone' && care.contact.state === 'byPhone';
  return say(isTalking ? 'staff.talking.headline' : `${voiceOf(p)}.${placeOf(scene, stage)}.headline`);
}

function whoActs(scene: Scene, stage: Stage, tasks: readonly Task[]): View['whoActs'] {
  const { p, care, me } = scene;
  if (tasks.some((task) => task.urgency === 'now')) return 'you';
  // Z4: whoever has left has nothing to press, and the page is not told who acts now.
  if (stage === 'left') return 'nobody';
  const { run } = care;
  if (stage === 'reconnecting') return 'software';
  const held = stage === 'phone' ? heldByAnother(scene) : null;
  if (held !== null) return held.by === p.practitioner ? 'practitioner' : 'duty';
  if (run !== null) return run.owner === me ? 'you' : run.owner === p.practitioner ? 'practitioner' : 'duty';
  return stage === 'waiting' || stage === 'setUp' ? 'client' : 'nobody';
}

/** From every page that this person holds; after the close as long as the line is up (F4, F5). */
const reportsOf = ({ line }: Scene, stage: Stage): Task[] =>
  stage === 'left' || stage === 'openElsewhere' || (stage === 'closed' && !line.isUp)
    ? []
    : reportTasks(true);

/** Staff who were never here are on a list, and not in the session: who is alerted of them stands in the messages. */
const isConcerned = ({ role, presence }: Care['people'][number]): boolean =>
  presence !== 'notYet' || !STAFF_ROLES.some((staff) => staff === role);

const cannotOf = (scene: Scene): View['cannot'] => [
  ...cannotPass(scene),
  ...cannotDecide(scene),
  ...cannotClose(scene),
  ...cannotSettle(scene),
];

function careView(p: CareProjection, care: Care, device: DeviceState, nowMs: Instant): View {
  const scene = sceneOf(p, care, device, nowMs);
  const stage = stageOf(scene);
  const tasks = tasksOf(scene, stage);
  const isOver = stage === 'left' || stage === 'closed';
  return {
    role: p.role,
    person: p.person,
    client: p.client,
    stage,
    drill: p.drill,
    headline: headlineOf(scene, stage),
    explanation: explanationOf(scene, stage),
    whoActs: whoActs(scene, stage, tasks),
    notices: noticesOf(scene, stage),
    tasks,
    deadlines: isOver ? [] : deadlinesOf(scene),
    facts: isOver ? [] : factsOf(scene),
    cannot: isOver ? [] : cannotOf(scene),
    people: peopleOf(p, care.people.filter(isConcerned), stage, scene.line),
    actions: actionsOf(scene, stage),
    reports: reportsOf(scene, stage),
    showsVideo:
      p.role === 'practitioner' &&
      care.mediaAllowed &&
      !care.pause.isPaused &&
      !['left', 'openElsewhere', 'closed', 'closing'].includes(stage),
    adjustments: care.adjustments,
    line: scene.line,
  };
}

export const practitionerView = (p: PractitionerProjection, device: DeviceState, nowMs: Instant): View =>
  careView(p, p.care, device, nowMs);

/** The policy's staff: an empty page until somebody alerted them (E20). */
export function staffView(p: StaffProjection, device: DeviceState, nowMs: Instant): View {
  if (p.colleague !== null) return colleagueView(p, p.colleague, device, nowMs);
  if (p.care !== null) return careView(p, p.care, device, nowMs);
  if (p.review !== null) return reviewView(p, p.review, device, nowMs);
  const line = lineOf(device, nowMs);
  return {
    role: p.role,
    person: p.person,
    client: p.client,
    stage: 'waiting',
    drill: p.drill,
    headline: say('duty.waiting.headline'),
    explanation: [say('duty.waiting.what')],
    whoActs: 'nobody',
    notices: [...lineNotices('staff', line), ...watchdogNotices('duty', device)],
    tasks: grantTasks(p.recording),
    deadlines: [],
    facts: [],
    cannot: [],
    people: [],
    actions: [],
    reports: line.isUp ? reportTasks(true) : [],
    showsVideo: false,
    adjustments: null,
    line,
  };
}
