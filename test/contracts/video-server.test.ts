import { createHmac } from 'node:crypto';
import { referencePolicy } from '@holdfast/protocol';
import { directVideo } from '@holdfast/server';
import { livekitVideo } from '@holdfast/server/livekit';
import { fakeVideoServer } from '@holdfast/server/testing';
import { RoomServiceClient, TokenVerifier } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { livekitProgram, startLivekitHere, type LivekitHere } from './children/livekit-here.js';
import { aRequest, policy, roomContract, videoServerContract } from './video-server.js';

describe('fake video server', () => {
  videoServerContract(async () => fakeVideoServer());

  test('[H09] has no rooms: it keeps what it was asked, repeats too, and does nothing else', async () => {
    const video = fakeVideoServer();
    const room = { room: 'hf-contract-8', policy };
    await video.openRoom(room);
    await video.openRoom(room);
    await video.closeRoom(room);
    await video.grant(aRequest({ room: room.room }));
    expect(video.calls.map(({ call }) => call)).toEqual(['openRoom', 'openRoom', 'closeRoom', 'grant']);
  });
});

describe('direct video', () => {
  videoServerContract(async () => directVideo());

  test('[H09] has no room that could be lost: a grant after the end of one is the same as before it', async () => {
    const video = directVideo();
    const before = await video.grant(aRequest());
    await video.closeRoom({ room: before.room, policy });
    expect(await video.grant(aRequest())).toEqual(before);
  });

  test('[H18] is relay only, and refuses to serve without a relay, unless the host accepts that addresses show', async () => {
    const turn = { urls: ['turn:turn.example:3478'], sharedSecret: 'sixteen letters or more' };
    expect(directVideo().refuses(referencePolicy)).toMatch(/TURN/);
    expect(directVideo({ turn }).refuses(referencePolicy)).toBeNull();
    expect(directVideo().refuses({ ...referencePolicy, exposesAddresses: true })).toBeNull();
    const grant = await directVideo({ turn }).grant(aRequest({ policy: referencePolicy }));
    expect(grant).toMatchObject({ relayOnly: true, peer: 'd2' });
  });

  test('gives short-lived TURN credentials made of the shared secret', async () => {
    const sharedSecret = 'sixteen letters or more';
    const video = directVideo({ turn: { urls: ['turns:turn.example'], sharedSecret, validMs: 3_600_000 } });
    const grant = await video.grant(aRequest());
    const username = '1780003600:c1';
    expect(grant).toMatchObject({
      iceServers: [
        {
          urls: ['turns:turn.example'],
          username,
          credential: createHmac('sha1', sharedSecret).update(username).digest('base64'),
        },
      ],
    });
  });

  test('exactly one of the two sides gives way', async () => {
    const video = directVideo();
    expect([
      await video.grant(aRequest()),
      await video.grant(aRequest({ role: 'practitioner' })),
    ]).toMatchObject([{ isPolite: true }, { isPolite: false }]);
  });
});

describe.skipIf(livekitProgram === undefined && process.env['CI'] !== 'true')('LiveKit', () => {
  let livekit: LivekitHere;
  const rooms = () =>
    new RoomServiceClient(livekit.url.replace('ws', 'http'), livekit.apiKey, livekit.apiSecret);
  beforeAll(async () => {
    livekit = await startLivekitHere(livekitProgram ?? 'livekit-server');
  });
  afterAll(() => livekit.stop());
  videoServerContract(async () => livekitVideo(livekit));
  roomContract(
    async () => livekitVideo(livekit),
    async (name) => (await rooms().listRooms([name])).length,
  );

  test('[H13] a token opens its room for camera and microphone, and nothing else', async () => {
    const grant = await livekitVideo(livekit).grant(aRequest({ room: 'hf-contract-4' }));
    if (grant.transport !== 'livekit') throw new Error('another transport');
    const claims = await new TokenVerifier(livekit.apiKey, livekit.apiSecret).verify(grant.token);
    expect(claims.video).toEqual({
      room: 'hf-contract-4',
      roomJoin: true,
      canPublish: true,
      canSubscribe: true,
      canPublishData: true,
      canPublishSources: ['camera', 'microphone'],
      canUpdateOwnMetadata: false,
    });
    expect(claims.sub).toBe('c1');
    expect((claims.exp ?? 0) - (claims.nbf ?? 0)).toBeGreaterThanOrEqual(1800);
  });

  test('rooms outlive the ladder', async () => {
    const video = livekitVideo({ ...livekit, emptyRoomMs: 7_200_000 });
    await video.openRoom({ room: 'hf-contract-5', policy: referencePolicy });
    const [room] = await rooms().listRooms(['hf-contract-5']);
    expect([room?.departureTimeout, room?.emptyTimeout]).toEqual([7200, 7200]);
  });
});

describe('LiveKit, without a server', () => {
  const options = {
    url: 'ws://127.0.0.1:9',
    apiKey: 'key',
    apiSecret: 'a secret of at least thirty-two characters',
  };

  test('says that it failed when there is no server', async () => {
    const video = livekitVideo(options);
    await expect(video.grant(aRequest())).rejects.toMatchObject({ code: 'video-failed' });
    await expect(video.closeRoom({ room: 'r', policy: referencePolicy })).rejects.toMatchObject({
      code: 'video-failed',
    });
  });

  test('refuses tokens that would end before the ladder does', () => {
    expect(() => livekitVideo({ ...options, tokenValidMs: 600_000 })).toThrow(
      /tokenValidMs is 600000; it must be from 1800000/,
    );
    expect(() => livekitVideo({ ...options, emptyRoomMs: 20_000 })).toThrow(/emptyRoomMs/);
  });
});
