import { describe, expect, test } from 'vitest';
import { aCall, C, P, reportsOf, type Call } from '../testing/a-call.js';
import { aCare, aClientProjection, aPractitionerProjection } from '../testing/a-projection.js';
import { aTrack } from '../testing/a-track.js';
import { FakeClock } from '../testing/fake-clock.js';
import { FakeServer } from '../testing/fake-server.js';
import { FakeVideo } from '../testing/fake-video.js';

const observed = ({ server }: Pick<Call, 'server'>, device: string) =>
  server.heard.flatMap(({ device: from, message }) =>
    from === device && message.type === 'input' && message.body.type === 'media.observed'
      ? [message.body]
      : [],
  );

/** A call in which the client's devices work. */
async function withTracks() {
  const clock = new FakeClock();
  const video = new FakeVideo({ clock });
  const server = new FakeServer({
    clock,
    projections: { p1: aPractitionerProjection(), c1: aClientProjection() },
  });
  const joining = [
    server.join('p1', P, video.port(P)),
    server.join('c1', C, video.port(C), {
      devices: {
        getUserMedia: async ({ video: picture }: MediaStreamConstraints) => ({
          getTracks: () => [picture ? aTrack('video', 'v') : aTrack('audio', 'a')],
        }),
        enumerateDevices: async () => [],
      } as unknown as MediaDevices,
    }),
  ] as const;
  await clock.advance(3000);
  const [practitioner, client] = await Promise.all(joining);
  await client.media.setCamera(true);
  await client.media.setMicrophone(true);
  await clock.advance(6000);
  return { clock, video, server, practitioner, client };
}

describe('media.observed', () => {
  test('[O1][H11] packets that stop under a link that is up: the practitioner’s page says so, and contact is not lost', async () => {
    const call = await withTracks();
    expect(observed(call, P).at(-1)).toMatchObject({
      picture: 'seen',
      sound: 'heard',
      client: 'c1',
      device: P,
    });
    const sinceMs = call.clock.nowMs();
    call.video.freeze(C, 'audio');
    call.video.freeze(C, 'video');
    await call.clock.advance(4000);
    const last = observed(call, P).at(-1);
    expect(last).toMatchObject({ picture: 'frozen', sound: 'gone' });
    expect(Math.abs((last?.sinceMs ?? 0) - sinceMs)).toBeLessThanOrEqual(1000);
    expect(reportsOf(call as unknown as Call, P).at(-1)?.state).toBe('up');
    call.video.freeze(C, 'audio', false);
    call.video.freeze(C, 'video', false);
    await call.clock.advance(8000);
    expect(observed(call, P).at(-1)).toMatchObject({ picture: 'seen', sound: 'heard' });
  });

  test('[O6][A41] the client’s page says what its person turned off, at once', async () => {
    const call = await withTracks();
    expect(observed(call, C).at(-1)).toMatchObject({ picture: 'seen', sound: 'heard', device: C });
    await call.client.media.setCamera(false);
    await call.clock.advance(100);
    expect(observed(call, C).at(-1)).toMatchObject({ picture: 'offByChoice', sound: 'heard' });
    await call.client.media.setMicrophone(false);
    await call.clock.advance(100);
    expect(observed(call, C).at(-1)).toMatchObject({ picture: 'offByChoice', sound: 'muted' });
  });

  test('[O1] a lost contact is the ladder’s: nothing is said of what is seen meanwhile', async () => {
    const call = await withTracks();
    const before = observed(call, P).length;
    call.video.cut(C);
    await call.clock.advance(20_000);
    expect(observed(call, P).length).toBe(before);
  });
});

describe('sound only, and pictures that are not wanted', () => {
  test('[W2][A06] where sound only was chosen no page sends a picture or receives one; afterwards the camera is its person’s', async () => {
    const call = await withTracks();
    const channel = { ...aCare().channel, is: 'audioOnly' as const };
    call.server.show('c1', aClientProjection({ channel: 'audioOnly' }));
    call.server.show('p1', aPractitionerProjection({ channel }));
    await call.clock.advance(500);
    expect(call.client.media.state).toMatchObject({ camera: 'soundOnly', pictures: 'off', microphone: 'on' });
    await call.client.media.setCamera(true);
    expect(call.client.media.state.camera).toBe('soundOnly');
    await call.clock.advance(5000);
    expect(observed(call, P).at(-1)).toMatchObject({ picture: 'offByChoice', sound: 'heard' });
    call.server.show('c1', aClientProjection());
    await call.clock.advance(500);
    expect(call.client.media.state).toMatchObject({ camera: 'off', pictures: 'on' });
    await call.client.media.setCamera(true);
    expect(call.client.media.state.camera).toBe('on');
  });

  test('[A06] low data: the other person’s picture is turned off on this page alone, and on again', async () => {
    const call = await aCall();
    await call.practitioner.media.setPictures(false);
    expect(call.practitioner.media.state.pictures).toBe('off');
    expect(call.client.media.state.pictures).toBe('on');
    await call.practitioner.media.setPictures(true);
    expect(call.practitioner.media.state.pictures).toBe('on');
  });
});
