import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page as strict as a host may make it: no inline style or script, no string that becomes markup. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');
const PAGE = `<!doctype html>
<html lang="en">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Appointment</title>
<main></main>
<script type="module" src="/gallery.js"></script>
</html>`;

/** @param entry The script of the page. Default: one stage after another. */
export async function bundleGallery(entry = new URL('./gallery.ts', import.meta.url)): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['source'],
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

export interface Gallery {
  readonly page: Page;
  /** What the browser complained about: content policy, errors. */
  readonly complaints: readonly string[];
  readonly stages: readonly string[];
  readonly show: (stage: string) => Promise<void>;
}

export type Scheme = 'light' | 'dark';

/** The page with its script, and what the browser complained about. */
export async function openPage(
  browser: Browser,
  script: string,
  options: BrowserContextOptions,
): Promise<Pick<Gallery, 'page' | 'complaints'>> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.route('https://screens.test/**', (route) =>
    route.request().url().endsWith('.js')
      ? route.fulfill({ body: script, contentType: 'text/javascript' })
      : route.fulfill({
          body: PAGE,
          contentType: 'text/html',
          headers: { 'content-security-policy': POLICY },
        }),
  );
  await page.goto('https://screens.test/');
  return { page, complaints };
}

export async function openGallery(
  browser: Browser,
  script: string,
  width: number,
  scheme: Scheme = 'light',
  height = 800,
): Promise<Gallery> {
  const { page, complaints } = await openPage(browser, script, {
    viewport: { width, height },
    colorScheme: scheme,
  });
  await page.waitForFunction(() => 'showStage' in window);
  return {
    page,
    complaints,
    stages: await page.evaluate(() => window.stages),
    show: (stage) => page.evaluate((name) => window.showStage(name), stage),
  };
}
