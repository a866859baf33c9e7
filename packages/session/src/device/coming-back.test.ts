import { expect, test } from 'vitest';
import { aCall, C, P, reportsOf, said } from '../testing/a-call.js';
import { aClientProjection, aPractitionerProjection } from '../testing/a-projection.js';
import { aTrack, devicesThatGive } from '../testing/a-track.js';

test('[H12] [P4] who comes back before "left" could be sent has not left', async () => {
  const call = await aCall();
  call.cut(C);
  await call.clock.advance(5000);
  const leaving = call.client.leave();
  await call.clock.advance(3000);
  await leaving;
  const backAtMs = call.server.nowMs;
  call.client.takeBack();
  call.heal(C);
  await call.clock.advance(8000);
  expect(call.client.view.stage).toBe('live');
  expect(said(call, 'person.left')).toEqual([]);
  // The browser may still deliver the page's own message: that it was said before is how the session server knows.
  const [last, ...more] = call.page.beacons;
  expect([last?.fact, more]).toEqual(['person.left', []]);
  expect(last?.saidAtMs).toBeLessThan(backAtMs);
});

test('[H12] [P4] who comes back while "left" is on its way says nothing more of leaving', async () => {
  const call = await aCall();
  call.cut(C);
  const leaving = call.client.leave();
  await call.clock.advance(500);
  call.client.takeBack();
  call.heal(C);
  await call.clock.advance(8000);
  await leaving;
  expect(call.page.beacons).toEqual([]);
  expect(said(call, 'person.left')).toEqual([]);
  expect(call.client.view.line.isUp).toBe(true);
});

test('[H08] a practitioner who comes back while the line is down is told since when, with the card', async () => {
  const call = await aCall({
    projections: {
      p1: aPractitionerProjection({}, { vault: { c1: { callBackNumber: '+1' } } }),
      c1: aClientProjection(),
    },
  });
  call.cut(P);
  await call.clock.advance(5000);
  void call.practitioner.leave();
  await call.clock.advance(3000);
  call.practitioner.takeBack();
  await call.clock.advance(3000);
  expect(call.practitioner.view.line).toMatchObject({ isUp: false, sinceMs: expect.any(Number) });
  expect(call.practitioner.view.notices.map(({ message }) => message.key)).toContain('line.staff.down');
});

/** As the session server shows a client who has exited on another page. */
const gone = () =>
  aClientProjection({
    mediaAllowed: false,
    contact: 'apart',
    people: [
      { id: 'p1', role: 'practitioner', presence: 'here' },
      { id: 'c1', role: 'client', presence: 'away' },
    ],
  });

test('[H12] [P4] who exits on an older page has left on the newer one as well, and comes back there by a press', async () => {
  const call = await aCall();
  call.server.show('c1', gone());
  await call.clock.advance(500);
  expect([call.client.view.stage, call.client.view.showsVideo]).toEqual(['left', false]);
  call.client.takeBack();
  await call.clock.advance(500);
  call.server.show('c1', aClientProjection());
  await call.clock.advance(500);
  expect([call.client.view.stage, call.client.view.showsVideo]).toEqual(['live', true]);
});

test('[H01] [P4] a page that is opened anew is not told that its person has left', async () => {
  const call = await aCall({ projections: { p1: aPractitionerProjection(), c1: gone() } });
  expect(call.client.view.stage).toBe('waiting');
});

test('[A12] [G7] [J6] the camera is let go when media of the session is over', async () => {
  const track = aTrack('video', 'v');
  const devices = devicesThatGive(track);
  const call = await aCall();
  const joining = call.server.join('c1', 'dev-c2', call.video.port('dev-c2'), { devices });
  await call.clock.advance(3000);
  const client = await joining;
  await client.media.setCamera(true);
  expect(track.readyState).toBe('live');
  call.server.show('c1', aClientProjection({ stage: 'ended', mediaAllowed: false }));
  await call.clock.advance(1000);
  expect([track.readyState, client.media.state.camera]).toEqual(['ended', 'off']);
  // [J6] Allowed again, it is their own to turn on.
  call.server.show('c1', aClientProjection());
  await call.clock.advance(3000);
  expect(client.media.state.camera).toBe('off');
});

test('[H25] a policy that suspects sooner is kept to by the device, too', async () => {
  const call = await aCall({
    projections: {
      p1: aPractitionerProjection({ suspectAfterMs: 1000 }),
      c1: aClientProjection({ suspectAfterMs: 1000 }),
    },
  });
  call.cut(C);
  await call.clock.advance(1600);
  expect(reportsOf(call, P).at(-1)).toMatchObject({ state: 'silent' });
});

test('[E4] [H29] who has left can come back on this page, and nobody by it once it is gone', async () => {
  const call = await aCall();
  const leaves = async () => {
    const leaving = call.client.leave();
    await call.clock.advance(3000);
    await leaving;
  };
  await leaves();
  expect(call.storage.kept.size).toBe(1);
  call.client.takeBack();
  await call.clock.advance(3000);
  // A reload in the session goes on.
  call.page.unload();
  expect(call.storage.kept.size).toBe(1);
  await leaves();
  call.page.unload();
  expect(call.storage.kept.size).toBe(0);
});
