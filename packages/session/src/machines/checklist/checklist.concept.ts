import { CHECKLISTS } from '@holdfast/protocol';
import type { Concept } from '../../step/concept.js';
import { checklistMachine } from './checklist.machine.js';

/** The service's own lists, those that have steps in this session's policy. */
export const checklistConcept: Concept = {
  name: 'checklist',
  machine: checklistMachine,
  startsWith: ({ policy }) => CHECKLISTS.filter((list) => policy.checklists[list].length > 0),
  concerns: (message, session) =>
    message.type === 'checklist.record' &&
    'list' in message &&
    session.charts[`checklist:${message.list}`] !== undefined
      ? [message.list]
      : [],
};
