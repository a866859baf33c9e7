import type { Id, Personal } from '@holdfast/protocol';
import { project } from '../project/project.js';
import type { View } from '../view/types.js';
import { view } from '../view/view.js';
import { aDevice } from './a-projection.js';
import type { Walk } from './a-session.js';

/**
 * The screen of a person whose device hears the session server, and who sees and hears the other side.
 *
 * @param words What the vault holds, by owner, as far as this person may read it.
 */
export function screenOf(walk: Walk, person: Id, words: Readonly<Record<Id, Personal>> = {}): View {
  const held = project(walk.session, person, words);
  if (held === null) throw new Error(`${person} is not of the session`);
  return view(held, aDevice({ lastHeardAtMs: walk.nowMs }), walk.nowMs);
}
