import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';

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

export async function bundleGallery(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./gallery.ts', import.meta.url))],
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

export async function openGallery(
  browser: Browser,
  script: string,
  width: number,
  scheme: Scheme = 'light',
  height = 800,
): Promise<Gallery> {
  const viewport = { width, height };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', colorScheme: scheme });
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
  await page.waitForFunction(() => 'showStage' in window);
  return {
    page,
    complaints,
    stages: await page.evaluate(() => window.stages),
    show: (stage) => page.evaluate((name) => window.showStage(name), stage),
  };
}
