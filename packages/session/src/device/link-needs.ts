/** What a link must bring, at least. */
export interface LinkNeed {
  /** Towards this device, in Mbit/s. */
  readonly downlinkMbps: number;
  /** There and back, in milliseconds. */
  readonly rttMs: number;
}

/**
 * Below `weak` a picture stutters, below `bad` only sound is likely to hold (D07). `bad` is what a service of video visits
 * asks for at least, 350 kbit/s each way (Healthdirect Video Call, "Bandwidth and data usage"), and a little more; `weak`
 * is the least that general practices are advised to have, 1.1 Mbit/s towards them (TeleScot VICO toolkit, University of
 * Edinburgh), and a third more, since a home is shared. The way there and back: ITU-T G.114 calls 400 ms one way too long
 * for talking; twice and more of what is comfortable is weak, a second is bad.
 */
export const LINK_NEEDS = {
  weak: { downlinkMbps: 1.5, rttMs: 400 },
  bad: { downlinkMbps: 0.4, rttMs: 1000 },
} as const satisfies Record<string, LinkNeed>;
