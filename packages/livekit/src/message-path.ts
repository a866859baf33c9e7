/** After an outage messages get this long to come through by themselves. */
const COME_THROUGH_WITHIN_MS = 2000;

/**
 * Whether messages still come through a room's path after an outage. Sound and picture are back at once; messages,
 * once enough of them was sent into the silence, wait for the retransmission timer of the video server's SCTP, which has
 * doubled all the while (pion/sctp: 1, 2, 4, ... s, up to 60 s): after a cut of 17 s they came 14 s late, and contact
 * with them (P8). A new room has a new timer.
 */
export class MessagePath {
  #hasCarried = false;
  #isAway = false;
  #backAtMs: number | null = null;

  /** The path is away. */
  away(): void {
    this.#isAway = true;
    this.#backAtMs = null;
  }

  /** The path stands. */
  stands(atMs: number): void {
    if (this.#isAway && this.#hasCarried) this.#backAtMs = atMs;
    this.#isAway = false;
  }

  /** A message came through. */
  carried(): void {
    this.#hasCarried = true;
    this.#backAtMs = null;
  }

  /** Messages came before the outage, and none since the path is back. */
  isStuck(atMs: number): boolean {
    return this.#backAtMs !== null && atMs - this.#backAtMs >= COME_THROUGH_WITHIN_MS;
  }
}
