/** What a schema of zod says of itself: as much as is needed here. */
interface Schema {
  readonly _zod: { readonly def: object };
}
type Def = Readonly<Record<string, unknown>> & { readonly type: string };

const defOf = (schema: Schema): Def => schema._zod.def as Def;
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * A second, independent look at a value that a parser let through, by the shape alone: no key that the shape does not name,
 * no key of it missing, nothing but what the kind of each field can be. It knows no bounds and no patterns; those that
 * matter have checks of their own beside it.
 */
export function strayOf(schema: Schema, value: unknown, path: string): string | null {
  const def = defOf(schema);
  const inner = (name: string): Schema => def[name] as Schema;
  switch (def.type) {
    case 'optional':
      return value === undefined ? null : strayOf(inner('innerType'), value, path);
    case 'nullable':
      return value === null ? null : strayOf(inner('innerType'), value, path);
    case 'union':
      return strayOfUnion(def['options'] as readonly Schema[], value, path);
    case 'object':
      return strayOfObject(def['shape'] as Readonly<Record<string, Schema>>, value, path);
    case 'array':
      if (!Array.isArray(value)) return `${path} is no list`;
      return firstOf(value.map((one, index) => strayOf(inner('element'), one, `${path}.${index}`)));
    case 'record':
      if (!isObject(value)) return `${path} is no record`;
      return firstOf(
        Object.entries(value).map(
          ([key, one]) =>
            strayOf(inner('keyType'), key, `${path} key`) ??
            strayOf(inner('valueType'), one, `${path}.${key}`),
        ),
      );
    case 'literal':
      return (def['values'] as readonly unknown[]).includes(value) ? null : `${path} is ${String(value)}`;
    case 'enum':
      return Object.values(def['entries'] as object).includes(value) ? null : `${path} is ${String(value)}`;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : `${path} is no number`;
    case 'string':
    case 'boolean':
      return typeof value === def.type ? null : `${path} is no ${def.type}`;
    case 'null':
      return value === null ? null : `${path} is not null`;
    case 'unknown':
      return null;
    default:
      return `${path}: a schema of the kind ${def.type} is not known here`;
  }
}

const firstOf = (found: readonly (string | null)[]): string | null =>
  found.find((one) => one !== null) ?? null;

function strayOfUnion(options: readonly Schema[], value: unknown, path: string): string | null {
  const found = options.map((option) => strayOf(option, value, path));
  return found.includes(null) ? null : `${path} is none of ${options.length} kinds`;
}

function strayOfObject(shape: Readonly<Record<string, Schema>>, value: unknown, path: string): string | null {
  if (!isObject(value)) return `${path} is no object`;
  const stray = Object.keys(value).find((key) => !Object.hasOwn(shape, key));
  if (stray !== undefined) return `${path} has the unknown key ${stray}`;
  return firstOf(
    Object.entries(shape).map(([name, field]) =>
      strayOf(field, Object.hasOwn(value, name) ? value[name] : undefined, `${path}.${name}`),
    ),
  );
}
