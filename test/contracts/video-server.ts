import { MediaGrant, referencePolicy, type Policy } from '@holdfast/protocol';
import type { GrantRequest, VideoServer } from '@holdfast/server';
import { expect, test } from 'vitest';

export const policy: Policy = { ...referencePolicy, exposesAddresses: true };

export const aRequest = (changes: Partial<GrantRequest> = {}): GrantRequest => ({
  tenant: 't1',
  session: 's1',
  room: 'hf-contract-1',
  person: 'c1',
  device: 'd1',
  role: 'client',
  peerDevice: 'd2',
  policy,
  nowMs: 1_780_000_000_000,
  ...changes,
});

/** What every `VideoServer` does, fake and real, with rooms or without. */
export function videoServerContract(open: () => Promise<VideoServer>): void {
  test('[H13] a grant is for the room, in the shape of its transport', async () => {
    const video = await open();
    await video.openRoom({ room: 'hf-contract-1', policy });
    const grant = MediaGrant.parse(await video.grant(aRequest()));
    expect([grant.transport, grant.room]).toEqual([video.transport, 'hf-contract-1']);
    await video.closeRoom({ room: 'hf-contract-1', policy });
    await video.close();
  });

  test('[H09] every call may come again', async () => {
    const video = await open();
    const room = { room: 'hf-contract-2', policy };
    await video.openRoom(room);
    await video.openRoom(room);
    const request = aRequest({ room: room.room });
    expect((await video.grant(request)).transport).toBe((await video.grant(request)).transport);
    await video.removePerson({ ...room, person: 'c1' });
    await video.removePerson({ ...room, person: 'c1' });
    await video.closeRoom(room);
    await video.closeRoom(room);
    await video.close();
  });

  test('a grant is given for a room that was ended, too', async () => {
    const video = await open();
    const request = aRequest({ room: 'hf-contract-3' });
    await video.openRoom({ room: request.room, policy });
    await video.closeRoom({ room: request.room, policy });
    expect(await video.grant(request)).toMatchObject({ transport: video.transport, room: request.room });
    await video.closeRoom({ room: request.room, policy });
    await video.close();
  });
}

/** What one does that keeps rooms at a server. `roomsNamed` asks that server, not the port. */
export function roomContract(
  open: () => Promise<VideoServer>,
  roomsNamed: (name: string) => Promise<number>,
): void {
  test('[H09] a room opened twice is one room, and ended twice it is gone', async () => {
    const video = await open();
    const room = { room: 'hf-contract-6', policy };
    await video.openRoom(room);
    await video.openRoom(room);
    expect(await roomsNamed(room.room)).toBe(1);
    await video.closeRoom(room);
    await expect.poll(() => roomsNamed(room.room)).toBe(0);
    await video.closeRoom(room);
    expect(await roomsNamed(room.room)).toBe(0);
    await video.close();
  });

  test('a room that was lost is made again by the next grant', async () => {
    const video = await open();
    const room = { room: 'hf-contract-7', policy };
    await video.openRoom(room);
    await video.closeRoom(room);
    await expect.poll(() => roomsNamed(room.room)).toBe(0);
    await video.grant(aRequest({ room: room.room }));
    expect(await roomsNamed(room.room)).toBe(1);
    await video.closeRoom(room);
    await video.close();
  });
}
