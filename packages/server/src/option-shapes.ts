import { ServerError } from './errors.js';

/** The options that there are, by name; a `list` must be one. */
export type OptionShapes<Options> = Readonly<Record<keyof Options, 'one' | 'list'>>;

/**
 * Settings often come from a file or from a caller without types. An option that nobody reads is a mistake that would
 * show only when somebody needs it, so it is refused here, before any value is looked at.
 *
 * @throws ServerError `bad-option`.
 */
export function checkShapes<Options>(what: string, given: Options, shapes: OptionShapes<Options>): void {
  const known: Readonly<Record<string, 'one' | 'list'>> = shapes;
  if (typeof given !== 'object' || given === null)
    throw new ServerError('bad-option', `${what} needs an object of options`);
  for (const [name, value] of Object.entries(given)) {
    if (known[name] === undefined)
      throw new ServerError(
        'bad-option',
        `${what} has no option ${name}; it has ${Object.keys(known).join(', ')}`,
      );
    if (known[name] === 'list' && value !== undefined && !Array.isArray(value))
      throw new ServerError('bad-option', `${name} must be a list; with one entry: ${name}: [entry]`);
  }
}
