import { describe, expect, test } from 'vitest';
import { FakeClock } from '../testing/index.js';
import { createFreshPicture } from './fresh-picture.js';

function aPicture() {
  const clock = new FakeClock();
  const asked: unknown[] = [];
  const sender = {
    getParameters: () => ({ encodings: [{}, {}] }),
    setParameters: async (_parameters: unknown, options: unknown) => void asked.push(options),
  } as unknown as RTCRtpSender;
  return { clock, asked, picture: createFreshPicture(clock, () => [sender]) };
}

const wholePicture = { encodingOptions: [{ keyFrame: true }, { keyFrame: true }] };

const packets = (receivedPackets: number) => ({
  receivedPackets,
  soundPackets: 0,
  lostSoundPackets: 0,
  pictureFrames: 0,
  linkAnswers: 0,
});

describe('a fresh picture', () => {
  test('[H01] the first heartbeat after a gap sends a whole picture in every encoding, and once more', async () => {
    const { clock, asked, picture } = aPicture();
    picture.heard();
    await clock.advance(2000);
    picture.heard();
    expect(asked).toEqual([wholePicture]);
    await clock.advance(300);
    expect(asked).toEqual([wholePicture, wholePicture]);
  });

  test('[H01] packets that arrive again after a gap do the same, packets that do not change nothing', async () => {
    const { clock, asked, picture } = aPicture();
    picture.counted(packets(5));
    for (let turn = 0; turn < 4; turn += 1) {
      await clock.advance(500);
      picture.counted(packets(5));
    }
    expect(asked).toEqual([]);
    picture.counted(packets(6));
    expect(asked).toEqual([wholePicture]);
  });

  test('heartbeats in time and the very first one send nothing', async () => {
    const { clock, asked, picture } = aPicture();
    await clock.advance(60_000);
    picture.heard();
    for (let turn = 0; turn < 4; turn += 1) {
      await clock.advance(1000);
      picture.heard();
    }
    await clock.advance(1000);
    expect(asked).toEqual([]);
  });
});
