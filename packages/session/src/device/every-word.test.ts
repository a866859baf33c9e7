import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aCall, C, said } from '../testing/a-call.js';

const ask = { type: 'help.ask', client: 'c1' } as const;

/** Silences of every kind: not noticed, noticed on a line that lives on, and longer than a line is kept. */
const silences = fc.array(
  fc.record({
    silentMs: fc.integer({ min: 100, max: 7000 }),
    pressesAtMs: fc.array(fc.nat(8000), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 4 },
);

test('[H09] [R3] whatever silences there are, every word arrives, and is answered under its id', async () => {
  await fc.assert(
    fc.asyncProperty(silences, async (all) => {
      const call = await aCall();
      let presses = 0;
      for (const { silentMs, pressesAtMs } of all) {
        const atMs = call.clock.nowMs();
        call.cut(C);
        call.clock.after(silentMs, () => call.heal(C));
        for (const pressAtMs of pressesAtMs) call.clock.after(pressAtMs, () => void call.client.send(ask));
        presses += pressesAtMs.length;
        await call.clock.advance(atMs + 12_000 - call.clock.nowMs());
      }
      expect(call.client.view.line).toMatchObject({ isUp: true, unsent: 0 });
      const ids = said(call, 'help.ask').map(({ message }) => message.type === 'input' && message.id);
      expect(new Set(ids).size).toBe(presses);
    }),
    { numRuns: 25 },
  );
});
