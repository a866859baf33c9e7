import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleGallery, openPage } from './gallery-page.js';
import type { Heard } from './spoken.js';

const program = process.env['HOLDFAST_CHROMIUM'] ?? '';
const missing = existsSync(program)
  ? null
  : 'Chromium is needed: set HOLDFAST_CHROMIUM to its path (npm test finds it)';

/** How many things a client may be told without asking, at most, in each piece of a session. */
const MOST_SAID: Readonly<Record<string, number>> = {
  'a run of five minutes, the other side is lost': 2,
  'a run of five minutes, their own line is down': 3,
  'a run with risk active': 2,
  'a line that comes and goes': 4,
  'a pause of ten minutes': 3,
  'the phone step, until they talk by phone': 2,
  'a day in set-up': 0,
  'a day in the waiting room': 0,
};
/** Two things that are said by themselves are at least so far apart. */
const LEAST_APART_MS = 1000;
const MOST_WORDS = 20;
/** Of a screen: more of a kind than a person in distress can hear out. */
const MOST_CHANGES = 8;

/** Words of a sentence, without what it is set in. */
const wordsOf = (sentence: string): number =>
  sentence.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;

/** What a screen reader reads of the page from its top to its end. */
async function readAloud(page: Page): Promise<readonly { readonly role: string; readonly name: string }[]> {
  const inspector = await page.context().newCDPSession(page);
  const { nodes } = await inspector.send('Accessibility.getFullAXTree');
  await inspector.detach();
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name }) => ({ role: String(role?.value ?? ''), name: String(name?.value ?? '') }));
}

describe.skipIf(missing !== null && process.env['CI'] !== 'true')(
  `what a client's screen reader says${missing ? ` (${missing})` : ''}`,
  () => {
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      if (missing !== null) throw new Error(missing);
      const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'];
      const [launched, script] = await Promise.all([
        chromium.launch({ executablePath: program, args }),
        bundleGallery(new URL('./spoken.ts', import.meta.url)),
      ]);
      browser = launched;
      ({ page } = await openPage(browser, script, { viewport: { width: 390, height: 844 } }));
      await page.waitForFunction(() => 'play' in window);
    });
    afterAll(() => browser?.close());

    const play = (piece: string): Promise<Heard> => page.evaluate((name) => window.play(name), piece);

    test('every piece has a bound', async () => {
      expect(await page.evaluate(() => window.pieces)).toEqual(Object.keys(MOST_SAID));
    });

    test.each(Object.entries(MOST_SAID))(
      '[V11][H23] %s: at most %i things are said, rarely, in plain words and without a number',
      async (piece, most) => {
        const { spoken, shown, speakers } = await play(piece);
        const log = spoken.map(({ atMs, by, text }) => `${(atMs / 1000).toFixed(1)} s ${by}: ${text}`);
        expect(spoken.length, log.join('\n')).toBeLessThanOrEqual(most);
        expect(log.filter((line) => /\d/.test(line.replace(/^[\d.]+ s/, '')))).toEqual([]);
        expect(
          spoken.filter(({ by }) => by !== 'polite'),
          'nothing interrupts or takes focus',
        ).toEqual([]);
        for (const [index, { atMs }] of spoken.entries())
          if (index > 0)
            expect(atMs - (spoken[index - 1]?.atMs ?? 0), log.join('\n')).toBeGreaterThanOrEqual(
              LEAST_APART_MS,
            );
        const sentences = spoken.flatMap(({ text }) => text.split(/(?<=[.?!])\s+/));
        expect(sentences.filter((sentence) => wordsOf(sentence) > MOST_WORDS)).toEqual([]);
        // What can be read counts nothing either, and stands still between the few times at which something happens.
        const numbers = new Set(shown.map(({ text }) => (text.match(/\d+/g) ?? []).join(' ')));
        expect([...numbers], 'a number that changes').toHaveLength(1);
        expect(shown.length).toBeLessThanOrEqual(MOST_CHANGES);
        expect(speakers.toSorted()).toEqual(['alert', 'status']);
      },
      60_000,
    );

    test.each(['a run of five minutes, the other side is lost', 'a pause of ten minutes', 'a day in set-up'])(
      '[V11][H23] %s: read from top to end there is no timer and no number',
      async (piece) => {
        await play(piece);
        const nodes = await readAloud(page);
        expect(nodes.length).toBeGreaterThan(10);
        expect(nodes.filter(({ role }) => /timer|progress|meter|marquee/i.test(role))).toEqual([]);
        expect(nodes.filter(({ name }) => /\d/.test(name)).map(({ name }) => name)).toEqual([]);
      },
      60_000,
    );

    test('[V11][H23] whatever the client is asked can wait: no limit in set-up, a break in the call, more time in the break', async () => {
      const set = await play('a day in set-up');
      expect(set.shown[0]?.text).toContain('There is no time limit');
      expect(set.shown, 'a day later the same is asked').toHaveLength(1);
      const paused = (await play('a pause of ten minutes')).shown.map(({ text }) => text);
      expect(paused[0]).toContain('Take a break');
      expect(paused.some((text) => text.includes('There is no hurry'))).toBe(true);
      expect(paused.some((text) => text.includes('I need more time'))).toBe(true);
    });
  },
);
