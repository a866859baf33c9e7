import { createServer } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CliError } from '../cli-error.js';
import { devFlags } from './dev-flags.js';
import { devOptions } from './dev-options.js';
import { anyPort, freePort } from './free-port.js';
import { findLivekitProgram, namedLivekit, startLivekit } from './livekit-server.js';

let base: string;
beforeEach(() => void (base = mkdtempSync(join(tmpdir(), 'holdfast-dev-'))));
afterEach(() => rmSync(base, { recursive: true, force: true }));

const refusal = (call: () => unknown): string => {
  try {
    call();
  } catch (cause) {
    return cause instanceof CliError ? cause.message : `not a CliError: ${String(cause)}`;
  }
  return 'nothing was refused';
};

describe('flags', () => {
  test('nothing typed means direct video, no drill, this machine only', () => {
    expect(devFlags([])).toEqual({
      livekit: false,
      drill: false,
      lan: false,
      new: false,
      open: false,
      port: 8480,
      host: null,
      folder: null,
      with: [],
      practice: null,
    });
  });

  test.each([
    [['--drlil'], /There are --livekit, --drill, --lan, --new, --open, --port NUMBER/],
    [['--port', 'http'], /--port takes a number/],
    [['--port', '0'], /--port takes a number/],
    [['--with', 'interpreter'], /--with needs --livekit/],
    [
      ['--livekit', '--with', 'cousin'],
      /--with takes one of supporter, interpreter, observer, trainee, liveSupervisor, colleague, not cousin/,
    ],
    [['loose'], /There are --livekit/],
    [['--script', 'smooth'], /belong to --practice/],
    [['--practice', 'cousin'], /--practice takes practitioner or client, not cousin/],
    [['--practice', '--livekit'], /leave --livekit out/],
    [['--practice', '--seed', '-1'], /--seed/],
    [['--practice', '--seed', 'x'], /--seed takes a whole number/],
  ])('%j is refused with a sentence', (argv, sentence) => {
    expect(refusal(() => devFlags(argv))).toMatch(sentence);
  });
});

test('[D05] others take part over LiveKit, each role once', () => {
  const typed = ['--livekit', '--with', 'interpreter', '--with', 'supporter', '--with', 'interpreter'];
  expect(devFlags(typed).with).toEqual(['interpreter', 'supporter']);
});

test('[B03][C14] one person practises alone: the practitioner, or the client', () => {
  const usual = { script: null, seed: null, duty: 'script' };
  expect(devFlags(['--practice']).practice).toEqual({ ...usual, practises: 'practitioner' });
  expect(devFlags(['--practice', 'client', '--open']).practice).toEqual({ ...usual, practises: 'client' });
  const typed = ['--practice', '--script', 'longDrop', '--seed', '7', '--duty'];
  expect(devFlags(typed).practice).toEqual({
    practises: 'practitioner',
    script: 'longDrop',
    seed: 7,
    duty: 'self',
  });
});

describe('options', () => {
  test('a port in use: takes the next one and says so', async () => {
    const wanted = await anyPort('127.0.0.1');
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(wanted, '127.0.0.1', resolve));
    const options = await devOptions(['--port', String(wanted)], {}, base);
    expect(options.port).toBeGreaterThan(wanted);
    expect(options.remarks).toEqual([`Port ${wanted} is in use: this start uses ${options.port}.`]);
    options.close();
    other.close();
  });

  test('a drill is a drill', async () => {
    const options = await devOptions(['--drill', '--port', String(await anyPort('127.0.0.1'))], {}, base);
    expect([options.isDrill, options.tls, options.livekit]).toEqual([true, null, null]);
    options.close();
  });

  test('no port at all is an error with a sentence', async () => {
    await expect(freePort(65_536, '127.0.0.1')).rejects.toThrow(/all in use/);
  });
});

describe('LiveKit', () => {
  test('a server named by half is refused', () => {
    expect(refusal(() => namedLivekit({ LIVEKIT_URL: 'ws://127.0.0.1:7880' }))).toMatch(/LIVEKIT_API_KEY/);
  });

  test('a machine without the program says how to get it', () => {
    expect(refusal(() => findLivekitProgram({ PATH: base, XDG_CACHE_HOME: base }))).toMatch(
      /No livekit-server was found/,
    );
  });

  test('a named server is used as it is', () => {
    const env = { LIVEKIT_URL: 'wss://video.example', LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 'secret' };
    expect(namedLivekit(env)).toMatchObject({ url: 'wss://video.example', apiKey: 'key' });
  });

  const program = programOrNull();
  test.skipIf(program === null && process.env['CI'] !== 'true')(
    'starts offline with a secret of its own, and one that outlived a crash is used again',
    async () => {
      const first = await startLivekit(program ?? 'livekit-server', base, '127.0.0.1');
      const second = await startLivekit(program ?? 'livekit-server', base, '127.0.0.1');
      expect(second.url).toBe(first.url);
      expect(first.apiSecret).toHaveLength(64);
      first.stop();
    },
  );
});

function programOrNull(): string | null {
  try {
    return findLivekitProgram(process.env);
  } catch {
    return null;
  }
}
