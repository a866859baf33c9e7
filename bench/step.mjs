import { loadTypeScript } from '../tools/workspace/load.mjs';

// As it is published: names of functions are not kept there either.
const { runStep } = await loadTypeScript('bench/step/run.ts', { keepNames: false });
runStep(process.argv.slice(2));
