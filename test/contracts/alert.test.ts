import { appendFile, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logAlert, webhookAlert, type AlertNotice } from '@holdfast/server';
import { fakeAlert } from '@holdfast/server/testing';
import { describe, expect, test } from 'vitest';
import { aNotice, alertContract } from './alert.js';
import { SECRET, receiver } from './webhook-receiver.js';

const aPath = async (): Promise<string> =>
  join(await mkdtemp(join(tmpdir(), 'holdfast-alert-')), 'alerts.jsonl');
const read = async (path: string): Promise<AlertNotice[]> =>
  (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as AlertNotice);

describe('fake alert', () =>
  alertContract(async () => {
    const alert = fakeAlert();
    return {
      alert,
      taken: async () => alert.notices,
      breakIt: async () => alert.setFailing(true),
      mend: async () => alert.setFailing(false),
    };
  }));

describe('webhook alert', () => {
  alertContract(async () => {
    const host = await receiver();
    const alert = webhookAlert({ url: host.url, secret: SECRET });
    return {
      alert: { ...alert, close: async () => Promise.all([alert.close(), host.close()]).then(() => {}) },
      taken: async () => (host.bodies as { notice: AlertNotice }[]).map((body) => body.notice),
      breakIt: async () => void (host.status = 500),
      mend: async () => void (host.status = 200),
    };
  });

  test("[H09] the notice's own id is the webhook id, on every try", async () => {
    const host = await receiver();
    const alert = webhookAlert({ url: host.url, secret: SECRET });
    await alert.send(aNotice('al-7'), AbortSignal.timeout(5000));
    await alert.send(aNotice('al-7'), AbortSignal.timeout(5000));
    expect(host.ids).toEqual(['al-7', 'al-7']);
    await host.close();
  });
});

describe('log alert', () => {
  alertContract(async () => {
    const path = await aPath();
    return {
      alert: logAlert({ path }),
      taken: () => read(path),
      breakIt: async () => {
        await rm(path, { force: true });
        await mkdir(path);
      },
      mend: () => rm(path, { recursive: true }),
    };
  });

  test('knows after a start what it has written, and cuts off a torn line', async () => {
    const path = await aPath();
    const first = logAlert({ path });
    await first.send(aNotice('al-1'), AbortSignal.timeout(1000));
    await first.close();
    await appendFile(path, '{"id":"al-2","ki');
    const second = logAlert({ path });
    await second.send(aNotice('al-1'), AbortSignal.timeout(1000));
    await second.send(aNotice('al-2'), AbortSignal.timeout(1000));
    await second.close();
    expect((await read(path)).map((notice) => notice.id)).toEqual(['al-1', 'al-2']);
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(3);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });
});
