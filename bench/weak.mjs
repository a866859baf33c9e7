import { loadTypeScript } from '../tools/workspace/load.mjs';

// What runs inside of a page is sent there as text: the helper that keeps names is not there.
const { runWeak } = await loadTypeScript('bench/weak/run.ts', { keepNames: false });
await runWeak(process.argv.slice(2));
