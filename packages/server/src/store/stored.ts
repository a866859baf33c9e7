import { ServerError } from '../errors.js';

/** What the store rejects with, as the host reads it. @throws ServerError `store-unavailable`, or what was thrown. */
export async function stored<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof ServerError) throw cause;
    throw new ServerError('store-unavailable', 'the store does not answer; try again', { cause });
  }
}
