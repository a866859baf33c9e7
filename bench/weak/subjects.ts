import { mkdirSync, rmSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { waitForWords } from '../../test/scenarios/kit/observer.js';
import { policyOf } from '../../test/scenarios/kit/policies.js';
import { named } from '../../test/scenarios/kit/screen-words.js';
import { startSessionHost, type SessionHost } from '../../test/scenarios/kit/session-host.js';
import {
  clientSetsUp,
  openJoinLink,
  practitionerAdmits,
  practitionerSetsUp,
} from '../../test/scenarios/kit/session-pages.js';
import { need } from '../first/measure.js';
import { join, stock, stockAddress, stockName } from '../first/stock.js';
import type { Lab } from '../first/subject.js';

/** A product as a client with a weak device meets it. */
export interface WeakSubject {
  readonly name: string;
  prepare(lab: Lab): Promise<void>;
  /** The practitioner is ready and waits; returns the link that the client gets. */
  ready(lab: Lab): Promise<string>;
  /** The name of the button on the first screen. */
  readonly firstButton: RegExp;
  /** The client's own clicks up to the last one, which is somebody's and opens the call: it is returned. */
  enter(lab: Lab): Promise<() => Promise<void>>;
  /** Losses of contact that the product itself has recorded since the call opened; null where it records none. */
  lost(): number | null;
  disconnect(lab: Lab): Promise<void>;
  stop(): Promise<void>;
}

export const ourName = 'holdfast';
const port = 8080;

/** The quickstart over LiveKit: every question of set-up is answered on the weak device. */
export function ours(): WeakSubject {
  let host: SessionHost | undefined;
  let repetition = 0;
  const stop = async (): Promise<void> => {
    await host?.stop();
    host = undefined;
  };
  return {
    name: ourName,
    firstButton: named('join.button'),
    prepare: async () => undefined,
    ready: async ({ network, door, livekit, folder: parent, practitioner }) => {
      repetition += 1;
      const folder = joinPath(parent, `session-${repetition}`);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      const policy = policyOf('production');
      const livekitEnv = livekit.env;
      host = await startSessionHost({ network, door, folder, port, policy, isDrill: false, livekitEnv });
      await openJoinLink(practitioner.page, await host.link('practitioner'));
      await practitionerSetsUp(practitioner.page);
      return host.link('client');
    },
    enter: async ({ practitioner, client }) => {
      await client.page.getByRole('button', { name: named('join.button') }).click();
      await clientSetsUp(client.page);
      return () => practitionerAdmits(practitioner.page);
    },
    lost: () => host?.log.of('contact.lost').length ?? 0,
    disconnect: async ({ practitioner, client }) => {
      for (const { page } of [client, practitioner]) await page.goto('about:blank');
      await stop();
    },
    stop,
  };
}

/** The bare livekit-client page of `bench first`: one button, no question. */
export function peer(): WeakSubject {
  const { alone } = stock();
  let repetition = 0;
  return {
    name: stockName,
    firstButton: /^Join$/,
    prepare: (lab) => alone.prepare(lab),
    ready: async (lab) => {
      repetition += 1;
      const room = `weak-${repetition}`;
      const { practitioner } = lab;
      await practitioner.page.goto(await stockAddress(lab, practitioner.name, room));
      await join(practitioner);
      await need(waitForWords(practitioner.page, /publishing/, 0, 20_000), 'the practitioner publishes');
      return stockAddress(lab, lab.client.name, room);
    },
    enter:
      async ({ client }) =>
      () =>
        join(client),
    lost: () => null,
    disconnect: (lab) => alone.disconnect(lab),
    stop: () => alone.stop(),
  };
}
