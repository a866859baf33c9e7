/** Where ids, codes, numbers and instants of a session come from: a schema knows only that they are there. */
export interface Pool {
  readonly words: (field: string) => readonly string[];
  readonly numbers: (field: string) => readonly number[];
  /** More combinations than this are covered one by one instead: each value of each field at least once. */
  readonly most: number;
}

/** What a schema of zod says of itself: as much as is needed here. */
export interface Schema {
  readonly _zod: { readonly def: object };
  readonly safeParse: (value: unknown) => { readonly success: boolean };
}

/** Closed values of a schema: every word of a list, both booleans, present and absent, and what the pool knows. */
export function valuesOf(schema: Schema, field: string, pool: Pool): readonly unknown[] {
  // The kinds that the protocol uses; another kind is an error here, so that nothing is left out in silence.
  const def = schema._zod.def as Readonly<Record<string, unknown>> & { readonly type: string };
  const inner = (name: string): readonly unknown[] => valuesOf(def[name] as Schema, field, pool);
  switch (def.type) {
    case 'literal':
      return def['values'] as readonly unknown[];
    case 'enum':
      return Object.values(def['entries'] as object);
    case 'null':
      return [null];
    case 'boolean':
      return [true, false];
    case 'optional':
      return [undefined, ...inner('innerType')];
    case 'nullable':
      return [null, ...inner('innerType')];
    case 'array':
      return passing(schema, [[], ...inner('element').map((value) => [value])]);
    case 'record':
      return [{}];
    case 'string':
      return passing(schema, pool.words(field));
    case 'number':
      return passing(schema, pool.numbers(field));
    case 'union':
      return (def['options'] as readonly Schema[]).flatMap((option) => valuesOf(option, field, pool));
    case 'object':
      return objectsOf(def['shape'] as Readonly<Record<string, Schema>>, pool);
    default:
      throw new Error(`no values for a schema of the kind ${def.type} (${field})`);
  }
}

/** The pool is generous; the schema says what may stand in this field. */
const passing = (schema: Schema, values: readonly unknown[]): readonly unknown[] =>
  [...new Set(values)].filter((value) => schema.safeParse(value).success);

function objectsOf(shape: Readonly<Record<string, Schema>>, pool: Pool): readonly object[] {
  const fields = Object.entries(shape).map(([name, schema]) => [name, valuesOf(schema, name, pool)] as const);
  const size = fields.reduce((product, [, values]) => product * values.length, 1);
  return size <= pool.most ? product(fields) : oneByOne(fields);
}

type Fields = readonly (readonly [name: string, values: readonly unknown[]])[];

/** What is undefined is left out: a strict schema knows the difference. */
const objectOf = (entries: readonly (readonly [string, unknown])[]): object =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined));

function product(fields: Fields): readonly object[] {
  const rows = fields.reduce<readonly (readonly (readonly [string, unknown])[])[]>(
    (sofar, [name, values]) =>
      sofar.flatMap((row) => values.map((value) => [...row, [name, value] as const])),
    [[]],
  );
  return rows.map(objectOf);
}

/** All first values, all last values, and each other value beside the first ones of the rest. */
function oneByOne(fields: Fields): readonly object[] {
  const first = fields.map(([name, values]) => [name, values[0]] as const);
  const last = fields.map(([name, values]) => [name, values.at(-1)] as const);
  const varied = fields.flatMap(([name, values], index) =>
    values.slice(1).map((value) => first.toSpliced(index, 1, [name, value] as const)),
  );
  return [first, last, ...varied].map(objectOf);
}
