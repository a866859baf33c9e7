import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { AuditEvent } from '../events/event.js';
import { canonicalJson } from './canonical-json.js';

/** The link before the first event. */
export const FIRST_HASH = '0'.repeat(64);

/** SHA-256 of the canonical JSON of a value, in hex. Also the hash of a policy. */
export const hashOf = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));

/** Gives an event its link in the chain. The authority calls it at commit, in order. */
export function chainEvent(event: Omit<AuditEvent, 'hash' | 'prevHash'>, prevHash: string): AuditEvent {
  const linked = { ...event, prevHash };
  return { ...linked, hash: hashOf(linked) };
}

/** What is wrong with a record, at which line (counted from 1). */
export interface ChainFault {
  /** Counted from 1. */
  readonly line: number;
  /** Goes on after "line 3": `was altered (its hash does not match its content).` */
  readonly sentence: string;
}

/** What a check of a record found. */
export interface ChainReport {
  /** Whole events before the fault, or all of them. */
  readonly events: number;
  /** Sessions that they belong to. */
  readonly sessions: number;
  /** The first fault; null when the record is in order, complete from its first event on, and unaltered. */
  readonly fault: ChainFault | null;
}

interface Place {
  readonly sequence: number;
  readonly hash: string;
}

/**
 * Checks shape, sequence and hash chain of a record, one event a line, many sessions mixed. Stops at the first fault.
 *
 * @param lines The lines of the file, without line ends. Empty lines are passed over.
 */
export function verifyChain(lines: Iterable<string>): ChainReport {
  const places = new Map<string, Place>();
  let line = 0;
  let events = 0;
  for (const text of lines) {
    line += 1;
    if (text === '') continue;
    const sentence = faultOf(text, places);
    if (sentence !== null) return { events, sessions: places.size, fault: { line, sentence } };
    events += 1;
  }
  return { events, sessions: places.size, fault: null };
}

function faultOf(text: string, places: Map<string, Place>): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'is not JSON (a torn or altered line).';
  }
  const parsed = AuditEvent.safeParse(value);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    return `is not an audit event: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`.trim();
  }
  const event = parsed.data;
  const key = `${event.tenant}/${event.session}`;
  const before = places.get(key) ?? { sequence: 0, hash: FIRST_HASH };
  if (event.sequence !== before.sequence + 1) {
    return `has sequence ${event.sequence}; ${before.sequence + 1} was expected (a line is missing, doubled or out of place).`;
  }
  if (event.prevHash !== before.hash) return 'does not follow from the line before it (prevHash differs).';
  const { hash, ...rest } = event;
  if (hashOf(rest) !== hash) return 'was altered (its hash does not match its content).';
  places.set(key, { sequence: event.sequence, hash });
  return null;
}
