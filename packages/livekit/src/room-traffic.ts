import type { Id } from '@holdfast/protocol';
import { createFreshPicture, createTrafficCounters } from '@holdfast/session';
import type { Clock, FreshPicture, TrafficCounters, VideoCounters } from '@holdfast/session';
import type { Room } from 'livekit-client';

interface Traffic {
  readonly sums: TrafficCounters;
  readonly picture: FreshPicture;
}

/**
 * What arrives in a room, of each person apart and of all (null): a third person's sound is no sign of life of the
 * second. Lives longer than a `Room`, so that the sums only grow.
 */
export class RoomTraffic {
  readonly #clock: Clock;
  readonly #senders: () => readonly RTCRtpSender[];
  readonly #known = new Map<Id | null, Traffic>();

  constructor(clock: Clock, senders: () => readonly RTCRtpSender[]) {
    this.#clock = clock;
    this.#senders = senders;
  }

  /** A message of that person arrived. */
  heard(from: Id): void {
    this.#of(from).picture.heard();
  }

  async read(room: Room, person: Id | null): Promise<VideoCounters> {
    const peers = room.engine?.pcManager;
    const [link, theirs] = await Promise.all([
      Promise.all([peers?.publisher.getStats(), peers?.subscriber?.getStats()]),
      Promise.all(tracksOf(room, person).map((track) => track.getRTCStatsReport())),
    ]);
    const { sums, picture } = this.#of(person);
    const all = entriesOf(link);
    const others = all.filter((entry) => !isInbound(entry));
    const counters = sums.read(person === null ? all : [...others, ...entriesOf(theirs).filter(isInbound)]);
    picture.counted(counters);
    return counters;
  }

  #of(person: Id | null): Traffic {
    const known = this.#known.get(person);
    if (known !== undefined) return known;
    const picture = createFreshPicture(this.#clock, this.#senders);
    const traffic = { sums: createTrafficCounters(), picture };
    this.#known.set(person, traffic);
    return traffic;
  }
}

function tracksOf(room: Room, person: Id | null) {
  if (person === null) return [];
  const publications = room.remoteParticipants.get(person)?.trackPublications.values() ?? [];
  return [...publications].flatMap(({ track }) => track ?? []);
}

type Entry = readonly [id: string, statistic: unknown];

const entriesOf = (reports: readonly (RTCStatsReport | undefined)[]): Entry[] =>
  reports.flatMap((report) => [...(report ?? [])]);

const isInbound = ([, statistic]: Entry): boolean =>
  (statistic as { readonly type?: unknown }).type === 'inbound-rtp';
