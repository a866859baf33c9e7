/** Lists of the service's own steps: codes, in the order in which they are shown; nothing is scored (A30, A40, A44). */
export const CHECKLISTS = [
  'opening',
  'crisis',
  'crisisOthers',
  'privacy',
  'safeguarding',
  'closing',
] as const;
/** One of {@link CHECKLISTS}. */
export type ChecklistName = (typeof CHECKLISTS)[number];
