import { createHash } from 'node:crypto';
import type { Id } from '@holdfast/protocol';

/** The name of a video room. After a removal the epoch is another one: older tokens open nothing. */
export const roomOf = (whose: string, epoch: number): Id =>
  `hf-${createHash('sha256').update(whose).digest('hex').slice(0, 24)}-${epoch}`;
