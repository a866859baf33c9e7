import { describe, expect, test } from 'vitest';
import { aTrack } from '../testing/a-track.js';
import { PageMedia } from './local-media.js';

function aPage(getUserMedia: (wanted: MediaStreamConstraints) => Promise<MediaStreamTrack>) {
  const published: string[] = [];
  let changes = 0;
  const devices = {
    getUserMedia: async (wanted: MediaStreamConstraints) => {
      const track = await getUserMedia(wanted);
      return { getTracks: () => [track] };
    },
    enumerateDevices: async () => [
      { deviceId: 'cam1', kind: 'videoinput', label: 'Camera' },
      { deviceId: '', kind: 'audioinput', label: '' },
    ],
  } as unknown as MediaDevices;
  const media = new PageMedia({
    devices,
    onChange: () => void (changes += 1),
    onTrack: (kind, track) => published.push(`${kind} ${track?.id ?? 'none'}`),
    onPictures: (isWanted) => published.push(`pictures ${isWanted ? 'on' : 'off'}`),
  });
  return { media, published, changes: () => changes };
}
const given = async ({ video }: MediaStreamConstraints) =>
  video ? aTrack('video', 'v') : aTrack('audio', 'a');
const failing = (name: string) => () => Promise.reject(new DOMException('', name));

describe('microphone and camera', () => {
  test('a camera that is off is let go; a muted microphone is kept and not published', async () => {
    const { media, published } = aPage(given);
    await media.setCamera(true);
    await media.setMicrophone(true);
    const [sound, picture] = media.state.localTracks;
    await media.setCamera(false);
    await media.setMicrophone(false);
    expect([sound?.readyState, sound?.enabled, picture?.readyState]).toEqual(['live', false, 'ended']);
    expect(media.state).toMatchObject({ camera: 'off', microphone: 'off', localTracks: [] });
    await media.setMicrophone(true);
    expect(published).toEqual(['video v', 'audio a', 'video none', 'audio none', 'audio a']);
  });

  test.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'failed'],
  ])('%s is %s, and nothing is thrown', async (name, status) => {
    const { media } = aPage(failing(name));
    await media.setCamera(true);
    expect(media.state).toMatchObject({ camera: status, localTracks: [] });
  });

  test('switched off while the browser still asks for permission: capture ends as soon as it begins', async () => {
    let allow: (track: MediaStreamTrack) => void = () => undefined;
    const { media, published } = aPage(() => new Promise((resolve) => (allow = resolve)));
    const starting = media.setCamera(true);
    await media.setCamera(false);
    const track = aTrack('video', 'v');
    allow(track);
    await starting;
    expect([track.readyState, media.state.camera, published]).toEqual(['ended', 'off', []]);
  });

  test('[H12] stop ends capture at once', async () => {
    const { media } = aPage(given);
    await media.setCamera(true);
    await media.setMicrophone(true);
    const tracks = [...media.state.localTracks];
    media.stop();
    expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
  });

  test('[P13] by phone the microphone is silent and cannot be turned on; after it, it is what was chosen', async () => {
    const { media, published } = aPage(given);
    await media.setMicrophone(true);
    const [sound] = media.state.localTracks;
    media.talkByPhone(true);
    await media.setMicrophone(true);
    expect(media.state).toMatchObject({ microphone: 'byPhone', localTracks: [] });
    expect(sound).toMatchObject({ readyState: 'live', enabled: false });
    media.talkByPhone(false);
    expect(media.state).toMatchObject({ microphone: 'on', localTracks: [sound] });
    expect([sound?.enabled, published]).toEqual([true, ['audio a', 'audio none', 'audio a']]);
  });

  test.each(['before', 'while'])(
    '[P13] a microphone that was turned off %s they talk by phone stays off',
    async (when) => {
      const { media, published } = aPage(given);
      await media.setMicrophone(true);
      if (when === 'before') await media.setMicrophone(false);
      media.talkByPhone(true);
      await media.setMicrophone(false);
      await media.setMicrophone(true);
      expect(media.state.microphone).toBe('byPhone');
      media.talkByPhone(false);
      expect([media.state.microphone, published]).toEqual(['off', ['audio a', 'audio none']]);
      await media.setMicrophone(true);
      expect(media.state.microphone).toBe('on');
    },
  );

  test('[P13] a microphone that the browser gives, or that is changed, while they talk by phone waits for its end', async () => {
    let allow: (track: MediaStreamTrack) => void = () => undefined;
    const { media, published } = aPage(() => new Promise((resolve) => (allow = resolve)));
    const starting = media.setMicrophone(true);
    media.talkByPhone(true);
    const [first, second] = [aTrack('audio', 'a1'), aTrack('audio', 'a2')];
    allow(first);
    await starting;
    const changing = media.useDevice('microphone', 'headset');
    allow(second);
    await changing;
    expect([first.readyState, second.enabled, media.state.localTracks]).toEqual(['ended', false, []]);
    expect(published).toEqual(['audio none', 'audio none']);
    media.talkByPhone(false);
    expect([media.state.microphone, published.at(-1)]).toEqual(['on', 'audio a2']);
  });

  test.each([false, true])(
    '[A04] [P13] a microphone that is chosen while it is muted is used once it is turned on (by phone: %s)',
    async (isByPhone) => {
      const wanted: unknown[] = [];
      const { media, published } = aPage(
        async ({ audio }) => (wanted.push(audio), aTrack('audio', `a${wanted.length}`)),
      );
      await media.setMicrophone(true);
      const [first] = media.state.localTracks;
      media.talkByPhone(isByPhone);
      await media.setMicrophone(false);
      await media.useDevice('microphone', 'headset');
      expect([first?.readyState, wanted.length]).toEqual(['ended', 1]);
      media.talkByPhone(false);
      expect(media.state.microphone).toBe('off');
      await media.setMicrophone(true);
      expect(wanted[1]).toMatchObject({ deviceId: { exact: 'headset' } });
      expect([media.state.microphone, published.at(-1)]).toEqual(['on', 'audio a2']);
    },
  );

  test('[P13] a microphone that is broken or not allowed still says so; the camera is left alone', async () => {
    const { media } = aPage(failing('NotAllowedError'));
    await media.setMicrophone(true);
    media.talkByPhone(true);
    expect(media.state).toMatchObject({ microphone: 'denied', camera: 'off' });
  });

  test('another camera replaces the first', async () => {
    const wanted: unknown[] = [];
    const { media, published } = aPage(
      async (asked) => (wanted.push(asked.video), aTrack('video', `v${wanted.length}`)),
    );
    await media.setCamera(true);
    await media.useDevice('camera', 'cam1');
    expect(wanted[1]).toMatchObject({ deviceId: { exact: 'cam1' }, width: { ideal: 640 } });
    expect(published).toEqual(['video v1', 'video v2']);
  });

  test('[A04] a chosen microphone that was unplugged is not asked for again: any other will do', async () => {
    const { media } = aPage(async ({ audio }) => {
      if (typeof audio === 'object' && audio.deviceId !== undefined)
        throw new DOMException('', 'OverconstrainedError');
      return aTrack('audio', 'a');
    });
    await media.useDevice('microphone', 'headset');
    await media.setMicrophone(true);
    expect(media.state).toMatchObject({ microphone: 'on' });
  });

  test('devices without an id are not listed: the browser hides them before permission', async () => {
    const { media } = aPage(given);
    await media.setCamera(true);
    expect(media.state.devices).toEqual([{ id: 'cam1', kind: 'camera', label: 'Camera' }]);
  });
});
