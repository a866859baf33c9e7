import { expect, test } from 'vitest';
import { aCall, type Call } from '../testing/a-call.js';
import { aCare, aClientProjection, aPractitionerProjection } from '../testing/a-projection.js';
import { aTrack, devicesThatGive } from '../testing/a-track.js';

/** The newer device of a person, with a microphone that is on. */
async function withMicrophone(call: Call, person: 'p1' | 'c1', device: string) {
  const track = aTrack('audio', device);
  const devices = devicesThatGive(track);
  const joining = call.server.join(person, device, call.video.port(device), { devices });
  await call.clock.advance(3000);
  const { media } = await joining;
  await media.setMicrophone(true);
  return { media, track };
}

test('[P13] both pages keep their microphone off while contact is by phone, and give it back after it', async () => {
  const call = await aCall();
  const pages = [
    await withMicrophone(call, 'p1', 'dev-p2'),
    await withMicrophone(call, 'c1', 'dev-c2'),
  ] as const;
  const microphones = () => pages.map(({ media, track }) => [media.state.microphone, track.enabled]);
  const show = async (state: 'byPhone' | 'together') => {
    call.server.show('p1', aPractitionerProjection({ contact: { ...aCare().contact, state } }));
    call.server.show('c1', aClientProjection({ contact: state }));
    await call.clock.advance(100);
  };
  const [on, byPhone] = [
    ['on', true],
    ['byPhone', false],
  ];
  expect(microphones()).toEqual([on, on]);
  await show('byPhone');
  expect(microphones()).toEqual([byPhone, byPhone]);
  for (const { media } of pages) await media.setMicrophone(true);
  expect(microphones()).toEqual([byPhone, byPhone]);
  await show('together');
  expect(microphones()).toEqual([on, on]);
});
