import { FakeClock } from '@holdfast/session/testing';
import type { Room } from 'livekit-client';
import { expect, test } from 'vitest';
import { RoomTraffic } from './room-traffic.js';
import { TestRoom } from './testing/test-room.js';

const rtp = (packetsReceived: number) => ({ type: 'inbound-rtp', kind: 'audio', packetsReceived });
const pair = (responsesReceived: number) => ({ type: 'candidate-pair', responsesReceived });

/** A room with so many packets of c1, and of somebody else. */
function roomWith(theirs: number, others: number): Room {
  const room = new TestRoom();
  const own = [
    ['t', rtp(theirs)],
    ['p', pair(4)],
  ] as const;
  room.stats = new Map<string, object>([...own, ['o', rtp(others)]]);
  const report = new Map<string, object>([...own, ['codec', { type: 'codec' }]]);
  const publications = [{ track: { getRTCStatsReport: async () => report } }, { track: undefined }];
  room.remoteParticipants.set('c1', { trackPublications: new Map(publications.entries()) });
  return room as unknown as Room;
}

test('[P16] [H11] what arrives is counted of one or of all, and goes on through the next room', async () => {
  const traffic = new RoomTraffic(new FakeClock(), () => []);
  const room = roomWith(10, 500);
  expect(await traffic.read(room, 'c1')).toMatchObject({
    receivedPackets: 10,
    soundPackets: 10,
    linkAnswers: 4,
  });
  expect(await traffic.read(room, 'c2')).toMatchObject({ receivedPackets: 0, linkAnswers: 4 });
  expect(await traffic.read(room, null)).toMatchObject({ receivedPackets: 510, linkAnswers: 4 });
  const next = roomWith(12, 900);
  expect(await traffic.read(next, 'c1')).toMatchObject({ receivedPackets: 12, linkAnswers: 4 });
});

test('[H01] a whole picture is sent when one person is back, although another was there all along', async () => {
  const clock = new FakeClock();
  let asked = 0;
  const sender = {
    getParameters: () => ({ encodings: [{}] }),
    setParameters: async () => void (asked += 1),
  } as unknown as RTCRtpSender;
  const traffic = new RoomTraffic(clock, () => [sender]);
  for (let beats = 0; beats < 6; beats += 1) {
    traffic.heard('c2');
    if (beats === 0 || beats === 5) traffic.heard('c1');
    await clock.advance(500);
  }
  expect(asked).toBe(2);
});
