import type { StateValue } from 'xstate';

/** `open.phoning.attempting+deciding.idle`: the leaves of a state value, for the record. */
export function stateName(value: StateValue): string {
  if (typeof value === 'string') return value;
  return Object.entries(value)
    .map(([region, inner]) => (inner === undefined ? region : `${region}.${stateName(inner)}`))
    .join('+');
}
