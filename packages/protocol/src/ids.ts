import * as z from 'zod/mini';

/**
 * A reference without meaning of its own: never a name, a number or an address. 1 to 160 characters: ids made here join
 * others (an alert's is its run, cause and person). Ids that a host gives are at most 64.
 */
export const Id = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,159}$/));
/** What the schema {@link Id} lets through. */
export type Id = z.infer<typeof Id>;

/** A short word from a closed or host-defined list (an outcome, a reason). Never free text. */
export const Code = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_.:-]{0,63}$/));
/** What the schema {@link Code} lets through. */
export type Code = z.infer<typeof Code>;

/** An instant in milliseconds since the Unix epoch, on the session server's clock. */
export const Instant = z.number().check(z.int(), z.nonnegative());
/** What the schema {@link Instant} lets through. */
export type Instant = z.infer<typeof Instant>;
