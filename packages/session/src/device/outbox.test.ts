import { expect, test } from 'vitest';
import { createOutbox } from './outbox.js';

function anOutbox() {
  const sent: { id: string; type: string }[] = [];
  const late: string[] = [];
  const line = { isUp: true };
  let ids = 0;
  const outbox = createOutbox({
    newId: () => `i${++ids}`,
    send: ({ id, body }) => line.isUp && sent.push({ id, type: body.type }) > 0,
    onLateAnswer: (body, { outcome }) => late.push(`${body.type} ${outcome}`),
  });
  return { outbox, sent, late, line };
}
const ask = { type: 'help.ask', client: 'c1' } as const;
const report = (atMs: number) =>
  ({
    type: 'media.reported',
    client: 'c1',
    device: 'd',
    state: 'silent',
    lastBothWaysAtMs: atMs,
    verdict: 'me',
  }) as const;

test('[H09] everything that is not settled is sent again, in order, under the same ids', () => {
  const { outbox, sent } = anOutbox();
  void outbox.add(ask, 1);
  void outbox.add({ type: 'session.end' }, 2);
  outbox.settle({ type: 'settled', id: 'i1', outcome: 'accepted' });
  void outbox.add({ type: 'session.close' }, 3);
  outbox.resend();
  expect(sent.map(({ id }) => id)).toEqual(['i1', 'i2', 'i3', 'i2', 'i3']);
  expect(outbox.unsent).toBe(2);
});

test('of several reports about media only the newest waits', () => {
  const { outbox, sent, line } = anOutbox();
  line.isUp = false;
  void outbox.add(report(1), 1);
  void outbox.add(ask, 2);
  void outbox.add(report(3), 3);
  // Only what a person said is shown as not sent.
  expect(outbox.unsent).toBe(1);
  line.isUp = true;
  outbox.resend();
  expect(sent.map(({ id }) => id)).toEqual(['i2', 'i3']);
});

test('who was told "queued" hears of the answer later, and only then', async () => {
  const { outbox, late, line } = anOutbox();
  line.isUp = false;
  expect(await outbox.add(ask, 1)).toEqual({ outcome: 'queued' });
  outbox.settle({ type: 'settled', id: 'i1', outcome: 'refused', code: 'not-now' });
  expect(late).toEqual(['help.ask refused']);
  outbox.settle({ type: 'settled', id: 'i1', outcome: 'accepted' });
  expect(late).toHaveLength(1);
});

test('a refusal without a sentence gets the one of its code', async () => {
  const { outbox } = anOutbox();
  const said = outbox.add(ask, 1);
  outbox.settle({ type: 'settled', id: 'i1', outcome: 'refused', code: 'gate-open', missing: ['identity'] });
  expect(await said).toEqual({
    outcome: 'refused',
    code: 'gate-open',
    sentence: 'Some checks are not settled yet.',
    missing: ['identity'],
  });
});
