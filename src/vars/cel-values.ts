import { DebianVersion } from '../base/debian-version.js';
import { isList, isMap, Unknown, type Value, type ValueMap } from '../base/value.js';
import { isLazyMap } from './lazy-map.js';

/** An expression reached a value that only the real run would learn. CEL treats it as an error, so `false && unknown` is still false. */
export class UnknownReached extends Error {
  override readonly name = 'UnknownReached';

  constructor(readonly unknown: Unknown) {
    super(unknown.reason);
  }
}

const converted = new WeakMap<object, unknown>();

/**
 * A value as CEL computes with it: whole numbers are its int (BigInt), others double. Converted once per object, since values never change.
 * An unknown inside throws UnknownReached when it is read, and only then.
 */
export function toCel(value: Value): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Unknown) throw new UnknownReached(value);
  const known = converted.get(value);
  if (known !== undefined) return known;
  const made = isList(value) ? listToCel(value) : mapToCel(value);
  converted.set(value, made);
  return made;
}

function listToCel(items: readonly Value[]): unknown[] {
  const list: unknown[] = new Array(items.length);
  for (const [index, item] of items.entries()) {
    if (item instanceof Unknown) Object.defineProperty(list, index, { enumerable: true, get: () => toCel(item) });
    else list[index] = toCel(item);
  }
  return list;
}

function mapToCel(map: ValueMap): unknown {
  if (isLazyMap(map) || Object.hasOwn(map, 'constructor') || Object.values(map).some((value) => value instanceof Unknown))
    return new GuardedMap(map);
  const made = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(map)) made[key] = toCel(value);
  return made;
}

/**
 * A mapping of which cel-js sees no entry that the expression does not name: to tell a mapping's type it would read the first one, which may
 * be unknown, or costly and broken in a host that does not matter.
 */
class GuardedMap extends Map<string, unknown> {
  constructor(private readonly of: ValueMap) {
    super();
  }

  override get size(): number {
    return Object.keys(this.of).length;
  }

  override has(key: string): boolean {
    return Object.hasOwn(this.of, key);
  }

  override get(key: string): unknown {
    const value = Object.hasOwn(this.of, key) ? this.of[key] : undefined;
    return value === undefined ? undefined : toCel(value);
  }

  override keys(): MapIterator<string> {
    return Object.keys(this.of).values();
  }

  /** What cel-js looks at for the type; iteration and comparison go through the iterator. */
  override entries(): MapIterator<[string, unknown]> {
    return new Map<string, unknown>().entries();
  }

  override *[Symbol.iterator](): MapIterator<[string, unknown]> {
    for (const key of this.keys()) yield [key, this.get(key)];
  }
}

// cel-js takes values for mappings by their constructor.
Object.defineProperty(GuardedMap.prototype, 'constructor', { value: Map });

/** An entry of a mapping in CEL's form. */
export function celEntry(map: object, key: string): unknown {
  if (map instanceof Map) return map.get(key);
  return Object.hasOwn(map, key) ? Reflect.get(map, key) : undefined;
}

/** A result back as a value; undefined for what is none (an optional, a type, bytes). */
export function fromCel(result: unknown): Value | undefined {
  if (typeof result === 'bigint') return Number(result);
  if (typeof result === 'string' || typeof result === 'number' || typeof result === 'boolean' || result === null) return result;
  if (result instanceof DebianVersion) return result.text;
  if (result instanceof Date) return result.toISOString();
  if (Array.isArray(result)) return whole(result.map(fromCel));
  if (result instanceof Map) return fromEntries([...result]);
  if (typeof result !== 'object') return undefined;
  const prototype: unknown = Object.getPrototypeOf(result);
  return prototype === null || prototype === Object.prototype ? fromEntries(Object.entries(result)) : undefined;
}

function whole(items: readonly (Value | undefined)[]): Value | undefined {
  const found = items.filter((item) => item !== undefined);
  return found.length === items.length ? found : undefined;
}

function fromEntries(entries: readonly (readonly [unknown, unknown])[]): Value | undefined {
  const values = entries.map(([key, value]) => [String(key), fromCel(value)] as const);
  if (values.some(([, value]) => value === undefined)) return undefined;
  const map = Object.fromEntries(values.map(([key, value]) => [key, value ?? null]));
  return isMap(map) ? map : undefined;
}
