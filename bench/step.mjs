import { loadTypeScript } from './kit/load.mjs';

const { runStep } = await loadTypeScript('bench/step/run.ts');
runStep(process.argv.slice(2));
