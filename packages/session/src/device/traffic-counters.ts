import type { VideoCounters } from '../ports.js';

/** Sums what a WebRTC transport reports, so that the sums only grow although single statistics come and go. */
export interface TrafficCounters {
  /** Takes in one `getStats()` report and gives the sums so far. */
  read(report: Iterable<readonly [string, unknown]>): VideoCounters;
}

interface Statistic {
  readonly type?: unknown;
  readonly kind?: unknown;
  readonly packetsReceived?: unknown;
  readonly packetsLost?: unknown;
  readonly framesDecoded?: unknown;
  readonly responsesReceived?: unknown;
}

/** For adapters of `VideoPort` over WebRTC. Deltas of packets and STUN answers are what every browser reports. */
export function createTrafficCounters(): TrafficCounters {
  const last = new Map<string, number>();
  const sums = {
    receivedPackets: 0,
    soundPackets: 0,
    lostSoundPackets: 0,
    pictureFrames: 0,
    linkAnswers: 0,
  };
  const add = (sum: keyof typeof sums, id: string, value: unknown) => {
    if (typeof value !== 'number') return;
    const key = `${sum} ${id}`;
    sums[sum] += Math.max(0, value - (last.get(key) ?? 0));
    last.set(key, value);
  };
  return {
    read(report) {
      for (const [id, entry] of report) {
        const statistic = entry as Statistic;
        const { type, kind, packetsReceived, responsesReceived } = statistic;
        if (type === 'inbound-rtp') add('receivedPackets', id, packetsReceived);
        if (type === 'inbound-rtp' && kind === 'audio') {
          add('soundPackets', id, packetsReceived);
          add('lostSoundPackets', id, statistic.packetsLost);
        }
        if (type === 'inbound-rtp' && kind === 'video') add('pictureFrames', id, statistic.framesDecoded);
        if (type === 'candidate-pair') add('linkAnswers', id, responsesReceived);
      }
      return { ...sums };
    },
  };
}
