import { measureBundle } from '../tools/workspace/bundle.mjs';
import { loadTypeScript } from '../tools/workspace/load.mjs';

const clientCode = "import { joinSession } from '@holdfast/session'; globalThis.use = joinSession;";

// What runs inside of a page is sent there as text: the helper that keeps names is not there.
const { runFirst } = await loadTypeScript('bench/first/run.ts', { keepNames: false });
await runFirst(process.argv.slice(2), await measureBundle(clientCode, { onDemand: false }).catch(() => null));
