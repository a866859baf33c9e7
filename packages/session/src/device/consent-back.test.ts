import { expect, test } from 'vitest';
import { aCall, P, reportsOf } from '../testing/a-call.js';
import { aTrack, devicesThatGive } from '../testing/a-track.js';

const D = 'dev-c2';
const withdraw = { type: 'consent.withdraw' } as const;

/** The client in a call, with a camera that is on. */
async function withCamera() {
  const call = await aCall();
  const track = aTrack('video', 'v');
  const devices = devicesThatGive(track);
  const joining = call.server.join('c1', D, call.video.port(D), { devices });
  await call.clock.advance(3000);
  const client = await joining;
  await client.media.setCamera(true);
  const asked = () => call.server.heard.filter(({ message }) => message.type === 'grant.request').length;
  const cutLine = async () => {
    call.server.cut(D);
    await call.clock.advance(5000);
  };
  return { ...call, call, client, track, asked, cutLine };
}

test('[G7] [A12] consent that is taken back while the line is down ends media at once, and no grant opens it', async () => {
  const { call, clock, server, client, track, asked, cutLine } = await withCamera();
  await cutLine();
  expect([track.readyState, client.view.showsVideo]).toEqual(['live', true]);
  expect(reportsOf(call, P).at(-1)).toMatchObject({ state: 'up' });
  const before = asked();
  const said = client.send(withdraw);
  expect([track.readyState, client.media.state.camera]).toEqual(['ended', 'off']);
  expect(await said).toEqual({ outcome: 'queued' });
  await clock.advance(3000);
  expect(client.view.showsVideo).toBe(false);
  expect(reportsOf(call, P).at(-1)).toMatchObject({ state: 'silent' });
  // Still on its way while the session server believes that media is allowed.
  server.heal(D);
  await clock.advance(8000);
  server.tell('c1', { type: 'grant', id: null, grant: { transport: 'fake', room: 'r1' } });
  await clock.advance(8000);
  expect(client.view.line.isUp).toBe(true);
  expect([client.view.showsVideo, asked()]).toEqual([false, before]);
  expect(reportsOf(call, P).at(-1)).toMatchObject({ state: 'silent' });
});

test.each(['up', 'down'])(
  '[G7] a withdrawal that is refused gives media back (the line is %s)',
  async (line) => {
    const { call, clock, server, client, cutLine } = await withCamera();
    server.settle = ({ body }) =>
      body.type === 'consent.withdraw' ? { outcome: 'refused', code: 'not-now', sentence: 'No.' } : {};
    if (line === 'down') await cutLine();
    void client.send(withdraw);
    await clock.advance(2500);
    expect(reportsOf(call, P).at(-1)).toMatchObject({ state: 'silent' });
    server.heal(D);
    await clock.advance(12_000);
    expect(client.view.showsVideo).toBe(true);
    expect(reportsOf(call, P).at(-1)).toMatchObject({ state: 'up' });
  },
);
