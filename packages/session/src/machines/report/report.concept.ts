import type { Concept } from '../../step/concept.js';
import { reportMachine } from './report.machine.js';

const CONCERNS: readonly string[] = ['nearMiss.flag', 'issue.report', 'feedback.give'];

/** What anybody tells the service about how it went. */
export const reportConcept: Concept = {
  name: 'report',
  machine: reportMachine,
  startsWith: () => ['session'],
  concerns: (message) => (CONCERNS.includes(message.type) ? ['session'] : []),
};
