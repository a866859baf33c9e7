import { sqliteStore } from '@holdfast/server';
import { FIRST_HASH } from '@holdfast/protocol/audit';
import { aChange, aRecord, anEvent } from '../store-builders.js';

/** Commits one event after the other and says the number of each one that is acknowledged, until it is killed. */
const [, , directory] = process.argv;
if (directory === undefined) throw new Error('usage: committing DIRECTORY');
const store = sqliteStore({ directory });
const key = { tenant: 't1', session: 's1' };
const before = await store.load(key);
let revision = before?.revision ?? 0;
let hash = before?.lastHash ?? FIRST_HASH;
for (;;) {
  revision += 1;
  const event = anEvent(revision, hash);
  hash = event.hash;
  const record = { ...aRecord({ revision }), lastSequence: revision, lastHash: hash };
  const inputs = [{ id: `i${revision}`, outcome: 'accepted', code: null, missing: [] }] as const;
  if ((await store.commit(aChange(record, { events: [event], inputs }))) !== 'committed')
    throw new Error('conflict');
  process.stdout.write(`${revision}\n`);
}
