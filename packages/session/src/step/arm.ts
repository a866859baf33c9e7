import type { Instant } from '@holdfast/protocol';

type Deadlines = Readonly<Record<string, Instant>>;

/** Deadlines with one more, or one moved. */
export const arm = (deadlines: Deadlines, name: string, atMs: Instant): Deadlines => ({
  ...deadlines,
  [name]: atMs,
});

/** Deadlines without those named. */
export const disarm = (deadlines: Deadlines, ...names: readonly string[]): Deadlines =>
  Object.fromEntries(Object.entries(deadlines).filter(([name]) => !names.includes(name)));

/** Rule L8: a deadline that stands is only ever moved forward, never back. */
export const tighten = (deadlines: Deadlines, name: string, atMs: Instant): Deadlines => {
  const standing = deadlines[name];
  return standing === undefined || standing <= atMs ? deadlines : arm(deadlines, name, atMs);
};
