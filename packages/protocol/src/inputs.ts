import type { Actor } from './actors.js';
import type { Command, CommandType } from './commands/command.js';
import type { Fact, FactType } from './facts.js';
import type { Id, Instant } from './ids.js';

/** What `step` takes: a command or a fact, with its id, origin and instants. Repeating an id changes nothing. */
export interface Input {
  /** Of this input; whoever says it makes it. The same id again changes nothing. */
  readonly id: Id;
  /** When the authority took it, on its own clock. */
  readonly atMs: Instant;
  /** When the person said it, on the authority's clock, when that was earlier (offline). */
  readonly saidAtMs: Instant | null;
  /** Who says it, as the authority found out: never what a message claims. */
  readonly from: Actor;
  /** What is said. */
  readonly body: Command | Fact;
}
/** The name of a command or a fact. */
export type InputType = CommandType | FactType;
