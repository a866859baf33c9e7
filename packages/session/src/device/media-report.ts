import type { Fact, Id, Instant } from '@holdfast/protocol';
import type { Projection } from '../project/projection.js';
import { isParticipant } from './projected.js';
import type { Detection } from './detector.js';

/** What a device says of its media path; null while there is nothing to say, or nobody to say it of. */
export function mediaReport(
  projection: Projection | null,
  device: Id,
  { state, lastBothWaysAtMs, verdict }: Detection,
  toServer: (deviceMs: number | null) => Instant | null,
): Fact | null {
  const atMs = toServer(lastBothWaysAtMs);
  if (state === 'none' || state === 'connecting' || atMs === null || projection === null) return null;
  // What a participant hears says nothing of contact (J11).
  if (isParticipant(projection)) return null;
  const { client } = projection;
  return {
    type: 'media.reported',
    client,
    device,
    state,
    lastBothWaysAtMs: atMs,
    verdict: verdict ?? 'unknown',
  };
}
