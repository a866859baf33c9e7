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

export const isStaff = (view: View): boolean => view.role !== 'client';
