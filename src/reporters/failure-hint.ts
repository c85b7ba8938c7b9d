import { catalog, type ErrorCode } from '../base/catalog/index.js';
import { fill, spoken } from '../base/errors.js';
import { isMap, type ValueMap } from '../base/value.js';

export interface FailureHint {
  /** For just this case: `did you mean …?`, a command with its names filled in. */
  readonly hint: string | undefined;
  /** What mends an error of this code. */
  readonly remedy: string | undefined;
  /** `chatsctl doc <code>` tells more. */
  readonly code: ErrorCode | undefined;
}

/** A failed result may carry `hint` and `code` (of the error catalog); undefined: neither. */
export function failureHint(result: ValueMap, language: 'en' | 'ru'): FailureHint | undefined {
  const code = codeOf(result);
  const hint = hintIn(result, language);
  if (code === undefined) return hint === undefined ? undefined : { hint, remedy: undefined, code };
  // What the result does not tell is left for the operator to put in: `chatsctl jobs stop ID`.
  const filled = fill(catalog[code][language].remedy, spoken(paramsOf(result), language));
  return { hint, remedy: filled.replace(/\{(\w+)\}/g, (_place, name: string) => name.toUpperCase()), code };
}

/** The message of a failure in the reader's language: events tell it in English, and what fills it stands in the result. */
export function failureMessage(message: string, result: ValueMap, language: 'en' | 'ru'): string {
  if (language === 'en') return message;
  const { ru } = result;
  if (isMap(ru) && typeof ru.msg === 'string' && message === result.msg) return ru.msg;
  const code = codeOf(result);
  if (code === undefined) return message;
  const params = paramsOf(result);
  const english = fill(catalog[code].en.message, params);
  if (!message.startsWith(english)) return message;
  return fill(catalog[code][language].message, spoken(params, language)) + message.slice(english.length);
}

function hintIn({ hint, ru }: ValueMap, language: 'en' | 'ru'): string | undefined {
  const said = language === 'ru' && isMap(ru) && typeof ru.hint === 'string' ? ru.hint : hint;
  return typeof said === 'string' ? said : undefined;
}

function codeOf({ code }: ValueMap): ErrorCode | undefined {
  return typeof code === 'string' && isCode(code) ? code : undefined;
}

function paramsOf(result: ValueMap): Record<string, string | number> {
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(result)) if (typeof value === 'string' || typeof value === 'number') params[name] = value;
  return params;
}

function isCode(text: string): text is ErrorCode {
  return Object.hasOwn(catalog, text);
}
