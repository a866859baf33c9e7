import type { MediaGrant } from '@holdfast/protocol';
import { LiveKitError } from './livekit-error.js';

/** The grants that this transport takes. */
export type RoomGrant = Extract<MediaGrant, { transport: 'livekit' }>;

/** @throws LiveKitError `wrong-grant`. */
export function roomGrant(grant: MediaGrant): RoomGrant {
  if (grant.transport !== 'livekit') throw new LiveKitError('wrong-grant', `a grant for ${grant.transport}`);
  return grant;
}

/** Server, room and identity: a video server has one place for them, however often somebody asks. */
export function placeOf(grant: MediaGrant): string {
  const { url, room, token } = roomGrant(grant);
  return JSON.stringify([url, room, identityOf(token)]);
}

/** As the token says it. One that cannot be read is like no other: the video server will refuse it. */
function identityOf(token: string): string {
  try {
    const payload = token.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    const identity = typeof claims === 'object' && claims !== null && 'sub' in claims ? claims.sub : null;
    return typeof identity === 'string' ? identity : token;
  } catch {
    return token;
  }
}
