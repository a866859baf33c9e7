/**
 * Whether two values would be the same text as JSON, the order of keys included: what `JSON.stringify` of both compares,
 * without writing either. Plain data only.
 */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return JSON.stringify(a) === JSON.stringify(b);
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      // In a list what is undefined is written as null.
      a.every((value: unknown, index) => isSameJson(value ?? null, b[index] ?? null))
    );
  return isSameObject(a as Fields, b as Fields);
}

type Fields = Readonly<Record<string, unknown>>;

/** What is `undefined` is not in the text. */
const written = (fields: Fields): readonly string[] =>
  Object.keys(fields).filter((name) => fields[name] !== undefined);

function isSameObject(a: Fields, b: Fields): boolean {
  const [names, others] = [written(a), written(b)];
  return (
    names.length === others.length &&
    names.every((name, index) => name === others[index] && isSameJson(a[name], b[name]))
  );
}
