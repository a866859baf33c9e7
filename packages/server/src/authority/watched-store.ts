import type { Store } from '../store/store.js';
import type { Charge } from './charge.js';

/** The store as the authority uses it: each call has a limit in time, and one that fails or hangs means: not in charge. */
export function watchedStore(store: Store, charge: Charge): Store {
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function' || name === 'close') return method;
      return (...parts: unknown[]) =>
        charge.attempt(() => Promise.resolve(Reflect.apply(method, target, parts)));
    },
  });
}
