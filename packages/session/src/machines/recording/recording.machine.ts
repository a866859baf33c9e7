import type { Instant } from '@holdfast/protocol';
import { setup } from 'xstate';

export interface RecordingContext {
  readonly deadlines: Readonly<Record<string, Instant>>;
}

/**
 * Recording: prohibited, and no input leads out of it (rule X6, H06). The two grants come with the issue that brings
 * recording; until then the state is on the record as a fact and not as an absence.
 */
export const recordingMachine = setup({
  types: {} as { context: RecordingContext },
}).createMachine({
  id: 'recording',
  context: { deadlines: {} },
  initial: 'prohibited',
  states: { prohibited: {} },
});
