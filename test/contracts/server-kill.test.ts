import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnswerFlags, AuditEvent, EventKind, ItemName, Personal } from '@holdfast/protocol';
import { verifyChain } from '@holdfast/protocol/audit';
import { eventFile } from '@holdfast/server';
import { connectTestDevice, type TestDevice } from '@holdfast/server/testing';
import { afterEach, expect, test } from 'vitest';
import { bundleChild } from './children/bundle.js';

interface Serving {
  readonly child: ChildProcess;
  readonly address: string;
  readonly links: readonly string[];
  readonly startedAtMs: number;
}

const children = new Set<ChildProcess>();
afterEach(() => children.forEach((child) => child.kill('SIGKILL')));

async function serve(script: string, directory: string): Promise<Serving> {
  const child = spawn(process.execPath, [script, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  const said = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString()));
    child.once('exit', () => reject(new Error('the session server did not start')));
  });
  const { port, links, startedAtMs } = JSON.parse(said) as {
    port: number;
    links: string[];
    startedAtMs: number;
  };
  return { child, address: `http://127.0.0.1:${port}`, links, startedAtMs };
}

const kill = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });

const linesOf = (directory: string): string[] =>
  readFileSync(eventFile({ directory: join(directory, 'events'), session: 's1' }), 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'));
const eventsOf = (directory: string): AuditEvent[] =>
  linesOf(directory).map((line) => JSON.parse(line) as AuditEvent);

const until = (directory: string, kind: EventKind): Promise<void> =>
  expect
    .poll(() => eventsOf(directory).map((event) => event.kind), { timeout: 30_000, interval: 50 })
    .toContain(kind);

async function report(device: TestDevice, state: 'up' | 'silent', lastBothWaysAtMs: number): Promise<void> {
  device.media = { state, lastBothWaysAtMs };
  await device.say({
    type: 'media.reported',
    client: 'c1',
    device: device.device,
    verdict: 'unknown',
    state,
    lastBothWaysAtMs,
  });
}

async function together({ address, links }: Serving): Promise<readonly [TestDevice, TestDevice]> {
  const [p, c] = await Promise.all(links.map((link) => connectTestDevice({ server: address, link })));
  if (p === undefined || c === undefined) throw new Error('two links were expected');
  const say = async (
    device: TestDevice,
    item: ItemName,
    flags: AnswerFlags = {},
    personal?: Personal,
  ): Promise<void> => {
    const text = item === 'consent' ? { textVersion: 'consent-v1' } : {};
    const command = { type: 'item.answer', item, answer: 'confirmed', flags, ...text } as const;
    const settled = await device.say(command, personal === undefined ? {} : { personal });
    if (settled.outcome !== 'accepted') throw new Error(`${item}: ${settled.code ?? ''}`);
  };
  await say(
    c,
    'callBackNumber',
    { safeToRing: true, safeToLeaveMessage: false },
    { callBackNumber: '07700 900 000' },
  );
  await say(c, 'location', {}, { address: '1 Long Street' });
  await say(c, 'consent', { ladderExplained: true });
  await say(c, 'device');
  await say(p, 'suitability', { isEligible: true, hasAccess: true, canEngage: true });
  await say(p, 'practitionerPrivacy', { alone: true });
  await p.say({ type: 'person.admit', person: 'c1' });
  for (const device of [p, c]) await report(device, 'up', Date.now());
  return [p, c];
}

const rejoin = (serving: Serving, { credential, device }: TestDevice): Promise<TestDevice> =>
  connectTestDevice({ server: serving.address, credential, device, takesMedia: false });

test('[H09][H17] kill -9 in the middle of a run: it goes on to its end, nothing twice, and the record verifies', async () => {
  const script = await bundleChild('serving');
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-server-'));
  let serving = await serve(script, directory);
  const [joined, client] = await together(serving);
  let practitioner = joined;
  client.fallSilent();
  await report(practitioner, 'silent', Date.now());
  const starts: number[] = [];
  for (const kind of ['contact.lost', 'phoning.opened', 'deciding.opened', 'alert.sent'] as const) {
    await until(directory, kind);
    await kill(serving.child);
    serving = await serve(script, directory);
    starts.push(serving.startedAtMs);
    practitioner = await rejoin(serving, practitioner);
  }
  await until(directory, 'run.exhausted');
  const settled = await practitioner.say({
    type: 'ladder.dispose',
    client: 'c1',
    run: 'c1.r1',
    disposition: 'safeByReport',
  });
  expect(settled.outcome).toBe('accepted');
  await until(directory, 'run.ended');
  practitioner.close();
  await kill(serving.child);

  expect(verifyChain(linesOf(directory)).fault).toBeNull();
  const events = eventsOf(directory);
  const of = (kind: EventKind): AuditEvent[] => events.filter((event) => event.kind === kind);
  const once = [
    'contact.lost',
    'run.opened',
    'phoning.opened',
    'deciding.opened',
    'run.exhausted',
    'run.ended',
  ] as const;
  expect(once.map((kind) => [kind, of(kind).length])).toEqual(once.map((kind) => [kind, 1]));
  const alerts = of('alert.sent').map(({ subject }) => subject?.id);
  expect(alerts).toHaveLength(new Set(alerts).size);
  expect(alerts).not.toEqual([]);
  const openedAtMs = (kind: EventKind): number =>
    events.find((event) => event.kind === kind)?.occurredAtMs ?? 0;
  // Never early; at most 1 s late, or 4 s after the start before it.
  const dueAtMs = openedAtMs('phoning.opened') + 3000;
  const lastStart = Math.max(0, ...starts.filter((start) => start <= openedAtMs('deciding.opened')));
  expect(openedAtMs('deciding.opened')).toBeGreaterThanOrEqual(dueAtMs);
  expect(openedAtMs('deciding.opened')).toBeLessThanOrEqual(Math.max(dueAtMs + 1000, lastStart + 4000));
});

test('[H24] kill -9 in a quiet session: two people who are talking see no step', async () => {
  const script = await bundleChild('serving');
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-server-'));
  const first = await serve(script, directory);
  const before = await together(first);
  await kill(first.child);
  const second = await serve(script, directory);
  const [p, c] = await Promise.all(before.map((device) => rejoin(second, device)));
  if (p === undefined || c === undefined) throw new Error('two devices were expected');
  for (const device of [p, c]) await report(device, 'up', Date.now());
  // Past the time in which everybody is awaited: one more second of heartbeats.
  await expect
    .poll(() => Date.now() - second.startedAtMs, { timeout: 6000, interval: 100 })
    .toBeGreaterThan(4000);
  await kill(second.child);
  const kinds = eventsOf(directory).map((event) => event.kind);
  expect(kinds).toContain('session.serverStarted');
  expect(
    kinds.filter((kind) => /^(run|phoning|deciding|alert)\.|contact\.lost|person\.gone/.test(kind)),
  ).toEqual([]);
  expect(verifyChain(linesOf(directory)).fault).toBeNull();
});
