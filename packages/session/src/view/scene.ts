import type { Id, Instant, Personal } from '@holdfast/protocol';
import type { Care, StaffProjection, PractitionerProjection } from '../project/projection.js';
import { isMediaLost, lineOf } from './line.js';
import type { DeviceState, View } from './types.js';

/** What the parts of a staff screen are drawn from. */
export interface Scene {
  readonly p: PractitionerProjection | StaffProjection;
  readonly care: Care;
  readonly device: DeviceState;
  readonly line: View['line'];
  readonly nowMs: Instant;
  readonly me: Id;
  /** The client's words, from the projection or, when cut off, from the action card. */
  readonly words: Personal;
  readonly isOwner: boolean;
  /** The line was up and is down: what would be sent is this person's own to do (H08). */
  readonly isCut: boolean;
  /** Media is lost as this device sees it. */
  readonly isMediaLost: boolean;
}

export function sceneOf(p: Scene['p'], care: Care, device: DeviceState, nowMs: Instant): Scene {
  const line = lineOf(device, nowMs);
  return {
    p,
    care,
    device,
    line,
    nowMs,
    me: p.person,
    words: { ...device.actionCard?.vault[p.client], ...p.vault[p.client] },
    isOwner: care.run !== null && care.run.owner === p.person,
    isCut: !line.isUp && line.sinceMs !== null,
    isMediaLost: isMediaLost(device, care.lostAfterMs, nowMs),
  };
}

const AWAY: readonly string[] = ['notYet', 'gone', 'left', 'exited'];

/** Not there, as the session server knows it: gone, or left, or never come. */
export const isAway = ({ people }: Care, person: Id): boolean =>
  people.some(({ id, presence }) => id === person && AWAY.includes(presence));

/** What another person does for this client now, by phone. */
export interface Held {
  readonly by: Id;
  readonly way: 'talking' | 'ringing';
}

/**
 * Who else talks to the client by phone, or rings them, as far as this page can know: nobody rings over them. A page
 * without a line knows nothing, and an owner who is not there rings nobody: then this person's own call counts (H08).
 */
export function heldByAnother({ care, me, isCut }: Scene): Held | null {
  const { caller, run } = care;
  if (isCut) return null;
  if (care.contact.state === 'byPhone')
    return caller === null || caller === me ? null : { by: caller, way: 'talking' };
  if (run?.phoning !== 'open' || run.owner === me) return null;
  return isAway(care, run.owner) ? null : { by: run.owner, way: 'ringing' };
}

/** In whose words a staff screen speaks: whoever was alerted reads what the duty person reads. */
export const voiceOf = (p: Pick<Scene['p'], 'role'>): 'practitioner' | 'duty' =>
  p.role === 'practitioner' ? 'practitioner' : 'duty';

/** The name to show; without one the reference, which says nothing about the person. */
export const nameOf = (scene: Pick<Scene, 'p'>, person: Id): string => scene.p.vault[person]?.name ?? person;
