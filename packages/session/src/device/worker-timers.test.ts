import { afterEach, expect, test, vi } from 'vitest';
import { pageTimers, workerTimers } from './worker-timers.js';

afterEach(() => vi.unstubAllGlobals());

/** A worker in the same thread: only what the page says to it and hears from it. */
function stubWorker() {
  const target = new EventTarget();
  const posted: unknown[] = [];
  class StubWorker {
    addEventListener = target.addEventListener.bind(target);
    postMessage = (message: unknown) => void posted.push(message);
    terminate = () => void posted.push('ended');
  }
  vi.stubGlobal('Worker', StubWorker);
  const tell = (data: number) => target.dispatchEvent(Object.assign(new Event('message'), { data }));
  return { posted, tell, fail: () => target.dispatchEvent(new Event('error')) };
}

test('[H02] a worker keeps the time once it has said that it runs', () => {
  const { posted, tell } = stubWorker();
  const timers = workerTimers();
  tell(0);
  const called: string[] = [];
  timers.after(500, () => called.push('first'));
  const cancel = timers.after(700, () => called.push('second'));
  cancel();
  tell(1);
  tell(2);
  expect(posted).toEqual([
    [1, 500],
    [2, 700],
    [2, -1],
  ]);
  expect(called).toEqual(['first']);
});

test('a worker that dies hands over: what waited is called rather than lost', () => {
  const { tell, fail } = stubWorker();
  const timers = workerTimers();
  tell(0);
  const called: string[] = [];
  timers.after(60_000, () => called.push('late is worse than early'));
  fail();
  expect(called).toHaveLength(1);
});

test('where workers from blobs are forbidden plain timers do the work', async () => {
  vi.stubGlobal('Worker', function forbidden() {
    throw new DOMException('', 'SecurityError');
  });
  const timers = workerTimers();
  await new Promise<void>((resolve) => timers.after(0, resolve));
});

test('[H12] a worker ends with its session and what waited there; what is asked for afterwards is still called', async () => {
  const { posted, tell } = stubWorker();
  const timers = workerTimers();
  tell(0);
  const called: string[] = [];
  timers.after(60_000, () => called.push('of a session that is over'));
  timers.end();
  timers.end();
  expect(posted).toEqual([[1, 60_000], 'ended']);
  expect(called).toEqual([]);
  await new Promise<void>((resolve) => timers.after(0, resolve));
});

test('[H02] two sessions of a page share one worker: it ends with the last of them, and what waits until then is called', () => {
  const { posted, tell } = stubWorker();
  const [first, second] = [pageTimers(), pageTimers()];
  tell(0);
  const called: string[] = [];
  first.after(500, () => called.push('begun by the first, shared by both'));
  first.end();
  first.end();
  expect(posted).toEqual([[1, 500]]);
  tell(1);
  expect(called).toHaveLength(1);
  second.after(700, () => called.push('of a page without sessions'));
  second.end();
  expect(posted).toEqual([[1, 500], [2, 700], 'ended']);
  const next = pageTimers();
  tell(0);
  next.after(900, () => undefined);
  next.end();
  expect(posted.slice(3)).toEqual([[1, 900], 'ended']);
});
