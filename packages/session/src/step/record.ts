import type { EventDetails, EventKind, RefusalCode, Subject } from '@holdfast/protocol';
import type { AlertRequest, Emitted, Refused } from './concept.js';

/** What a machine emits to put something on the record and tell the other machines. */
export const record = (
  type: EventKind,
  rules: readonly string[],
  subject: Subject,
  rest: {
    readonly outcome?: string | null;
    readonly details?: EventDetails;
    readonly alert?: AlertRequest;
  } = {},
): Emitted => ({ type, rules, subject, ...rest });

/** What a machine emits instead when a command cannot be taken. */
export const refuse = (code: RefusalCode): Refused => ({ type: 'refused', code });
