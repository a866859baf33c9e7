import { test } from 'vitest';

/** A mutant with which a module cannot be loaded leaves no test of its own that could fail: this one does. */
test('everything that is mutated can be loaded', async () => {
  await import('../../packages/session/src/step/concepts.js');
  await import('../../packages/session/src/step/step.js');
  await import('../../packages/session/src/view/view.js');
  await import('../../packages/session/src/view/staff-screens.js');
  await import('../../packages/session/src/view/client-screens.js');
  await import('../../packages/protocol/src/index.js');
});
