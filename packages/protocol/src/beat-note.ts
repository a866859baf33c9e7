/**
 * The discreet signal travels inside the heartbeat, which goes every 500 ms and is answered by the same echo whatever it
 * carries: no message of its own, no other size, no "settled", no other frame (rule Q3; H16). Each heartbeat has a note
 * of 16 hexadecimal digits. They are drawn at random; the last one is even, or, in a note that signals, odd. A note stays
 * until the next one, so that a signal given off the line is told by the first heartbeat after it, and one that the
 * session server could not store is told again; the note itself is the id, so that it counts once.
 *
 * Rejected: an input of its own (the answer, the size and the count of what waits would show), and a flag that is sent
 * once (a heartbeat that is lost would lose it).
 */
const DIGITS = 16;

/**
 * A note for the heartbeats from now on.
 *
 * @param random 16 or more hexadecimal digits; others in it are passed over, so that a UUID will do.
 */
export function beatNote(random: string, signals: boolean): string {
  const digits = random
    .toLowerCase()
    .replaceAll(/[^0-9a-f]/g, '')
    .padEnd(DIGITS, '0')
    .slice(0, DIGITS);
  const last = Number.parseInt(digits.slice(-1), 16);
  return digits.slice(0, -1) + ((last & ~1) | (signals ? 1 : 0)).toString(16);
}

/** Whether a heartbeat's note is a discreet signal. */
export const isSignal = (note: string): boolean => Number.parseInt(note.slice(-1), 16) % 2 === 1;
