import { loadTypeScript } from '../tools/workspace/load.mjs';

const { runStep } = await loadTypeScript('bench/step/run.ts');
runStep(process.argv.slice(2));
