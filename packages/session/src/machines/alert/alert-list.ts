import { ALERT_LISTS, type AlertCause, type Id } from '@holdfast/protocol';
import type { Circumstances } from '../../step/concept.js';

/**
 * Rule A1: whom an alert of this cause can reach, in order: its own list, and the duty list after it (H22). Whoever is
 * asked for advice by name comes before the list (M1).
 */
export const alertListOf = (
  { staff, consulted }: Pick<Circumstances, 'staff' | 'consulted'>,
  cause: string,
): readonly Id[] => [
  ...new Set([
    ...(cause === 'consult' && consulted !== null ? [consulted] : []),
    ...staff[ALERT_LISTS[cause as AlertCause] ?? 'duty'],
    ...staff.duty,
  ]),
];
