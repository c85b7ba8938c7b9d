import { compileRegex } from '../base/compile-regex.js';
import type { Regex } from '../base/regex.js';
import type { Text } from '../base/translated.js';
import { truthFrom } from '../base/truth.js';
import { isMap, type Value } from '../base/value.js';

/** Conversions of rendered values as Ansible makes them. Undefined: the value is of another form. */

export function toText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A text, or a mapping of English and Russian ones; null is a language that is left out. */
export function toTranslated(value: Value): Text | undefined {
  if (!isMap(value)) return toText(value);
  const { en, ru, ...others } = value;
  const [english, russian] = [toText(en ?? null), toText(ru ?? null)];
  if (english === undefined || Object.keys(others).length > 0) return undefined;
  if (russian === undefined) return ru === undefined || ru === null ? english : undefined;
  return { en: english, ru: russian };
}

/** A path is a text that says something; `~` and `$VARS` are the host's to expand. */
export function toPath(value: Value): string | undefined {
  return typeof value === 'string' && value !== '' && !value.includes('\0') ? value : undefined;
}

export const toTruth: (value: Value) => boolean | undefined = truthFrom;

export function toNumber(value: Value): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}

export function toWhole(value: Value): number | undefined {
  const found = toNumber(value);
  return found !== undefined && Number.isInteger(found) ? found : undefined;
}

/** Seconds: a number, or `90s`, `15m`, `2h`, `1d`, also one after the other (`1h30m`). */
export function toSeconds(value: Value): number | undefined {
  const plain = toNumber(value);
  if (plain !== undefined) return plain >= 0 ? plain : undefined;
  if (typeof value !== 'string' || !/^\s*(\d+(\.\d+)?\s*(ms|s|m|h|d)\s*)+$/.test(value)) return undefined;
  const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };
  return [...value.matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0),
    0,
  );
}

const symbolic = /^[ugoa]*[-+=]([rwxXst]*|[ugo])(,[ugoa]*[-+=]([rwxXst]*|[ugo]))*$/;
export const modePattern = `^(\\s*0?[0-7]{1,4}\\s*|0o[0-7]{1,4}|preserve|${symbolic.source.slice(1, -1)})$`;

/** Permission bits: `0644` (a text, or as YAML's octal a number already) is a number, `u=rwX,g-w` and `preserve` stay texts. */
export function toMode(value: Value): number | string | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= 0o7777 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const octal = /^\s*(?:0o|0)?([0-7]{1,4})\s*$/.exec(value);
  if (octal) return Number.parseInt(octal[1] ?? '', 8);
  return value === 'preserve' || symbolic.test(value) ? value : undefined;
}

/** Throws `expression/regex` where it is no RE2 pattern. */
export function toRegex(value: Value): Regex | undefined {
  const source = toText(value);
  return source === undefined ? undefined : compileRegex(source);
}
