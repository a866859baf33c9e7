import type { Actor } from './actors.js';
import type { Command, CommandType } from './commands.js';
import type { Fact, FactType } from './facts.js';
import type { Id, Instant } from './ids.js';

/** What `step` takes: a command or a fact, with its id, origin and instants. Repeating an id changes nothing. */
export interface Input {
  readonly id: Id;
  /** When the authority took it, on its own clock. */
  readonly atMs: Instant;
  /** When the person said it, on the authority's clock, when that was earlier (offline). */
  readonly saidAtMs: Instant | null;
  readonly from: Actor;
  readonly body: Command | Fact;
}
export type InputType = CommandType | FactType;
