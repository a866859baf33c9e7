import type { Id, Instant } from '@holdfast/protocol';
import { assign, emit, setup } from 'xstate';
import type { ChartInput, Emitted, Said } from '../../step/concept.js';
import { record } from '../../step/record.js';

/** That somebody wrote, and when; the words are in the vault (A31). */
export interface StaffNote {
  readonly by: Id;
  /** How many they wrote: each takes the place of the one before. */
  readonly count: number;
  readonly atMs: Instant;
}

export interface StaffNoteContext {
  readonly client: Id;
  /** The last note of each author, the oldest first. */
  readonly notes: readonly StaffNote[];
  readonly deadlines: Readonly<Record<string, Instant>>;
}

/**
 * Notes between the staff who act for a client: a second channel that the client neither sees nor hears (A31). The
 * record says that a note was sent, and never what it says.
 *
 * Rule M4 in docs/safety-protocol.md.
 */
export const staffNoteMachine = setup({
  types: {} as {
    input: ChartInput;
    context: StaffNoteContext;
    events: Said<'staffNote.send'>;
    emitted: Emitted;
  },
  actions: {
    keepNote: assign(({ context, event }) => {
      const by = event.by.person ?? 'nobody';
      const count = (context.notes.find((note) => note.by === by)?.count ?? 0) + 1;
      return { notes: [...context.notes.filter((note) => note.by !== by), { by, count, atMs: event.atMs }] };
    }),
    recordSent: emit(({ context }) =>
      record(
        'staffNote.sent',
        ['M4'],
        { kind: 'client', id: context.client },
        { details: { count: context.notes.at(-1)?.count ?? 0 } },
      ),
    ),
  },
}).createMachine({
  id: 'staffNote',
  context: ({ input }) => ({ client: input.instance, notes: [], deadlines: {} }),
  on: { 'staffNote.send': { actions: ['keepNote', 'recordSent'] } },
  initial: 'kept',
  states: { kept: {} },
});
