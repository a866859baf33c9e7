import type { Instant } from '@holdfast/protocol';
import { dateOf } from '../step/date-of.js';
import type { AlertProjection } from '../project/projection.js';
import { itemNotices } from './item-notices.js';
import { lineNotices } from './line.js';
import { preflightNotices } from './preflight.js';
import { present, say } from './say.js';
import { heldByAnother, isAway, nameOf, voiceOf, type Scene } from './scene.js';
import { lateNotice as clientLateNotice } from './tasks/attendance.js';
import { placeOf } from './staff-stage.js';
import { crisisNotice } from './tasks/crisis.js';
import { meetingNotices } from './tasks/meeting.js';
import { callBackDeadlines, participantNotices } from './tasks/participants.js';
import { handOverNotice } from './tasks/hand-over.js';
import { runOfferNotice } from './tasks/owner.js';
import { pauseNotice } from './tasks/pause.js';
import { QUIET_CAUSES } from './tasks/privacy.js';
import { routeNotices } from './tasks/set-up.js';
import { channelNotices } from './tasks/channel.js';
import { observationNotices } from './tasks/observation.js';
import { recordingNotices } from './tasks/recording.js';
import type { Message, Notice, Stage, View } from './types.js';
import { watchdogNotices } from './watchdog-notices.js';

/** What this person does, or whoever acts in their place. */
function whatOf(scene: Scene, stage: Stage): string {
  const held = stage === 'phone' ? heldByAnother(scene) : null;
  if (held !== null) return `staff.held.${held.way}.what`;
  const isTalking = stage === 'phone' && scene.care.contact.state === 'byPhone';
  return isTalking ? 'staff.talking.what' : `${voiceOf(scene.p)}.${placeOf(scene, stage)}.what`;
}

/** Who did what is never left to guess: "nobody has been called yet" until a person says otherwise (H31). */
export function explanationOf(scene: Scene, stage: Stage): Message[] {
  const { care, device } = scene;
  const { run } = care;
  // Off the line the person rings by hand at once: whose link it is still matters.
  const isOnOwn = stage === 'phone' && !scene.line.isUp;
  const isLosing = (stage === 'reconnecting' || isOnOwn) && device.verdict !== null;
  const held = heldByAnother(scene);
  const isOwnCall = stage === 'deciding' || (stage === 'phone' && held === null);
  // V8: with risk somebody rings while a decision is due: whoever decides knows who (at `phone` the headline says it).
  const heldBeside = stage === 'deciding' ? held : null;
  return present([
    say(whatOf(scene, stage)),
    heldBeside !== null &&
      say(`staff.held.${heldBeside.way}.headline`, { name: nameOf(scene, heldBeside.by) }),
    heldBeside !== null && say(`staff.held.${heldBeside.way}.what`),
    run !== null && say(`run.cause.${run.cause}`),
    isLosing && say(`verdict.${device.verdict}`),
    stage === 'reconnecting' && care.run?.attempt === 1 && say('staff.nobodyCalled'),
    isOwnCall && run !== null && say('staff.youCall'),
    care.hasExited && say('staff.hasExited'),
    run !== null && care.safeguarding.isGuardianException && say('staff.guardian.sayNothing'),
  ]);
}

const GOES_ON: readonly string[] = ['helpAsked', 'helpSilent', 'discreetSignal', 'fault'];

/** Whether what an alert was sent for is over: an acceptance stays where it is, also after the end of its matter. */
function isOver({ care, p }: Scene, { about, cause }: AlertProjection): boolean {
  if (about.startsWith(`${p.practitioner}.a`)) return !isAway(care, p.practitioner);
  if (cause === 'phoneSilent') return care.contact.state !== 'byPhone';
  if (cause === 'safeguarding') return care.safeguarding.state !== 'open';
  if (cause === 'escalation') return care.crisis.state !== 'open';
  // Who answers a call for someone, a signal, or a fault of the software goes on with it where no page can see.
  if (GOES_ON.includes(cause)) return false;
  // Of the pathway itself, or of a step in it that nobody took: `c1.privacy1.w2`.
  if (QUIET_CAUSES.includes(cause))
    return !`${about}.`.startsWith(`${care.privacy.about}.`) || ['none', 'ended'].includes(care.privacy.step);
  return about !== care.run?.id;
}

/** Of several alerts to one person the first of these counts: what they have not taken goes before what they have. */
const FIRST_OF = ['acknowledged', 'sent', 'unanswered', 'accepted'] as const;

/** Who of the duty list was told, and whether they come (H21, H31). */
function alertNotices(scene: Scene): Notice[] {
  const { care, me } = scene;
  const alerts = care.alerts.filter((alert) => alert.state !== 'accepted' || !isOver(scene, alert));
  return care.duty.flatMap((person): Notice[] => {
    const theirs = alerts.filter((alert) => alert.person === person);
    const states = theirs.map((alert) => alert.state);
    const state = FIRST_OF.find((one) => states.includes(one));
    if (state === undefined || person === me) return [];
    const message = say(`notice.alert.${state}`, { name: nameOf(scene, person) });
    // Q12: beside a call nobody hears that help was asked for because somebody listens.
    const isQuiet = theirs.every(({ cause }) => QUIET_CAUSES.includes(cause));
    return [{ id: `alert.${person}`, level: 'status', message, ...(isQuiet ? { isQuiet } : {}) }];
  });
}

/** A31: what colleagues wrote, in their own words; the newest of each. */
const noteNotices = (scene: Scene): Notice[] =>
  scene.care.notes.flatMap(({ by, count, atMs }): Notice[] => {
    const words = scene.p.vault[by]?.staffNote;
    if (by === scene.me || words === undefined) return [];
    const message = say('notice.note', { name: nameOf(scene, by), atMs, words });
    return [{ id: `note.${by}.${count}`, level: 'status', message }];
  });

/** Long enough to be read by whoever was on the phone meanwhile. */
const LATE_SHOWN_MS = 300_000;

/** L18: a report counts whenever it arrives; whoever acted in between reads that it came late. */
function lateNotice(scene: Scene): Notice | false {
  const { late } = scene.care;
  if (late === null || scene.nowMs - late.atMs > LATE_SHOWN_MS) return false;
  const { report, outcome, by, saidAtMs } = late;
  const what = report === 'together' ? 'staff.word.send' : `${WORDS_OF[report]}.${outcome}`;
  const message = say('notice.late', { name: nameOf(scene, by), what, saidAtMs });
  return { id: 'late', level: 'status', message };
}
const WORDS_OF = { call: 'outcome', act: 'act', disposition: 'disposition' } as const;

/** What is said beside the tasks. `alert` only where this person must act. */
export function noticesOf(scene: Scene, stage: Stage): Notice[] {
  if (['left', 'closed', 'openElsewhere'].includes(stage)) return [];
  const { care, line, device, p } = scene;
  const isTalking = device.media === 'up' || care.contact.state === 'byPhone';
  const lines = lineNotices('staff', line).map((notice) =>
    notice.id === 'line' && isTalking && line.sinceMs !== null
      ? { ...notice, message: say('line.staff.downTogether', { sinceMs: line.sinceMs }) }
      : notice,
  );
  return present<Notice>([
    ...lines,
    ...alertNotices(scene),
    ...noteNotices(scene),
    lateNotice(scene),
    clientLateNotice(scene),
    ...itemNotices(scene),
    ...preflightNotices(device, stage),
    care.run?.status === 'exhausted' && {
      id: 'exhausted',
      level: 'alert',
      message: say('staff.exhausted.notice'),
    },
    crisisNotice(scene),
    pauseNotice(scene),
    ...participantNotices(scene),
    ...meetingNotices(scene),
    handOverNotice(scene),
    runOfferNotice(scene),
    care.risk.isActive && {
      id: 'risk',
      level: 'status',
      message: say(stage === 'closing' ? 'staff.risk.title' : 'staff.risk.notice'),
    },
    p.role !== 'practitioner' &&
      isAway(care, p.practitioner) && {
        id: 'practitioner',
        level: 'status',
        message: say('duty.practitionerAway'),
      },
    // E26: said to those who use the policy; mending it is its owner's.
    dateOf(scene.nowMs) > care.policyReviewOn && {
      id: 'policyReview',
      level: 'status',
      message: say('notice.policyReview', { date: care.policyReviewOn }),
    },
    stage === 'closing' &&
      !care.closing.isLookedBack && {
        id: 'supervision',
        level: 'status',
        message: say('notice.supervision'),
      },
    ...routeNotices(scene),
    ...observationNotices(scene),
    ...channelNotices(scene),
    ...recordingNotices(scene),
    ...watchdogNotices(voiceOf(p), device),
  ]);
}

/** Instants for staff; the client has none (H23). */
export function deadlinesOf(scene: Scene): View['deadlines'] {
  const { care } = scene;
  const named = (prefix: string, deadlines: Readonly<Record<string, Instant>>): View['deadlines'] =>
    Object.entries(deadlines).map(([name, atMs]) => ({
      id: `${prefix}.${name}`,
      atMs,
      message: say(`deadline.${prefix}.${name}`),
    }));
  return [
    ...named('run', care.run?.deadlines ?? {}),
    ...named('contact', care.contact.deadlines),
    ...named('help', care.help.deadlines),
    ...named('pause', care.pause.deadlines),
    ...named('signal', care.signal.deadlines),
    ...named('privacy', care.privacy.deadlines),
    ...callBackDeadlines(scene),
  ].sort((a, b) => a.atMs - b.atMs);
}
