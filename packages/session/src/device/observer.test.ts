import { describe, expect, test } from 'vitest';
import type { RemoteTrack } from '../ports.js';
import { createObserver, type Glance } from './observer.js';

const track = (kind: 'audio' | 'video', isMuted = false): RemoteTrack => ({
  id: kind,
  kind,
  isMuted,
  from: null,
  track: {} as MediaStreamTrack,
});
const BOTH = [track('audio'), track('video')];

/** A call in which so many frames and packets arrive every half second, from the instant on at which it began. */
function aCall() {
  const observer = createObserver();
  let atMs = 0;
  const counters = {
    receivedPackets: 0,
    soundPackets: 0,
    lostSoundPackets: 0,
    pictureFrames: 0,
    linkAnswers: 0,
  };
  let reached = null as ReturnType<typeof observer.look>;
  const pass = (
    seconds: number,
    { frames = 8, packets = 25, lost = 0, ...rest }: Partial<Glance> & Record<string, unknown> = {},
  ) => {
    for (let beat = 0; beat < seconds * 2; beat += 1) {
      atMs += 500;
      counters.pictureFrames += frames as number;
      counters.soundPackets += packets as number;
      counters.lostSoundPackets += lost as number;
      reached = observer.look({
        atMs,
        counters: { ...counters },
        tracks: BOTH,
        wantsPictures: true,
        isVisible: true,
        ...rest,
      });
    }
    return reached;
  };
  return { pass, observer, nowMs: () => atMs };
}

describe('what arrives', () => {
  test('[O1] says nothing in the first two seconds, then what is so', () => {
    const { pass } = aCall();
    expect(pass(1)).toBeNull();
    expect(pass(3)).toMatchObject({ picture: 'seen', sound: 'heard' });
  });

  test('[O1][H11] frames that stop are a picture that stands still since the last of them, whatever the link says', () => {
    const { pass, nowMs } = aCall();
    pass(10);
    const lastMs = nowMs();
    expect(pass(1.5, { frames: 0 })).toMatchObject({ picture: 'seen' });
    expect(pass(0.5, { frames: 0 })).toMatchObject({
      picture: 'frozen',
      pictureSinceMs: lastMs,
      sound: 'heard',
    });
    expect(pass(5, { frames: 0 })).toMatchObject({ pictureSinceMs: lastMs });
    expect(pass(0.5)?.picture).not.toBe('frozen');
  });

  test('[O1][H11] packets of sound that stop are sound that is gone', () => {
    const { pass, nowMs } = aCall();
    pass(10);
    const lastMs = nowMs();
    expect(pass(3, { packets: 0 })).toMatchObject({ picture: 'seen', sound: 'gone', soundSinceMs: lastMs });
    expect(pass(1)).toMatchObject({ sound: 'heard' });
  });

  test('[O1][A03] few frames, and many packets lost, are poor', () => {
    expect(aCall().pass(10, { frames: 2 })).toMatchObject({ picture: 'poor' });
    expect(aCall().pass(10, { packets: 20, lost: 5 })).toMatchObject({ sound: 'poor' });
    expect(aCall().pass(10, { packets: 1 })).toMatchObject({ sound: 'heard' });
  });

  test('[O6][A41] what is turned off is off and muted, not frozen and gone', () => {
    const { pass } = aCall();
    pass(5);
    const tracks = [track('audio', true), track('video', true)];
    expect(pass(5, { tracks, frames: 0, packets: 0 })).toMatchObject({ picture: 'off', sound: 'muted' });
    // Turned on again, it has its time to begin.
    expect(pass(1, { frames: 0, packets: 0 })).toMatchObject({ picture: 'seen', sound: 'heard' });
    expect(aCall().pass(5, { tracks: [], frames: 0, packets: 0 })).toMatchObject({
      picture: 'off',
      sound: 'gone',
    });
  });

  test('[O6][A06] a picture that is not wanted here is nobody’s fault; a page that is hidden judges no picture', () => {
    expect(aCall().pass(5, { wantsPictures: false, frames: 0 })).toMatchObject({ picture: 'offByChoice' });
    const { pass } = aCall();
    pass(5);
    expect(pass(10, { isVisible: false, frames: 0 })).toMatchObject({ picture: 'seen', sound: 'heard' });
  });

  test('[O1] media that was away starts anew: its gap is no frozen picture', () => {
    const { pass, observer } = aCall();
    pass(5);
    observer.startAnew();
    expect(pass(1, { frames: 0, packets: 0 })).toMatchObject({ picture: 'seen', sound: 'heard' });
  });
});
