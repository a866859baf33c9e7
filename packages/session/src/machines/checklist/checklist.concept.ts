import { CHECKLISTS, type ChecklistName } from '@holdfast/protocol';
import { isEmitted, type Concept, type Message } from '../../step/concept.js';
import { checklistMachine } from './checklist.machine.js';

/** Lists that a pathway walks: they begin anew when it opens again (C8). */
const BEGUN_BY: Readonly<Partial<Record<string, readonly ChecklistName[]>>> = {
  'crisis.opened': ['crisis', 'crisisOthers'],
};

function listsOf(message: Message): readonly ChecklistName[] {
  if (isEmitted(message)) return BEGUN_BY[message.type] ?? [];
  return message.type === 'checklist.record' && 'list' in message ? [message.list] : [];
}

/** The service's own lists, those that have steps in this session's policy. */
export const checklistConcept: Concept = {
  name: 'checklist',
  machine: checklistMachine,
  startsWith: ({ policy }) => CHECKLISTS.filter((list) => policy.checklists[list].length > 0),
  concerns: (message, session) =>
    listsOf(message).filter((list) => session.charts[`checklist:${list}`] !== undefined),
};
