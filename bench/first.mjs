import { measureBundle } from '../tools/workspace/bundle.mjs';
import { loadTypeScript } from '../tools/workspace/load.mjs';

const clientCode = "import { joinSession } from '@holdfast/session'; globalThis.use = joinSession;";

const { runFirst } = await loadTypeScript('bench/first/run.ts');
await runFirst(process.argv.slice(2), await measureBundle(clientCode, { onDemand: false }).catch(() => null));
