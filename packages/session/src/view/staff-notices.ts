import type { Instant } from '@holdfast/protocol';
import { lineNotices } from './line.js';
import { present, say } from './say.js';
import { heldByAnother, nameOf, type Scene } from './scene.js';
import { placeOf } from './staff-stage.js';
import type { Message, Notice, Stage, View } from './types.js';
import { watchdogNotices } from './watchdog-notices.js';

/** What this person does, or whoever acts in their place. */
function whatOf(scene: Scene, stage: Stage): string {
  const held = stage === 'phone' ? heldByAnother(scene) : null;
  if (held !== null) return `staff.held.${held.way}.what`;
  const isTalking = stage === 'phone' && scene.care.contact.state === 'byPhone';
  return isTalking ? 'staff.talking.what' : `${scene.p.role}.${placeOf(scene, stage)}.what`;
}

/** Who did what is never left to guess: "nobody has been called yet" until a person says otherwise (H31). */
export function explanationOf(scene: Scene, stage: Stage): Message[] {
  const { care, device } = scene;
  const { run } = care;
  // Off the line the person rings by hand at once: whose link it is still matters.
  const isOnOwn = stage === 'phone' && !scene.line.isUp;
  const isLosing = (stage === 'reconnecting' || isOnOwn) && device.verdict !== null;
  const isOwnCall = stage === 'deciding' || (stage === 'phone' && heldByAnother(scene) === null);
  return present([
    say(whatOf(scene, stage)),
    run !== null && say(`run.cause.${run.cause}`),
    isLosing && say(`verdict.${device.verdict}`),
    stage === 'reconnecting' && care.run?.attempt === 1 && say('staff.nobodyCalled'),
    isOwnCall && run !== null && say('staff.youCall'),
    care.hasExited && say('staff.hasExited'),
  ]);
}

/** Who of the duty list was told, and whether they come (H21, H31). The last of each person counts. */
function alertNotices(scene: Scene): Notice[] {
  const others = scene.care.alerts.filter(
    (alert) => alert.person !== scene.me && alert.state !== 'stoodDown',
  );
  const byPerson = new Map(others.map((alert) => [alert.person, alert.state]));
  return [...byPerson].map(([person, state]) => ({
    id: `alert.${person}`,
    level: 'status',
    message: say(`notice.alert.${state}`, { name: nameOf(scene, person) }),
  }));
}

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
  const isAway = care.people.some(
    ({ id, presence }) => id === p.practitioner && ['gone', 'left', 'exited'].includes(presence),
  );
  return present([
    ...lines,
    ...alertNotices(scene),
    care.run?.status === 'exhausted' && {
      id: 'exhausted',
      level: 'alert',
      message: say('staff.exhausted.notice'),
    },
    care.risk.isActive && { id: 'risk', level: 'status', message: say('staff.risk.notice') },
    p.role === 'duty' &&
      isAway && { id: 'practitioner', level: 'status', message: say('duty.practitionerAway') },
    ...watchdogNotices(p.role, device),
  ] satisfies (Notice | false)[]);
}

/** Instants for staff; the client has none (H23). */
export function deadlinesOf({ care }: Scene): View['deadlines'] {
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
  ].sort((a, b) => a.atMs - b.atMs);
}
