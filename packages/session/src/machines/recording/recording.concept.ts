import type { Concept } from '../../step/concept.js';
import { recordingMachine } from './recording.machine.js';

/** Recording concerns itself with nothing: no message can reach it. */
export const recordingConcept: Concept = {
  name: 'recording',
  machine: recordingMachine,
  startsWith: () => ['session'],
  concerns: () => [],
};
