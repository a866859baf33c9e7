import { expect, test } from 'vitest';
import { aCall } from '../testing/a-call.js';
import { aCare, aClientProjection, aPractitionerProjection } from '../testing/a-projection.js';
import { aTrack } from '../testing/a-track.js';

const PAUSED = { ...aCare().pause, isPaused: true };

/** A page with a microphone and a camera that are on. */
async function withDevices(call: Awaited<ReturnType<typeof aCall>>, person: 'p1' | 'c1', device: string) {
  const tracks = { audio: aTrack('audio', `${device}-a`), video: aTrack('video', `${device}-v`) };
  const devices = {
    getUserMedia: async ({ audio }: MediaStreamConstraints) => ({
      getTracks: () => [audio ? tracks.audio : tracks.video],
    }),
    enumerateDevices: async () => [],
  } as unknown as MediaDevices;
  const joining = call.server.join(person, device, call.video.port(device), { devices });
  await call.clock.advance(3000);
  const session = await joining;
  await session.media.setMicrophone(true);
  await session.media.setCamera(true);
  await call.clock.advance(1000);
  return { session, tracks };
}
type Page = Awaited<ReturnType<typeof withDevices>>;
const stateOf = ({ session, tracks }: Page) => {
  const { microphone, camera, localTracks, remoteTracks } = session.media.state;
  return {
    shown: [microphone, camera],
    goesOut: [tracks.audio.enabled, tracks.video.enabled, localTracks.length],
    comesIn: remoteTracks.length > 0,
  };
};
const ON = { shown: ['on', 'on'], goesOut: [true, true, 2], comesIn: true };
const OFF = { shown: ['paused', 'paused'], goesOut: [false, false, 0], comesIn: false };

test('[U1][U6][A26] both pages send nothing and show nothing of the other, and get back what each person had chosen', async () => {
  const call = await aCall();
  const pages = [await withDevices(call, 'p1', 'dev-p2'), await withDevices(call, 'c1', 'dev-c2')] as const;
  const show = async (isPaused: boolean) => {
    call.server.show('p1', aPractitionerProjection({ pause: { ...PAUSED, isPaused } }));
    call.server.show('c1', aClientProjection({ pause: isPaused ? 'paused' : 'none' }));
    await call.clock.advance(2000);
  };
  expect(pages.map(stateOf)).toEqual([ON, ON]);
  await pages[1].session.media.setCamera(false);
  await show(true);
  expect(stateOf(pages[0])).toEqual(OFF);
  for (const { session } of pages)
    await Promise.all([session.media.setMicrophone(true), session.media.setCamera(true)]);
  expect(stateOf(pages[1])).toMatchObject({ ...OFF, goesOut: [false, expect.anything(), 0] });
  expect(pages.map(({ session }) => session.view.showsVideo)).toEqual([false, false]);
  await show(false);
  expect(pages.map(({ session }) => session.media.state.microphone)).toEqual(['on', 'on']);
  expect(pages.map(({ session }) => session.media.state.camera)).toEqual(['on', 'off']);
});

test('[U4] heartbeats go on in a pause: nobody is taken for lost', async () => {
  const call = await aCall();
  call.server.show('p1', aPractitionerProjection({ pause: PAUSED }));
  call.server.show('c1', aClientProjection({ pause: 'paused' }));
  await call.clock.advance(30_000);
  const silent = call.server.heard.filter(
    ({ message }) =>
      message.type === 'input' && message.body.type === 'media.reported' && message.body.state === 'silent',
  );
  expect(silent).toEqual([]);
});

test('[U6] who asks for a pause waits for no line: sound and picture stop at once, and stay so until it is answered', async () => {
  const call = await aCall();
  const page = await withDevices(call, 'c1', 'dev-c2');
  call.server.cut('dev-c2');
  const sending = page.session.send({ type: 'pause.start', client: 'c1', reason: 'overwhelmed' });
  expect(stateOf(page)).toEqual(OFF);
  await call.clock.advance(5000);
  expect([(await sending).outcome, page.session.view.headline.key]).toEqual([
    'queued',
    'client.paused.headline',
  ]);
  call.server.settle = () => ({ outcome: 'refused', code: 'not-now', sentence: 'no' });
  call.server.heal('dev-c2');
  await call.clock.advance(10_000);
  expect(stateOf(page).shown).toEqual(['on', 'on']);
});

test('[Q3][H16] a signal changes no view, no answer and no message but the note of a heartbeat of the same size', async () => {
  for (const isCut of [false, true]) {
    const call = await aCall();
    const { client, server, clock } = call;
    if (isCut) server.cut('dev-c');
    await clock.advance(4000);
    const views: unknown[] = [];
    client.on('view', (view) => views.push(view));
    client.on('settledLate', (type) => views.push(type));
    const before = {
      view: JSON.stringify(client.view),
      heard: server.heard.length,
      beats: server.beats.length,
    };
    expect(client.signalDiscreetly()).toEqual({ outcome: 'accepted' });
    expect(await client.send({ type: 'privacy.signal', client: 'c1' })).toEqual({ outcome: 'accepted' });
    await clock.advance(3000);
    expect([JSON.stringify(client.view), views]).toEqual([before.view, []]);
    if (isCut) server.heal('dev-c');
    await clock.advance(5000);
    if (!isCut) expect(server.heard).toHaveLength(before.heard);
    const beats = server.beats.filter(({ device }) => device === 'dev-c').map(({ message }) => message);
    const notes = [...new Set(beats.map(({ note }) => note))];
    expect(notes.map((note) => Number.parseInt(note?.slice(-1) ?? '', 16) % 2)).toEqual([0, 1]);
    expect(new Set(beats.map((beat) => JSON.stringify(beat.note).length)).size).toBe(1);
  }
});

test('[Q3] staff have no signal to give', async () => {
  const { practitioner, server, clock } = await aCall();
  practitioner.signalDiscreetly();
  await clock.advance(2000);
  const notes = server.beats.filter(({ device }) => device === 'dev-p').map(({ message }) => message.note);
  expect(new Set(notes).size).toBe(1);
});
