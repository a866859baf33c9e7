import type { JoinedSession, MediaState, Message, View } from '@holdfast/session';
import type { Say } from '../call/media-button.js';
import type { Send } from '../task/holdfast-task.js';
import type { Words } from '../words/index.js';

/** All that a screen is drawn from: the view, this page's media, the words, and what a press may do. */
export interface ScreenContext {
  readonly view: View;
  readonly session: JoinedSession;
  readonly media: MediaState;
  readonly words: Words;
  /** Words of the screens' own, by key. */
  readonly say: Say;
  /** Words of a message of the view. */
  readonly tell: (message: Message) => string;
  readonly send: Send;
  readonly announce: (level: 'status' | 'alert', sentence: string) => void;
  /** The session server's clock, as this device estimates it. */
  readonly nowMs: () => number;
  readonly leave: () => void;
  readonly exit: () => void;
  readonly comeBack: () => void;
}

const NO_STAFF: readonly View['role'][] = [
  'client',
  'supporter',
  'interpreter',
  'observer',
  'trainee',
  'liveSupervisor',
];

/** The practitioner and the policy's staff: neither the client nor another participant. */
export const isStaff = ({ role }: Pick<View, 'role'>): boolean => !NO_STAFF.includes(role);
