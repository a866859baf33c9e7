import type { Store } from '../store/store.js';
import type { Charge } from './charge.js';

/** These read what belongs to one session: a row that is broken does not mean that the store is gone. */
const OF_ONE_SESSION: readonly unknown[] = ['load', 'devices'];

/** The store as the authority uses it: each call has a limit in time, and one that fails or hangs means: not in charge. */
export function watchedStore(store: Store, charge: Charge): Store {
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function' || name === 'close') return method;
      const ask = async (...parts: unknown[]): Promise<unknown> => Reflect.apply(method, target, parts);
      if (!OF_ONE_SESSION.includes(name)) return (...parts: unknown[]) => charge.attempt(() => ask(...parts));
      return async (...parts: unknown[]) => {
        const read = await charge.attempt(() => readOf(() => ask(...parts), target));
        if (read.isBroken) throw read.cause;
        return read.value;
      };
    },
  });
}

type Read =
  | { readonly isBroken: false; readonly value: unknown }
  | { readonly isBroken: true; readonly cause: unknown };

/** Rejects when the store answers nothing else either. */
async function readOf(ask: () => Promise<unknown>, store: Store): Promise<Read> {
  try {
    return { isBroken: false, value: await ask() };
  } catch (cause) {
    await store.lastAtMs();
    return { isBroken: true, cause };
  }
}
