import { SAFE_CONTACT_KEYS, type Command } from '@holdfast/protocol';
import { choice, present, say, task } from '../say.js';
import { nameOf, type Scene } from '../scene.js';
import type { Choice, Message, Task } from '../types.js';

/** The causes of alerts that speak of a signal or of broken privacy: never said aloud beside a call (Q12, H16). */
export const QUIET_CAUSES: readonly string[] = ['discreetSignal', 'privacySilent', 'privacy'];

type Step = Extract<Command, { type: `privacy.${string}` }>;

/** The practitioner's cue: seen, not heard (H16). */
function signalTask({ p, care }: Scene): Task | false {
  if (!care.signal.isUnseen) return false;
  const { client } = p;
  const seen: Command = { type: 'privacy.acknowledge', client, outcome: 'seen' };
  return task(
    'signal',
    say('staff.signal.title'),
    present([
      choice('seen', say('staff.signal.seen'), seen, { weight: 'main' }),
      care.privacy.step === 'none' &&
        choice('open', say('staff.privacy.open'), { type: 'privacy.open', client }, { weight: 'danger' }),
      choice('falseAlarm', say('staff.signal.falseAlarm'), { ...seen, outcome: 'falseAlarm' }),
    ]),
    {
      why: say('staff.signal.why'),
      dueAtMs: care.signal.deadlines['acknowledge'] ?? null,
      urgency: 'now',
      isQuiet: true,
    },
  );
}

/** The four ways on, but the one that they are on (A26). */
function waysOn({ p, care }: Scene): Choice[] {
  const { client } = p;
  const { step, wording, hasSafeContact, isBackUpSafe } = care.privacy;
  const way = (id: string, command: Step, confirm: Message | null = null): Choice =>
    choice(id, say(`staff.privacy.${id}`), command, { confirm });
  return present([
    step !== 'paused' && way('stop', { type: 'privacy.pause', client }),
    step !== 'recontracting' && way('askAgain', { type: 'privacy.recontract', client }),
    step !== 'switchingChannel' &&
      isBackUpSafe &&
      way('toBackUp', { type: 'privacy.switchChannel', client, to: 'backUpChannel' }),
    step !== 'switchingChannel' &&
      hasSafeContact &&
      way('toSafeContact', { type: 'privacy.switchChannel', client, to: 'safeContact' }),
    step !== 'endingNeutrally' && way('endNeutrally', { type: 'privacy.endNeutrally', client, wording }),
  ]);
}

/** What settles the step they are on, if it does. A yes is a yes; anything else goes back to the pause (A36). */
function answersOf({ p, care }: Scene): readonly [answer: Choice | false, falseAlarm: Choice] {
  const { client } = p;
  const settle = (
    id: string,
    outcome: Extract<Command, { type: 'privacy.resolve' }>['outcome'],
    isFreeToSpeak = false,
  ): Choice =>
    choice(
      id,
      say(`staff.privacy.${id}`),
      { type: 'privacy.resolve', client, outcome, isFreeToSpeak },
      { weight: id === 'falseAlarm' ? 'other' : 'main' },
    );
  const { step } = care.privacy;
  const answer =
    (step === 'recontracting' && settle('yesFree', 'privateAgain', true)) ||
    (step === 'switchingChannel' && settle('goneOver', 'otherChannel')) ||
    (step === 'endingNeutrally' && settle('endedSo', 'endedNeutrally'));
  return [answer, settle('falseAlarm', 'falseAlarm')];
}

/** How far the alert to the safeguarding lead is, once a person asked for it, and who has it: after them the duty list (A38). */
function leadOf(scene: Scene): Message {
  const { care } = scene;
  const alerts = care.alerts.filter(
    ({ about, cause }) => about === care.privacy.about && cause === 'privacy',
  );
  const answered =
    alerts.find(({ state }) => state === 'accepted') ?? alerts.find(({ state }) => state === 'acknowledged');
  return answered === undefined
    ? say('staff.privacy.lead.sent')
    : say(`staff.privacy.lead.${answered.state}`, { name: nameOf(scene, answered.person) });
}

function leadTask(scene: Scene): Task | false {
  const { p, care } = scene;
  const { step, isLeadAlerted } = care.privacy;
  if (step === 'none') return false;
  const alert = choice(
    'alertLead',
    say('staff.privacy.alertLead'),
    { type: 'privacy.alertLead', client: p.client },
    { confirm: say('staff.privacy.alertLead.confirm') },
  );
  return task('privacyLead', say('staff.privacy.lead.title'), isLeadAlerted ? [] : [alert], {
    why: isLeadAlerted ? leadOf(scene) : say('staff.privacy.lead.why'),
    urgency: isLeadAlerted ? 'done' : 'normal',
    isQuiet: true,
  });
}

function pathwayTask(scene: Scene): Task | false {
  const { care } = scene;
  const { step, deadlines } = care.privacy;
  if (step === 'none' || step === 'ended') return false;
  const [answer, falseAlarm] = answersOf(scene);
  // The safer ways first: "false alarm" is never the first thing under a finger.
  const choices = present([answer, ...waysOn(scene), falseAlarm]);
  return task('privacy', say(`staff.privacy.step.${step}`), choices, {
    why: say(`staff.privacy.step.${step}.why`),
    text: step === 'endingNeutrally' ? care.texts.neutralEnding : care.texts.privacy,
    dueAtMs: deadlines['act'] ?? null,
    urgency: 'now',
    isQuiet: true,
  });
}

/** Time and channel that the client agreed to as safe: asked while it is private, used when it is not (A36, A38). */
function safeContactTask(scene: Scene): Task | false {
  const { p, care, words } = scene;
  const isOpen = !['none', 'ended'].includes(care.privacy.step);
  const isAsked = p.role === 'practitioner' && care.stage === 'settingUp';
  if (!isOpen && !isAsked) return false;
  const set = choice(
    'set',
    say('staff.safeContact.set'),
    { type: 'privacy.setSafeContact', client: p.client },
    { fields: [...SAFE_CONTACT_KEYS] },
  );
  return task('safeContact', say('staff.safeContact.title', { name: nameOf(scene, p.client) }), [set], {
    why: say('staff.safeContact.why'),
    fields: SAFE_CONTACT_KEYS.map((name) => ({
      kind: 'personal',
      name,
      label: say('staff.safeContact.words'),
      required: true,
      input: 'text',
      current: words[name] ?? null,
    })),
    urgency: care.privacy.hasSafeContact ? 'done' : 'normal',
    isQuiet: true,
  });
}

export function privacyTasks(scene: Scene): Task[] {
  if (scene.care.stage === 'closed') return [];
  return present([
    signalTask(scene),
    pathwayTask(scene),
    leadTask(scene),
    scene.care.stage !== 'closing' && safeContactTask(scene),
  ]);
}

/** In one press, in any state (C1 for a crisis; Q5 for privacy). */
export const privacyAction = ({ p, care }: Scene): Choice | false =>
  ['none', 'ended'].includes(care.privacy.step) &&
  care.stage !== 'closed' &&
  choice(
    'privacy',
    say('staff.action.privacy'),
    { type: 'privacy.open', client: p.client },
    { weight: 'danger' },
  );
