import { aClientProjection, aPractitionerProjection } from './a-projection.js';
import { FakeClock } from './fake-clock.js';
import { FakeServer, fakePage, fakeStorage, type FakeServerOptions } from './fake-server.js';
import { FakeVideo } from './fake-video.js';

/** The practitioner's device. */
export const P = 'dev-p';
/** The client's device. */
export const C = 'dev-c';

/** Two people in a session that is live, their devices joined, media up. */
export async function aCall(options: Partial<FakeServerOptions> = {}) {
  const clock = new FakeClock();
  const video = new FakeVideo({ clock });
  const server = new FakeServer({
    clock,
    projections: { p1: aPractitionerProjection(), c1: aClientProjection() },
    ...options,
  });
  const page = fakePage();
  const storage = fakeStorage();
  const joining = [
    server.join('p1', P, video.port(P, 'p1')),
    server.join('c1', C, video.port(C, 'c1'), { page, storage }),
  ] as const;
  await clock.advance(3000);
  const [practitioner, client] = await Promise.all(joining);
  const cut = (device: string) => (server.cut(device), video.cut(device));
  const heal = (device: string) => (server.heal(device), video.heal(device));
  return { clock, video, server, practitioner, client, page, storage, cut, heal };
}
export type Call = Awaited<ReturnType<typeof aCall>>;

export const reportsOf = ({ server }: Call, device: string) =>
  server.heard.flatMap(({ device: from, message }) =>
    from === device && message.type === 'input' && message.body.type === 'media.reported'
      ? [message.body]
      : [],
  );
export const said = ({ server }: Call, type: string) =>
  server.heard.filter(({ message }) => message.type === 'input' && message.body.type === type);
