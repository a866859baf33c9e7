import type { Actor, Instant } from '@holdfast/protocol';
import { SessionError } from '../session-error.js';
import { circumstances } from './circumstances.js';
import type { Circumstances, Message } from './concept.js';
import type { Session } from './session.js';

/** A message as a chart gets it: `Delivered` of `concept.ts`, for as long as the chart takes to answer it. */
export class Delivery {
  #session: Session | null;

  constructor(
    message: Message,
    told: { readonly atMs: Instant; readonly saidAtMs: Instant | null; readonly by: Actor },
    session: Session,
  ) {
    this.#session = session;
    Object.assign(this, message, told);
  }

  /**
   * Gathered when a machine asks for it: most messages to most charts ask for nothing of it. Of the class, not of each
   * message: a getter of an object's own costs the engine a shape that holds on to the session.
   *
   * @throws SessionError `bad-option` when the chart has answered.
   */
  get now(): Circumstances {
    if (this.#session === null) throw new SessionError('bad-option', 'this message was answered already');
    return circumstances(this.#session);
  }

  /** The chart has answered. What XState made of the message is garbage, and holds on to no session any more. */
  close(): void {
    this.#session = null;
  }
}
