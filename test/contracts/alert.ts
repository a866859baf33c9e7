import type { Alert, AlertNotice } from '@holdfast/server';
import { expect, test } from 'vitest';

/** A channel under test, and what the alerted person's service has of it. */
export interface AlertUnderTest {
  readonly alert: Alert;
  /** Notices, each id once. */
  readonly taken: () => Promise<readonly AlertNotice[]>;
  readonly breakIt: () => Promise<void>;
  readonly mend: () => Promise<void>;
}

export const aNotice = (id = 'al-1', changes: Partial<AlertNotice> = {}): AlertNotice => ({
  id,
  kind: 'alert',
  tenant: 't1',
  session: 's1',
  drill: true,
  alert: 'c1.r1.riskActive.duty-1',
  person: 'duty-1',
  cause: 'riskActive',
  client: 'c1',
  run: 'c1.r1',
  attempt: 1,
  atMs: 1_780_000_000_000,
  joinLink: 'https://app.example/session#secret',
  ...changes,
});

const signal = (): AbortSignal => AbortSignal.timeout(5000);

/** What every `Alert` does, fake and real. */
export function alertContract(open: () => Promise<AlertUnderTest>): void {
  test('[A48] hands on everything that the alerted person needs', async () => {
    const { alert, taken } = await open();
    await alert.send(aNotice(), signal());
    await alert.send(
      aNotice('al-2', { kind: 'stoodDown', cause: null, client: null, run: null, joinLink: null }),
      signal(),
    );
    expect((await taken()).map(({ id, kind, person, joinLink }) => [id, kind, person, joinLink])).toEqual([
      ['al-1', 'alert', 'duty-1', 'https://app.example/session#secret'],
      ['al-2', 'stoodDown', 'duty-1', null],
    ]);
    await alert.close();
  });

  test('[H09] the same notice twice is one notice', async () => {
    const { alert, taken } = await open();
    await alert.send(aNotice(), signal());
    await alert.send(aNotice(), signal());
    expect(await taken()).toHaveLength(1);
    await alert.close();
  });

  test('[A17 A21] is tested without alerting anybody: taken while it lives, rejected while it is dead', async () => {
    const { alert, taken, breakIt, mend } = await open();
    await alert.test?.(signal());
    await breakIt();
    await expect(alert.test?.(signal())).rejects.toThrow();
    await mend();
    await alert.test?.(signal());
    await alert.send(aNotice(), signal());
    expect((await taken()).flatMap((notice) => notice?.id ?? [])).toEqual(['al-1']);
    await alert.close();
  });

  test('[H22] rejects while the channel is dead, and takes the notice once it lives again', async () => {
    const { alert, taken, breakIt, mend } = await open();
    await breakIt();
    await expect(alert.send(aNotice(), signal())).rejects.toThrow();
    await mend();
    await alert.send(aNotice(), signal());
    expect(await taken()).toHaveLength(1);
    await alert.close();
  });
}
