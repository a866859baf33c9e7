import { DisclosureCategory, DisclosureRecipient, Id, Instant, type ToldStep } from '@holdfast/protocol';
import * as z from 'zod/mini';
import type { ConsultContext } from '../machines/consult/consult.machine.js';
import type { DisclosureContext } from '../machines/disclosure/disclosure.machine.js';
import type { StaffNoteContext } from '../machines/staff-note/staff-note.machine.js';
import type { ToldContext } from '../machines/told/told.machine.js';
import type { Circumstances } from '../step/concept.js';
import type { Session } from '../step/session.js';

/** A question to a colleague, and who can be asked (C20). */
export const ConsultProjection = z.strictObject({
  state: z.enum(['none', 'asked', 'taken']),
  /** Who was asked by name. */
  person: z.nullable(Id),
  takenBy: z.nullable(Id),
  /** Everybody on the policy's lists of staff, in order. */
  staff: z.array(Id),
});
/** What the schema {@link ConsultProjection} lets through. */
export type ConsultProjection = z.infer<typeof ConsultProjection>;

/** What was told to whom, in kinds (A33). */
export const DisclosureProjection = z.strictObject({
  to: DisclosureRecipient,
  categories: z.array(DisclosureCategory),
  by: z.nullable(Id),
  atMs: Instant,
});
/** What the schema {@link DisclosureProjection} lets through. */
export type DisclosureProjection = z.infer<typeof DisclosureProjection>;

/** That a colleague wrote, and when (A31). */
export const NoteProjection = z.strictObject({ by: Id, count: z.number(), atMs: Instant });
/** What the schema {@link NoteProjection} lets through. */
export type NoteProjection = z.infer<typeof NoteProjection>;

/** What staff hold of a question to a colleague. */
export function consultOf(session: Session, client: Id, staff: Circumstances['staff']): ConsultProjection {
  const chart = session.charts[`consult:${client}`];
  const context = chart?.context as ConsultContext | undefined;
  return {
    state: chart?.value === 'asked' || chart?.value === 'taken' ? chart.value : 'none',
    person: context?.person ?? null,
    takenBy: context?.takenBy ?? null,
    staff: [...new Set(Object.values(staff).flat())],
  };
}

/** What was told about a client so far. */
export const disclosuresOf = (session: Session, client: Id): DisclosureProjection[] =>
  ((session.charts[`disclosure:${client}`]?.context as DisclosureContext | undefined)?.made ?? []).map(
    (made) => ({
      ...made,
      categories: [...made.categories],
    }),
  );

/** Who of the staff wrote to the others. */
export const notesOf = (session: Session, client: Id): NoteProjection[] => [
  ...((session.charts[`staffNote:${client}`]?.context as StaffNoteContext | undefined)?.notes ?? []),
];

/** What a person chose to tell the client about what comes next (C21). */
export const toldOf = (session: Session, client: Id): ToldStep | null =>
  (session.charts[`told:${client}`]?.context as ToldContext | undefined)?.step ?? null;
