/** What playbooks, variables and results are made of: JSON, and the check mode's unknown. */
export type Value = null | boolean | number | string | Unknown | readonly Value[] | ValueMap;
export interface ValueMap {
  readonly [key: string]: Value;
}

/** What stands in the place of a value that only the real run would learn. */
export const knownAfterApply = '(known after apply)';

/** A value that only the real run would learn (check mode). Rendering it gives `(known after apply)`; a condition that touches it is unknown. */
export class Unknown {
  constructor(
    /** What would have to run: shown to the operator. */
    readonly reason: string,
    /** Where an unknown stands within text: the text, with `(known after apply)` in its place. */
    readonly text: string = knownAfterApply,
  ) {}

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.toString();
  }
}

export function isMap(value: unknown): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The first unknown inside a value, if there is one. */
export function unknownIn(value: Value): Unknown | undefined {
  if (value instanceof Unknown) return value;
  if (isList(value)) {
    for (const each of value) {
      const found = unknownIn(each);
      if (found) return found;
    }
    return undefined;
  }
  if (isMap(value)) {
    for (const each of Object.values(value)) {
      const found = unknownIn(each);
      if (found) return found;
    }
  }
  return undefined;
}
