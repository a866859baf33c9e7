import { MAX_MESSAGE_BYTES, type DeviceMessage, type ServerMessage } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.js';
import { dial } from './dial-schedule.js';
import { ServerLine, type LineSocket } from './line.js';

interface TestSocket extends LineSocket {
  readonly sent: DeviceMessage[];
  isLetGo: boolean;
  say(message: ServerMessage): void;
}

function aSocket(): TestSocket {
  const sent: DeviceMessage[] = [];
  return {
    sent,
    isLetGo: false,
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (text) => void sent.push(JSON.parse(text) as DeviceMessage),
    close() {
      this.isLetGo = true;
    },
    say(message) {
      this.onmessage?.({ data: JSON.stringify(message) });
    },
  };
}

const welcome: ServerMessage = {
  type: 'welcome',
  version: 1,
  session: 's1',
  person: 'c1',
  role: 'client',
  epoch: 'e1',
  serverNowMs: 5,
  policyHash: '',
  drill: false,
};

function aLine() {
  const clock = new FakeClock(1_000_000);
  const sockets: TestSocket[] = [];
  const changes: boolean[] = [];
  const heard: string[] = [];
  const line: ServerLine = new ServerLine({
    clock,
    open: () => {
      const socket = aSocket();
      sockets.push(socket);
      return socket;
    },
    hello: () => ({
      type: 'hello',
      version: 1,
      credential: 'x'.repeat(20),
      device: 'd1',
      resume: null,
      takesMedia: false,
    }),
    beat: (count) => ({
      type: 'beat',
      count,
      estimatedNowMs: 0,
      isVisible: true,
      mainThreadAgeMs: 0,
      media: { state: 'none', lastBothWaysAtMs: null },
    }),
    onMessage: ({ type }) => heard.push(type),
    onEcho: () => undefined,
    onChange: () => changes.push(line.isUp),
  });
  const greet = (socket = sockets.at(-1)!) => {
    socket.onopen?.();
    socket.say(welcome);
  };
  return { clock, line, sockets, changes, heard, greet };
}

describe('a line that is up', () => {
  test('says hello first, then a heartbeat every 500 ms', async () => {
    const { clock, sockets, greet, line } = aLine();
    greet();
    expect(line.isUp).toBe(true);
    await clock.advance(1500);
    expect(
      sockets.at(0)!.sent.map((message) => (message.type === 'beat' ? message.count : message.type)),
    ).toEqual(['hello', 1, 2, 3]);
  });

  test('is down after 2 s of silence, and up again when the same socket speaks before 3 s', async () => {
    const { clock, sockets, greet, changes } = aLine();
    greet();
    await clock.advance(2500);
    sockets.at(0)!.say({ type: 'beat', count: 1, serverNowMs: 0 });
    expect(changes).toEqual([true, false, true]);
    expect(sockets).toHaveLength(1);
  });

  test('[H11] a socket that is silent for more than 3 s is dropped for a fresh one, and is not heard again', async () => {
    const { clock, sockets, greet, heard } = aLine();
    greet();
    await clock.advance(3500);
    expect(sockets.at(0)!.isLetGo).toBe(true);
    expect(sockets.length).toBeGreaterThan(1);
    const before = heard.length;
    sockets.at(0)!.say(welcome);
    expect(heard).toHaveLength(before);
  });

  test('what cannot be read is no sign of life', async () => {
    const { clock, sockets, greet, line } = aLine();
    greet();
    await clock.advance(2600);
    sockets.at(0)!.onmessage?.({ data: '{"type":"beat"}' });
    sockets.at(0)!.onmessage?.({ data: 'x'.repeat(MAX_MESSAGE_BYTES) });
    expect(line.isUp).toBe(false);
  });
});

describe('a line that is down', () => {
  test('dials every second at first, and 34 times in 240 s', async () => {
    const { clock, sockets } = aLine();
    await clock.advance(5000);
    expect(sockets).toHaveLength(6);
    await clock.advance(235_000);
    expect(sockets.length).toBeLessThanOrEqual(35);
  });

  test('the first dial that is welcomed wins and the others are let go', async () => {
    const { clock, sockets, greet, line } = aLine();
    await clock.advance(1200);
    greet(sockets[1]);
    expect(line.isUp).toBe(true);
    expect(sockets.map(({ isLetGo }) => isLetGo)).toEqual([true, false]);
  });

  test('a server that refuses connections is asked again after 1 s, not at once', async () => {
    const { clock, sockets } = aLine();
    sockets.at(0)!.onclose?.();
    expect(sockets).toHaveLength(1);
    await clock.advance(1000);
    expect(sockets).toHaveLength(2);
  });

  test('a hint replaces a dial that waits in a dead network', async () => {
    const { clock, sockets, line } = aLine();
    await clock.advance(100_000);
    const before = sockets.length;
    line.hint('networkIsBack');
    expect(sockets).toHaveLength(before + 1);
    expect(sockets.at(before - 1)!.isLetGo).toBe(true);
  });

  test('offline, it hardly dials', async () => {
    const { clock, sockets, line, greet } = aLine();
    greet();
    line.hint('networkIsGone');
    await clock.advance(60_000);
    expect(line.isUp).toBe(false);
    expect(sockets.length).toBeLessThan(15);
  });

  test('closed, it never dials again', async () => {
    const { clock, sockets, line } = aLine();
    line.close();
    await clock.advance(60_000);
    expect(sockets).toHaveLength(1);
    expect(line.send({ type: 'grant.request', id: 'g' })).toBe(false);
  });
});

test('every dial lives at least until the next one begins, so that one is always asking', () => {
  for (let count = 0; count < 100; count += 1)
    expect(dial(count).limitMs).toBeGreaterThanOrEqual(dial(count).nextAfterMs);
});

test('[H02] a line that is welcomed and closed again and again is dialled about once a second, not in a rush', async () => {
  const { clock, sockets, greet } = aLine();
  for (let turn = 0; turn < 100; turn += 1) {
    const socket = sockets.at(-1)!;
    if (socket.onopen !== null) {
      greet(socket);
      socket.onclose?.();
    }
    await clock.advance(100);
  }
  expect(sockets.length).toBeLessThan(14);
});

test('[H02] of two lines that said hello the server keeps the other one: the next is dialled at once', async () => {
  const { clock, sockets, greet, line } = aLine();
  await clock.advance(1000);
  sockets.at(1)!.onopen?.();
  greet(sockets[0]);
  sockets.at(0)!.onclose?.();
  expect(sockets).toHaveLength(3);
  greet();
  expect(line.isUp).toBe(true);
});

test('[H02] a line that held for a while and is closed is dialled at once', async () => {
  const { clock, sockets, greet } = aLine();
  greet();
  await clock.advance(1900);
  sockets.at(0)!.onclose?.();
  expect(sockets).toHaveLength(2);
});
