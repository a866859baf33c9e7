import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beatNote, isSignal } from './beat-note.js';
import { DeviceMessage } from './wire/device-message.js';

const beat = (note: string) => ({
  type: 'beat',
  count: 7,
  estimatedNowMs: 1000,
  isVisible: true,
  mainThreadAgeMs: 500,
  media: { state: 'up', lastBothWaysAtMs: 900 },
  note,
});

test('[Q3][H16] a heartbeat that signals has the size of any other, and reads as what it is', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (one, two) => {
      const [plain, signal] = [beatNote(one, false), beatNote(two, true)];
      expect([isSignal(plain), isSignal(signal)]).toEqual([false, true]);
      expect(JSON.stringify(beat(signal))).toHaveLength(JSON.stringify(beat(plain)).length);
      expect(DeviceMessage.safeParse(beat(signal)).success).toBe(true);
    }),
  );
});

test('[Q3] ids that are short, or of other letters, still make a note', () => {
  for (const id of ['', 'id-7', 'page']) expect(beatNote(id, true)).toMatch(/^[0-9a-f]{15}[13579bdf]$/);
});

test('[Q3] a note of another size is no message', () => {
  expect(DeviceMessage.safeParse(beat('abc')).success).toBe(false);
});
