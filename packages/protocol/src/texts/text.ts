import * as z from 'zod/mini';
import { Code } from '../ids.js';

/**
 * One text that people are shown, in one version and language. A service that changes a word gives it a new version: people
 * agree to a version, not to a mood (A12, A40).
 */
export const Text = z.strictObject({
  /** As in the policy's `texts`, like `consent-v1`. */
  version: Code,
  /** BCP 47, like `en-GB`. */
  language: z.string().check(z.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)),
  title: z.string().check(z.minLength(1), z.maxLength(120)),
  /** Plain sentences, a paragraph each. No mark-up. */
  paragraphs: z
    .array(z.string().check(z.minLength(1), z.maxLength(600)))
    .check(z.minLength(1), z.maxLength(12)),
});
/** What the schema {@link Text} lets through. */
export type Text = z.infer<typeof Text>;
