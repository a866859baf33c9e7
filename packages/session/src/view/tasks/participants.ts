import { CallBackOutcome, ParticipantMethod, type Command, type Id } from '@holdfast/protocol';
import type { ParticipantCare } from '../../project/participant-projection.js';
import { choice, oneOf, present, say, task } from '../say.js';
import type { Scene } from '../scene.js';
import type { Choice, Message, Notice, ShownFact, Task, View } from '../types.js';

/** The name to show of a participant; without one what they are. */
const nameOf = ({ p }: Scene, { id, role }: ParticipantCare): string => p.vault[id]?.name ?? role;

const about = (
  id: string,
  type: 'clientAgrees' | 'clientRefuses' | 'admit' | 'hold' | 'remove',
  person: Id,
  rest: Partial<Choice> = {},
): Choice => choice(id, say(`staff.participant.${id}`), { type: `participant.${type}`, person }, rest);

const IN_CALL: readonly string[] = ['settingUp', 'live'];
const AWAY: readonly ParticipantCare['state'][] = ['left', 'removed'];

/** What can be said of one who is not in the room: what is missing first, then letting in (J2). */
function outsideChoices({ care }: Scene, one: ParticipantCare): Choice[] {
  const { id: person, missing, clientSays } = one;
  const identify: Command = { type: 'participant.confirmIdentity', person, method: 'knownToService' };
  const isAtTheDoor = one.state === 'waiting' || one.state === 'held';
  const mayAdmit = isAtTheDoor && missing.length === 0 && IN_CALL.includes(care.stage);
  return present([
    mayAdmit && about('admit', 'admit', person, { weight: 'main' }),
    missing.includes('identity') &&
      choice('identify', say('staff.participant.identify'), identify, { fields: ['method'] }),
    clientSays !== 'agrees' && about('agrees', 'clientAgrees', person),
    clientSays !== 'refuses' && about('refuses', 'clientRefuses', person),
    about('remove', 'remove', person, { weight: 'danger', confirm: say('staff.participant.remove.confirm') }),
  ]);
}

/** Where they are and what is missing, in a sentence. */
function whyOf({ care }: Scene, { state, missing, clientSays, heldBecause }: ParticipantCare): Message {
  if (state === 'admitted') return say('staff.participant.in');
  if (clientSays === 'refuses') return say('staff.participant.why.refuses');
  const [first] = missing;
  if (first !== undefined) return say(`staff.participant.why.${first}`);
  if (state === 'held') return say(`staff.participant.held.${heldBecause ?? 'practitioner'}`);
  if (state === 'invited') return say('staff.participant.why.invited');
  return say(IN_CALL.includes(care.stage) ? 'staff.participant.why.ready' : 'staff.participant.why.early');
}

function participantTask(scene: Scene, one: ParticipantCare): Task {
  const { id: person, role, state } = one;
  const name = nameOf(scene, one);
  const isIn = state === 'admitted';
  const choices = isIn
    ? [
        about('hold', 'hold', person),
        about('refuses', 'clientRefuses', person),
        about('remove', 'remove', person, {
          weight: 'danger',
          confirm: say('staff.participant.remove.confirm'),
        }),
      ]
    : outsideChoices(scene, one);
  return task(`participant.${person}`, say(`staff.participant.title.${role}`, { name }), choices, {
    why: whyOf(scene, one),
    fields:
      one.missing.includes('identity') && !isIn
        ? [oneOf('method', 'participant.method', ParticipantMethod.options)]
        : [],
    // Asking somebody to wait outside is never looked for among what is done (H26).
    urgency: 'normal',
  });
}

/** A needed participant was lost: the practitioner's own call-back, and ways to go on (J9). Never the client's ladder. */
function callBackTasks(scene: Scene, one: ParticipantCare): Task[] {
  const { callBack, id: person } = one;
  if (callBack === null) return [];
  const { isMissed, isOverdue, sinceMs, lostBy, isWaitedFor, way, deadlines } = callBack;
  const name = nameOf(scene, one);
  const called = choice(
    'called',
    say('staff.callBack.called'),
    { type: 'participant.recordCallBack', person, outcome: 'reached' },
    { fields: ['outcome'], weight: isMissed ? 'main' : 'other' },
  );
  const goOn = (how: 'plainWording' | 'threeWayPhone'): Choice =>
    choice(how, say(`staff.callBack.${how}`), { type: 'participant.goOnWithout', person, way: how });
  const wait = choice('wait', say('staff.callBack.wait'), { type: 'participant.waitFor', person });
  const isCrisis = scene.care.crisis.state === 'open';
  const why = isMissed
    ? say(`staff.callBack.${isCrisis ? 'crisis' : (lostBy ?? 'silence')}`, { name, sinceMs: sinceMs ?? 0 })
    : say(`staff.callBack.without.${way ?? 'plainWording'}`, { name });
  return [
    task(
      `callBack.${person}`,
      say('staff.callBack.title', { name }),
      present([
        called,
        way !== 'plainWording' && goOn('plainWording'),
        way !== 'threeWayPhone' && goOn('threeWayPhone'),
        isMissed && !isWaitedFor && wait,
      ]),
      {
        why,
        fields: [oneOf('outcome', 'callBack.outcome', CallBackOutcome.options)],
        dueAtMs: deadlines['remind'] ?? null,
        urgency: isMissed && (!isWaitedFor || isOverdue) ? 'now' : 'normal',
      },
    ),
  ];
}

/** Who is at the door, in the room or lost: the practitioner's to settle, one by one. */
export function participantTasks(scene: Scene): Task[] {
  const { p, care } = scene;
  if (p.role !== 'practitioner' || ['closing', 'closed'].includes(care.stage)) return [];
  return care.participants.flatMap((one) => [
    ...callBackTasks(scene, one),
    ...(AWAY.includes(one.state) ? [] : [participantTask(scene, one)]),
  ]);
}

/** On every staff screen: who is kept outside, and since when a needed one is missing (J5, J8). */
export const participantNotices = (scene: Scene): Notice[] =>
  scene.care.participants.flatMap((one): Notice[] => {
    const { id, state, callBack } = one;
    const name = nameOf(scene, one);
    return present<Notice>([
      state === 'held' && {
        id: `held.${id}`,
        level: 'status',
        message: say('notice.participantHeld', { name }),
      },
      callBack?.isMissed === true && {
        id: `missing.${id}`,
        level: 'status',
        message: say('notice.participantLost', { name, sinceMs: callBack.sinceMs ?? 0 }),
      },
    ]);
  });

/** Where a needed participant is called back, while they are lost. */
export const callBackFacts = ({ p, care }: Scene): ShownFact[] =>
  care.participants.flatMap(({ id, callBack }): ShownFact[] => {
    const number = p.vault[id]?.callBackNumber ?? null;
    if (callBack === null) return [];
    const href = number === null ? null : `tel:${number.replaceAll(/[^+\d]/g, '')}`;
    const note = number === null ? say('fact.callBack.unknown') : null;
    return [
      { id: `callBack.${id}`, label: say('fact.callBack'), value: number, note, isCaution: false, href },
    ];
  });

/** When the practitioner is reminded of somebody who is missing. */
export const callBackDeadlines = ({ care }: Scene): View['deadlines'] =>
  care.participants.flatMap(({ id, callBack }) =>
    Object.entries(callBack?.deadlines ?? {}).map(([name, atMs]) => ({
      id: `callBack.${id}.${name}`,
      atMs,
      message: say(`deadline.callBack.${name}`),
    })),
  );
