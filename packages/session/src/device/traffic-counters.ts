import type { VideoCounters } from '../ports.js';

/** Sums what a WebRTC transport reports, so that the sums only grow although single statistics come and go. */
export interface TrafficCounters {
  /** Takes in one `getStats()` report and gives the sums so far. */
  read(report: Iterable<readonly [string, unknown]>): VideoCounters;
}

interface Statistic {
  readonly type?: unknown;
  readonly packetsReceived?: unknown;
  readonly responsesReceived?: unknown;
}

/** For adapters of `VideoPort` over WebRTC. Deltas of packets and STUN answers are what every browser reports. */
export function createTrafficCounters(): TrafficCounters {
  const last = new Map<string, number>();
  const sums = { receivedPackets: 0, linkAnswers: 0 };
  const add = (sum: keyof typeof sums, id: string, value: unknown) => {
    if (typeof value !== 'number') return;
    sums[sum] += Math.max(0, value - (last.get(id) ?? 0));
    last.set(id, value);
  };
  return {
    read(report) {
      for (const [id, entry] of report) {
        const { type, packetsReceived, responsesReceived } = entry as Statistic;
        if (type === 'inbound-rtp') add('receivedPackets', id, packetsReceived);
        if (type === 'candidate-pair') add('linkAnswers', id, responsesReceived);
      }
      return { ...sums };
    },
  };
}
