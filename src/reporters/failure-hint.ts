import { catalog, type ErrorCode } from '../base/catalog/index.js';
import { fill } from '../base/errors.js';
import type { ValueMap } from '../base/value.js';

export interface FailureHint {
  /** What mends it. */
  readonly text: string | undefined;
  /** `chatsctl doc <code>` tells more. */
  readonly code: string | undefined;
}

/** A failed result may carry `hint` (for just this case) and `code` (of the error catalog, whose general remedy is the next best). */
export function failureHint(result: ValueMap, language: 'en' | 'ru'): FailureHint | undefined {
  const code = typeof result.code === 'string' && isCode(result.code) ? result.code : undefined;
  if (typeof result.hint === 'string') return { text: result.hint, code };
  if (code === undefined) return undefined;
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(result)) if (typeof value === 'string' || typeof value === 'number') params[name] = value;
  // What the result does not tell is left for the operator to put in: `chatsctl jobs stop ID`.
  const text = fill(catalog[code][language].remedy, params).replace(/\{(\w+)\}/g, (_place, name: string) => name.toUpperCase());
  return { text, code };
}

function isCode(text: string): text is ErrorCode {
  return Object.hasOwn(catalog, text);
}
