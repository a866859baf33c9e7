import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { waitForFrame } from '../../test/scenarios/kit/observer.js';
import { policyOf } from '../../test/scenarios/kit/policies.js';
import { named, says } from '../../test/scenarios/kit/screen-words.js';
import { startSessionHost, type SessionHost } from '../../test/scenarios/kit/session-host.js';
import {
  act,
  clientSetsUp,
  openJoinLink,
  practitionerAdmits,
  practitionerGoesLive,
  practitionerSetsUp,
} from '../../test/scenarios/kit/session-pages.js';
import { need } from './measure.js';
import type { Lab, Subject } from './subject.js';

export const ourName = 'holdfast';
export const ourReturnName = `${ourName}, comes back`;
const port = 8080;
const waitMs = 30_000;

/** One session of the quickstart after the other, at the reference policy's own times. */
function sessions() {
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
    const livekitEnv = livekit.env;
    host = await startSessionHost({ network, door, folder, port, policy, isDrill: false, livekitEnv });
    await openJoinLink(lab.practitioner.page, await host.link('practitioner'));
    await openJoinLink(lab.client.page, await host.link('client'));
    await clientSetsUp(lab.client.page);
    await practitionerSetsUp(lab.practitioner.page);
  };
  const upToPictures = async (lab: Lab): Promise<void> => {
    await upToAdmission(lab);
    const sinceMs = Date.now();
    await practitionerAdmits(lab.practitioner.page);
    await need(waitForFrame(lab.client.page, sinceMs, waitMs), 'the client sees the practitioner');
    await need(waitForFrame(lab.practitioner.page, sinceMs, waitMs), 'the practitioner sees the client');
  };
  const stop = async (): Promise<void> => {
    await host?.stop();
    host = undefined;
  };
  return { upToAdmission, upToPictures, stop };
}

/**
 * The quickstart over LiveKit; a session of its own for each repetition. `comesBack` is the same, where the last click is
 * that of a client who had left the call: the practitioner's media is in it already.
 */
export function holdfast(): { readonly whole: Subject; readonly comesBack: Subject } {
  const { upToAdmission, upToPictures, stop } = sessions();
  const whole: Subject = {
    name: ourName,
    whoDropped: says('verdict.them'),
    ownSideKnows: says('client.reconnecting.mine'),
    prepare: async () => undefined,
    connect: async (lab) => {
      await upToPictures(lab);
      await practitionerGoesLive(lab.practitioner.page);
    },
    // Nobody is in a room before the practitioner lets the client in: that click opens media for both.
    readyToJoin: async (lab) => {
      await upToAdmission(lab);
      return () => practitionerAdmits(lab.practitioner.page);
    },
    disconnect: async (lab) => {
      for (const device of [lab.client, lab.practitioner]) await device.page.goto('about:blank');
      await stop();
    },
    stop,
  };
  const comesBack: Subject = {
    ...whole,
    name: ourReturnName,
    readyToJoin: async (lab) => {
      await upToPictures(lab);
      await act(lab.client.page, 'media.leave');
      const back = lab.client.page.getByRole('button', { name: named('left.comeBack') });
      await back.waitFor();
      return () => back.click();
    },
  };
  return { whole, comesBack };
}
