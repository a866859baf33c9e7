import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleGallery, openGallery, type Gallery, type Scheme } from './gallery-page.js';

const program = process.env['HOLDFAST_CHROMIUM'] ?? '';
const missing = existsSync(program)
  ? null
  : 'Chromium is needed: set HOLDFAST_CHROMIUM to its path (npm test finds it)';

/** Rule and place of each violation. */
async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.flat().join(' ')}`),
  );
}

/** Buttons, links and radios that are smaller than `least` px in one direction. A radio counts with its label. */
const tooSmall = (page: Page, least: number): Promise<string[]> =>
  page.evaluate((least) => {
    const root = document.querySelector('holdfast-session')?.shadowRoot;
    const targets = [
      ...(root?.querySelectorAll<HTMLElement>('button, select, summary, .radios label') ?? []),
    ];
    return targets
      .filter((target) => target.checkVisibility())
      .map((target) => ({ name: target.innerText, box: target.getBoundingClientRect() }))
      .filter(({ box }) => Math.min(box.width, box.height) < least)
      .map(({ name, box }) => `${name} ${Math.round(box.width)}x${Math.round(box.height)}`);
  }, least);

/** Parts that move by a style, and animations that run. */
const movingParts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const root = document.querySelector('holdfast-session')?.shadowRoot;
    const styled = [...(root?.querySelectorAll('*') ?? [])].filter((part) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(part);
      const isStill = transitionDuration.split(', ').every((duration) => duration === '0s');
      return !isStill || animationName !== 'none' || scrollBehavior !== 'auto';
    });
    const running = document.getAnimations().map(({ id }) => `animation ${id}`);
    return [...styled.map(({ localName, className }) => `${localName}.${className}`), ...running];
  });

interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly height: number;
}

/** Where the parts of the screen are in the window. */
const boxesOf = (page: Page, selector: string): Promise<Box[]> =>
  page.evaluate((selector) => {
    const root = document.querySelector('holdfast-session')?.shadowRoot;
    const parts = [...(root?.querySelectorAll<HTMLElement>(selector) ?? [])];
    return parts
      .filter((part) => part.checkVisibility())
      .map((part) => part.getBoundingClientRect())
      .map(({ top, bottom, height }) => ({ top, bottom, height: Math.round(height) }));
  }, selector);

/** Windows of a small laptop and of a tablet on its side. */
const SMALL = [
  [1280, 720],
  [1024, 600],
] as const;

describe.skipIf(missing !== null && process.env['CI'] !== 'true')(
  `screens in a browser${missing ? ` (${missing})` : ''}`,
  () => {
    let browser: Browser;
    let script: string;

    beforeAll(async () => {
      if (missing !== null) throw new Error(missing);
      const args = [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ];
      [browser, script] = await Promise.all([
        chromium.launch({ executablePath: program, args }),
        bundleGallery(),
      ]);
    });
    afterAll(() => browser?.close());

    const eachStage = async (
      width: number,
      look: (gallery: Gallery, stage: string) => Promise<void>,
      scheme: Scheme = 'light',
    ): Promise<Gallery> => {
      const gallery = await openGallery(browser, script, width, scheme);
      expect(gallery.stages.length).toBeGreaterThan(15);
      for (const stage of gallery.stages) {
        await gallery.show(stage);
        await look(gallery, stage);
      }
      await gallery.page.context().close();
      return gallery;
    };

    test.each([
      [1280, 'dark'],
      [320, 'light'],
    ] as const)(
      'axe finds nothing in any stage at %i px (%s), under a strict content policy',
      async (width, scheme) => {
        const found: Record<string, string[]> = {};
        const look = async ({ page }: Gallery, stage: string): Promise<void> => {
          const violations = await violationsOf(page);
          if (violations.length > 0) found[stage] = violations;
        };
        const { complaints } = await eachStage(width, look, scheme);
        expect(found).toEqual({});
        expect(complaints).toEqual([]);
      },
    );

    test('[WCAG 1.4.10] no stage scrolls sideways at 320 px', async () => {
      const wide: string[] = [];
      await eachStage(320, async ({ page }, stage) => {
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        if (width > 320) wide.push(`${stage}: ${width}`);
      });
      expect(wide).toEqual([]);
    });

    test('[WCAG 2.5.8] every target is at least 44 px in both directions', async () => {
      const small: string[] = [];
      await eachStage(320, async ({ page }, stage) => {
        small.push(...(await tooSmall(page, 44)).map((target) => `${stage}: ${target}`));
      });
      expect(small).toEqual([]);
    });

    test('[H12] quick exit stays in sight however far a client has scrolled', async () => {
      const { page, show } = await openGallery(browser, script, 320);
      await show('client set-up');
      await page.mouse.wheel(0, 2000);
      await page.waitForFunction(() => window.scrollY > 100);
      const top = await page.evaluate(() => {
        const root = document.querySelector('holdfast-session')?.shadowRoot;
        return root?.querySelector('holdfast-quick-exit button')?.getBoundingClientRect().top;
      });
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThan(60);
      await page.context().close();
    });

    test('[WCAG 2.4.7] every control can be reached by keyboard alone, and shows that it has focus', async () => {
      const { page, show } = await openGallery(browser, script, 1280);
      await show('practitioner phone');
      const names: string[] = [];
      for (let press = 0; press < 40; press += 1) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate(() => {
          const active = document.activeElement?.shadowRoot?.activeElement;
          if (!(active instanceof HTMLElement)) return null;
          return {
            name: active.innerText.split('\n')[0] ?? '',
            outline: getComputedStyle(active).outlineStyle,
          };
        });
        if (at === null) break;
        expect(at.outline).toBe('solid');
        names.push(at.name);
      }
      expect(names).toEqual(
        expect.arrayContaining(['The client answered', 'No answer', '+1 555 0100', 'Raise risk', 'Leave']),
      );
      await page.context().close();
    });

    test.each(SMALL)(
      '[WCAG 2.5.8] at %i x %i the bar is one row of equal buttons, under the pictures and not over them',
      async (width, height) => {
        const { page, show, stages } = await openGallery(browser, script, width, 'light', height);
        for (const stage of ['client live', 'practitioner live', 'practitioner reconnecting']) {
          expect(stages).toContain(stage);
          await show(stage);
          const buttons = await boxesOf(page, '.bar button, .bar summary');
          expect(buttons.length, stage).toBeGreaterThan(4);
          expect(new Set(buttons.map((button) => button.height)).size, stage).toBe(1);
          expect(new Set(buttons.map(({ top }) => top)).size, stage).toBe(1);
          const [bar] = await boxesOf(page, '.bar');
          const [pictures] = await boxesOf(page, '.pictures');
          expect(bar?.bottom, stage).toBeCloseTo(height, 0);
          expect(bar?.height, stage).toBeLessThan(80);
          expect(pictures?.bottom, stage).toBeLessThanOrEqual(bar?.top ?? 0);
        }
        await page.context().close();
      },
    );

    test.each([...SMALL, [390, 844] as const])(
      'at %i x %i the headline of a decision stays in sight, when it takes focus and when the page is scrolled',
      async (width, height) => {
        const { page, show } = await openGallery(browser, script, width, 'light', height);
        for (const stage of ['practitioner deciding', 'practitioner exhausted']) {
          await page.evaluate(() => window.scrollTo(0, 0));
          await show(stage);
          const isFocused = await page.evaluate(
            () => document.activeElement?.shadowRoot?.activeElement?.getAttribute('role') ?? null,
          );
          expect(isFocused, stage).toBe('alertdialog');
          expect(await page.evaluate(() => window.scrollY), stage).toBe(0);
          await page.mouse.move(width / 2, height / 2);
          await page.mouse.wheel(0, 300);
          await page.waitForFunction(() => window.scrollY > 0);
          const [headline] = await boxesOf(page, '#headline');
          expect(headline?.top, stage).toBeGreaterThanOrEqual(0);
          expect(headline?.bottom, stage).toBeLessThan(100);
        }
        await page.context().close();
      },
    );

    test.each([1280, 720, 320])(
      '[A27] at %i px a loud headline does not lie over the banner of a drill',
      async (width) => {
        const { page, show } = await openGallery(browser, script, width);
        await show('drill exhausted');
        const [banner] = await boxesOf(page, '.drill');
        const [headline] = await boxesOf(page, '.top');
        expect(banner?.bottom).toBeLessThanOrEqual(headline?.top ?? 0);
        await page.context().close();
      },
    );

    test('[V11][H23] whoever asked for less motion sees none: nothing moves, fades or scrolls by itself', async () => {
      const moving: string[] = [];
      await eachStage(390, async ({ page }, stage) => {
        moving.push(...(await movingParts(page)).map((part) => `${stage}: ${part}`));
      });
      expect(moving).toEqual([]);
    });

    test('the check itself finds a button without a name', async () => {
      const { page, show } = await openGallery(browser, script, 1280);
      await show('client live');
      await page.evaluate(() => {
        const root = document.querySelector('holdfast-session')?.shadowRoot;
        root?.querySelector('.bar')?.append(document.createElement('button'));
      });
      expect(await violationsOf(page)).toEqual([expect.stringContaining('button-name')]);
      await page.context().close();
    });
  },
);
