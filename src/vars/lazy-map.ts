import type { Value, ValueMap } from '../base/value.js';

export interface LazyEntries<T> {
  keys(): Iterable<string>;
  has(key: string): boolean;
  /** Undefined for a key that is not there. Called at each use: whoever computes at length remembers it himself. */
  get(key: string): T | undefined;
}

const lazyMaps = new WeakSet<object>();

/** Whether a mapping computes its values on demand, so that it should not be walked without need. */
export function isLazyMap(value: object): boolean {
  return lazyMaps.has(value);
}

/**
 * A mapping whose values are computed when they are asked for: `hostvars` without rendering every variable of every host.
 * For its reader it is a plain mapping: keys, Object.hasOwn, iteration work, and only reading a value computes it.
 */
export function lazyMap(entries: LazyEntries<Value>): ValueMap {
  return lazyRecord(entries);
}

/** The same for other values than a playbook's. */
function lazyRecord<T>(entries: LazyEntries<T>): Readonly<Record<string, T>> {
  const map = new Proxy<Record<string, T>>(Object.create(null), {
    get: (_, key) => (typeof key === 'string' && entries.has(key) ? entries.get(key) : undefined),
    has: (_, key) => typeof key === 'string' && entries.has(key),
    ownKeys: () => [...new Set(entries.keys())],
    getOwnPropertyDescriptor: (_, key) =>
      typeof key === 'string' && entries.has(key) ? { get: () => entries.get(key), enumerable: true, configurable: true } : undefined,
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
  });
  lazyMaps.add(map);
  return map;
}
