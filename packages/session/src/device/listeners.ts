type Call = (...parts: never[]) => void;

/**
 * Listeners by event, for the runtime and for adapters. One that throws is reported to the page and stops nobody:
 * safety never waits for a screen.
 */
export class Listeners<Events extends { [E in keyof Events]: Call }> {
  readonly #listeners = new Map<keyof Events, Set<Call>>();

  /** Adds a listener; twice the same is once. */
  add<E extends keyof Events>(event: E, listener: Events[E]): void {
    const known = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, known.add(listener));
  }

  /** Takes a listener away; one that was never added is passed over. */
  remove<E extends keyof Events>(event: E, listener: Events[E]): void {
    this.#listeners.get(event)?.delete(listener);
  }

  /** Calls every listener of the event, in the order in which they came. */
  tell<E extends keyof Events>(event: E, ...parts: Parameters<Events[E]>): void {
    for (const listener of Array.from(this.#listeners.get(event) ?? [])) {
      try {
        (listener as (...parts: Parameters<Events[E]>) => void)(...parts);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** Takes all of them away. */
  clear(): void {
    this.#listeners.clear();
  }
}
