#!/usr/bin/env node
// Plain JavaScript, so that the command exists as soon as the packages are installed.
import { existsSync } from 'node:fs';

const main = new URL('../dist/index.js', import.meta.url);
if (existsSync(main)) {
  const { runCommand } = await import(main.href);
  process.exitCode = await runCommand(process.argv.slice(2));
} else {
  console.error('holdfast is not built yet. Run: npm run build');
  process.exitCode = 1;
}
