import { ALERT_LISTS, type AlertCause, type Id } from '@holdfast/protocol';
import type { Circumstances } from '../../step/concept.js';

/** Rule A1: whom an alert of this cause can reach, in order: its own list, and the duty list after it (H22). */
export const alertListOf = (staff: Circumstances['staff'], cause: string): readonly Id[] => [
  ...new Set([...staff[ALERT_LISTS[cause as AlertCause] ?? 'duty'], ...staff.duty]),
];
