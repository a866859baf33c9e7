import type { Id, Role } from '@holdfast/protocol';
import type { Projection } from '../project/projection.js';
import { say } from './say.js';
import type { Message, Stage, View, ViewPerson } from './types.js';

/** A session that is over for this page has nobody in it. */
const OVER: readonly Stage[] = ['closed', 'left'];
const HERE: readonly string[] = ['here', 'alive', 'suspected'];

type Known = { readonly id: Id; readonly role: Role; readonly presence: string };

/**
 * Who is here. What the session server said of them does not outlive the line to it: while that is down nobody is
 * shown as here, neither this person themselves nor the others (V5).
 */
export function peopleOf(
  p: Pick<Projection, 'person' | 'vault'>,
  people: readonly Known[],
  stage: Stage,
  line: View['line'],
): ViewPerson[] {
  if (OVER.includes(stage)) return [];
  const presenceOf = ({ id, presence }: Known): Message => {
    if (line.isUp) return say(`presence.${presence}`);
    return say(id === p.person ? 'presence.cutOff' : 'presence.unknown');
  };
  return people.map((person) => ({
    id: person.id,
    role: person.role,
    name: p.vault[person.id]?.name ?? null,
    presence: presenceOf(person),
    isHere: line.isUp && HERE.includes(person.presence),
  }));
}
