import { mkdtempSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { logAlert } from '../alerts/log-alert.js';
import { ServerError } from '../errors.js';
import { jsonLinesSink } from '../sinks/json-lines-sink.js';
import { sqliteStore } from '../store/sqlite/sqlite-store.js';
import { aSessionServer, mustAccept } from '../testing/a-session-server.js';
import { passTime } from '../testing/pass-time.js';
import { vaultKeyIn } from './vault-key.js';

/** Planted in every place that takes words; found in no place that must hold none. */
const MARKERS = [
  'Zebediah Markerson',
  '07700 900 461',
  '17 Marker Mews',
  'Flat Q9',
  'Gate code 7431',
  'Aunt Markeline',
  '07700 900 462',
  'Marker at the window',
];

test('[H18] names, numbers and addresses stand in no file, event, alert or error', async () => {
  const clock = new FakeClock();
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-markers-'));
  const running = await aSessionServer(
    clock,
    {
      store: sqliteStore({ directory }),
      vaultKey: vaultKeyIn(directory),
      sinks: [jsonLinesSink({ directory: join(directory, 'events') })],
      alerts: [logAlert({ path: join(directory, 'alerts.jsonl') })],
    },
    false,
  );
  const [
    name = '',
    number = '',
    address = '',
    addressUnit = '',
    entryNotes = '',
    contactName = '',
    contactNumber = '',
    staffNote = '',
  ] = MARKERS;
  const people = [
    { id: 'p1', role: 'practitioner' },
    { id: 'c1', role: 'client', name },
  ] as const;
  await running.server.createSession({ id: 's1', drill: true, people, clientArrangements: { contactName } });
  const [practitioner, client] = [await running.device('p1'), await running.device('c1')];
  const answer = { type: 'item.answer', answer: 'confirmed' } as const;
  const flags = { safeToRing: true, safeToLeaveMessage: false };
  await client.say({ ...answer, item: 'callBackNumber', flags }, { personal: { callBackNumber: number } });
  await client.say({ ...answer, item: 'location' }, { personal: { address, addressUnit, entryNotes } });
  await practitioner.say(
    { ...answer, item: 'emergencyContact', flags: { agreedWhileAlone: true } },
    { personal: { contactName, contactNumber } },
  );
  // Words where none belong are refused, and not kept.
  await client.say({ ...answer, item: 'consent' }, { personal: { callBackNumber: number } });
  client.sendRaw(
    JSON.stringify({
      type: 'input',
      id: 'x',
      saidAtMs: 1,
      body: { type: 'item.answer', item: name, answer: number },
    }),
  );
  await mustAccept(practitioner, { type: 'crisis.open', client: 'c1' });
  await mustAccept(practitioner, { type: 'crisis.offerEscalation', client: 'c1' });
  await practitioner.say({ type: 'staffNote.send', client: 'c1' }, { personal: { staffNote } });
  await passTime(clock, 5000, practitioner, client);
  await expect
    .poll(() => practitioner.projection)
    .toMatchObject({
      vault: { c1: { name, callBackNumber: number, address, contactNumber }, p1: { staffNote } },
    });
  expect(JSON.stringify(client.projection)).not.toContain(staffNote);
  const faults = await Promise.all([
    running.server.createSession({ id: name, drill: true, people }).catch((fault: Error) => fault.message),
    running.server
      .createSession({
        id: 's2',
        drill: true,
        people: [
          { id: 'p1', role: 'practitioner', name: '' },
          { id: 'c1', role: 'client', name },
        ],
      })
      .catch((fault: Error) => fault.message),
    running.server.joinLink({ session: name, person: 'c1' }).catch((fault: Error) => fault.message),
  ]);
  await running.server.close();

  expect(faults.map((fault) => /bad-option|unknown-session/.test(JSON.stringify(fault)))).toEqual([
    true,
    true,
    true,
  ]);
  const texts = [
    JSON.stringify(faults),
    ...readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .map((file) => join(directory, file))
      .filter((file) => statSync(file).isFile())
      .map((file) => readFileSync(file, 'latin1')),
  ];
  expect(texts.join('').length).toBeGreaterThan(10_000);
  for (const marker of MARKERS) {
    const written = [
      marker,
      Buffer.from(marker).toString('base64').slice(0, -4),
      encodeURIComponent(marker),
      JSON.stringify(marker).slice(1, -1),
    ];
    expect(
      texts.filter((text) => written.some((form) => text.includes(form))),
      marker,
    ).toEqual([]);
  }
  // The scan can find: the key opens what the store holds.
  const store = sqliteStore({ directory });
  expect((await store.load({ tenant: 'default', session: 's1' }))?.vault).toMatch(/^[A-Za-z0-9+/=]{100,}$/);
  await store.close();
});

test('an error of this package names its code', () => {
  expect(new ServerError('bad-key', 'why').message).toBe('[bad-key] why');
});
