import type { Store } from '../store/store.js';

/** A store that can be taken away. */
export interface BreakableStore extends Store {
  /** `down`: every call rejects. `hanging`: no call answers. */
  behave(how: 'working' | 'down' | 'hanging'): void;
}

/** A store that can be taken away while the session server lives. */
export function breakableStore(inner: Store): BreakableStore {
  let behaviour: 'working' | 'down' | 'hanging' = 'working';
  const guarded = new Proxy(inner, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...parts: unknown[]) => Promise<unknown>;
      if (typeof method !== 'function' || name === 'close') return method;
      return async (...parts: unknown[]): Promise<unknown> => {
        if (behaviour === 'down') throw new Error('the store was told to be down');
        if (behaviour === 'hanging') return new Promise<never>(() => {});
        return method.apply(target, parts);
      };
    },
  });
  return Object.assign(Object.create(guarded) as Store, {
    behave: (how: 'working' | 'down' | 'hanging'): void => void (behaviour = how),
  });
}
