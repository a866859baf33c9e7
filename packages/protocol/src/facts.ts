import * as z from 'zod/mini';
import { Code, Id, Instant } from './ids.js';

/** What came of a test of a route: it took the message, did not, or cannot be tested. */
export const RouteOutcome = z.enum(['reached', 'failed', 'untested']);
/** What the schema {@link RouteOutcome} lets through. */
export type RouteOutcome = z.infer<typeof RouteOutcome>;

/** Which side a detector holds responsible. It changes the words and who is alerted, never the clock (design). */
export const Verdict = z.enum(['me', 'them', 'videoServer', 'ours', 'unknown']);
/** What the schema {@link Verdict} lets through. */
export type Verdict = z.infer<typeof Verdict>;

/** What of the other person's picture arrives: `poor` is a few frames a second. */
export const Picture = z.enum(['seen', 'poor', 'frozen', 'off', 'offByChoice']);
/** What the schema {@link Picture} lets through. */
export type Picture = z.infer<typeof Picture>;

/** What of their sound arrives: `muted` is their own doing, `gone` is not. */
export const Sound = z.enum(['heard', 'poor', 'gone', 'muted']);
/** What the schema {@link Sound} lets through. */
export type Sound = z.infer<typeof Sound>;

/** Why an appointment was called off (B08). The story is the host's. */
export const CancelReason = z.enum(['byClient', 'byService', 'bookedAgain', 'madeByMistake']);
/** What the schema {@link CancelReason} lets through. */
export type CancelReason = z.infer<typeof CancelReason>;

const fellowReport = {
  /** In the room that the sessions share. */
  isInside: z.boolean(),
  /** Their client agreed that this session's client is there. */
  agrees: z.boolean(),
  /** How often all others were put outside for their client. */
  alone: z.number().check(z.int(), z.nonnegative()),
};
/** All that one session of a joint meeting knows of another's client. */
export const FellowReport = z.strictObject(fellowReport);
/** What the schema {@link FellowReport} lets through. */
export type FellowReport = z.infer<typeof FellowReport>;

/** Past tense: it happened, a machine never refuses it. Which source may state which is in `permissions.ts`. */
export const Fact = z.discriminatedUnion('type', [
  /** A device of this person opened its line to the session server. */
  z.strictObject({ type: z.literal('device.joined'), person: Id, device: Id }),
  /** The session server hears the device again, after silence. */
  z.strictObject({ type: z.literal('device.heard'), person: Id, device: Id, heardAtMs: Instant }),
  /** The session server has not heard the device since `lastHeardAtMs`. */
  z.strictObject({ type: z.literal('device.silent'), person: Id, device: Id, lastHeardAtMs: Instant }),
  /** The page is going away (pagehide): a reload, or a closed tab. */
  z.strictObject({ type: z.literal('device.unloading'), person: Id, device: Id }),
  /** The person pressed leave. */
  z.strictObject({ type: z.literal('person.left'), person: Id }),
  /** The person pressed quick exit (H12). */
  z.strictObject({ type: z.literal('person.exited'), person: Id }),
  /** A changed verdict of a device about the media path between client and practitioner. */
  z.strictObject({
    type: z.literal('media.reported'),
    /** The client whose contact this concerns. */
    client: Id,
    device: Id,
    /** `up`: heartbeats both ways; `silent`: none since `lastBothWaysAtMs`. */
    state: z.enum(['up', 'silent']),
    lastBothWaysAtMs: Instant,
    verdict: Verdict,
  }),
  /**
   * What is seen and heard of the client, when it changes. The practitioner's device says what reaches it, by frames and
   * packets and not by the state of the link (H11); the client's own device says what its person turned off.
   */
  z.strictObject({
    type: z.literal('media.observed'),
    client: Id,
    device: Id,
    picture: Picture,
    sound: Sound,
    /** Since when the newer of the two is so. */
    sinceMs: Instant,
  }),
  /** What another session of the same joint meeting says of its client; see `FellowReport` (J14). */
  z.strictObject({ type: z.literal('meeting.fellowChanged'), fellow: Id, ...fellowReport }),
  /** The host moved the appointment, or gave it a time. Counts only before anybody's media (N6). */
  z.strictObject({ type: z.literal('appointment.moved'), startsAtMs: Instant }),
  /** The host called it off, with a code of its own for why. Counts only before anybody's media, and not over a run or a crisis (N7). */
  z.strictObject({ type: z.literal('appointment.cancelled'), reason: CancelReason }),
  /** The host's recorder began, ended, or could not. */
  z.strictObject({ type: z.literal('recording.started'), take: z.number() }),
  z.strictObject({ type: z.literal('recording.stopped'), take: z.number() }),
  z.strictObject({ type: z.literal('recording.failed'), take: z.number(), what: z.enum(['start', 'stop']) }),
  /** Time has come this far. The authority states it when a deadline is due. */
  z.strictObject({ type: z.literal('clock.reached') }),
  /**
   * The session server (re)started and took this session over, or its machine woke up. `unwatchedMs`: for how long, at
   * most, nobody looked after this session (R8).
   */
  z.strictObject({
    type: z.literal('server.started'),
    unwatchedMs: z.number().check(z.int(), z.nonnegative()),
  }),
  /** The protocol failed at an input of this kind, or at a deadline with it: a fault of ours (C23). Nothing has changed. */
  z.strictObject({ type: z.literal('step.failed'), input: Code }),
  /** An alert left the building, or could not. */
  z.strictObject({ type: z.literal('alert.delivered'), alert: Id, channel: Code }),
  z.strictObject({ type: z.literal('alert.failed'), alert: Id, channel: Code }),
  /** The session server tested a route of alerts by itself (A17, A21). `untested`: the channel has no test. */
  z.strictObject({ type: z.literal('route.tested'), route: Code, outcome: RouteOutcome, asOfMs: Instant }),
  /** An audit sink failed or caught up (H17). */
  z.strictObject({ type: z.literal('sink.failed'), sink: Code, afterSequence: z.number() }),
  z.strictObject({ type: z.literal('sink.recovered'), sink: Code, upToSequence: z.number() }),
  /** An input was refused at the edge: wrong role, wrong source, malformed (code only). */
  z.strictObject({ type: z.literal('input.refused'), code: Code, inputType: Code }),
]);
/** What the schema {@link Fact} lets through. */
export type Fact = z.infer<typeof Fact>;
/** The name of a fact, like `device.silent`. */
export type FactType = Fact['type'];
