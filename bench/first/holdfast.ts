import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { waitForFrame } from '../../test/scenarios/kit/observer.js';
import { policyOf } from '../../test/scenarios/kit/policies.js';
import { says } from '../../test/scenarios/kit/screen-words.js';
import { startSessionHost, type SessionHost } from '../../test/scenarios/kit/session-host.js';
import {
  clientSetsUp,
  openJoinLink,
  practitionerAdmits,
  practitionerGoesLive,
  practitionerSetsUp,
} from '../../test/scenarios/kit/session-pages.js';
import { need } from './measure.js';
import type { Lab, Subject } from './subject.js';

export const ourName = 'holdfast';
const port = 8080;
const waitMs = 30_000;

/** The quickstart over LiveKit, at the reference policy's own times; a session of its own for each repetition. */
export function holdfast(): Subject {
  let host: SessionHost | undefined;
  let repetition = 0;
  const upToAdmission = async (lab: Lab): Promise<void> => {
    repetition += 1;
    const folder = join(lab.folder, `session-${repetition}`);
    // An open session of an interrupted run would go on.
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const { network, door, livekit } = lab;
    const policy = policyOf('production');
    host = await startSessionHost({
      network,
      door,
      folder,
      port,
      policy,
      isDrill: false,
      livekitEnv: livekit.env,
    });
    await openJoinLink(lab.practitioner.page, await host.link('practitioner'));
    await openJoinLink(lab.client.page, await host.link('client'));
    await clientSetsUp(lab.client.page);
    await practitionerSetsUp(lab.practitioner.page);
  };
  return {
    name: ourName,
    whoDropped: says('verdict.them'),
    ownSideKnows: says('client.reconnecting.mine'),
    prepare: async () => undefined,
    connect: async (lab) => {
      await upToAdmission(lab);
      const sinceMs = Date.now();
      await practitionerAdmits(lab.practitioner.page);
      await need(waitForFrame(lab.client.page, sinceMs, waitMs), 'the client sees the practitioner');
      await need(waitForFrame(lab.practitioner.page, sinceMs, waitMs), 'the practitioner sees the client');
      await practitionerGoesLive(lab.practitioner.page);
    },
    // Nobody is in a room before the practitioner lets the client in: that click opens media for both.
    readyToJoin: async (lab) => {
      await upToAdmission(lab);
      return { clicker: lab.practitioner, click: () => practitionerAdmits(lab.practitioner.page) };
    },
    disconnect: async (lab) => {
      for (const device of [lab.client, lab.practitioner]) await device.page.goto('about:blank');
      await host?.stop();
      host = undefined;
    },
    stop: async () => host?.stop(),
  };
}
