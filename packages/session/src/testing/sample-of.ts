/** As much of a zod schema as is needed to make a value that it takes. */
export interface Schema {
  readonly def: {
    readonly type: string;
    readonly values?: readonly unknown[];
    readonly entries?: Readonly<Record<string, string>>;
    readonly shape?: Readonly<Record<string, Schema>>;
    readonly innerType?: Schema;
    readonly element?: Schema;
    readonly options?: readonly Schema[];
    readonly checks?: readonly unknown[];
  };
  readonly safeParse?: (value: unknown) => { readonly success: boolean };
}

const WORDS = ['a1', 'done', '2030-01-01', 'a'.repeat(24)];

/** A plain value that a schema takes: the first of each list, lists of one, without what is optional. */
export function sampleOf(schema: Schema): unknown {
  const { type, values, entries, shape, innerType, element, options } = schema.def;
  switch (type) {
    case 'literal':
      return values?.[0];
    case 'enum':
      return Object.values(entries ?? {})[0];
    case 'object':
      return Object.fromEntries(
        Object.entries(shape ?? {})
          .filter(([, inner]) => inner.def.type !== 'optional')
          .map(([name, inner]) => [name, sampleOf(inner)]),
      );
    case 'nullable':
    case 'optional':
      return innerType === undefined ? null : sampleOf(innerType);
    case 'array':
      return element === undefined ? [] : [sampleOf(element)];
    case 'union':
      return options?.[0] === undefined ? null : sampleOf(options[0]);
    case 'boolean':
      return true;
    case 'number':
      return 1;
    default:
      return WORDS.find((word) => schema.safeParse?.(word).success) ?? WORDS[0];
  }
}
