import { isList, isMap, type Value, type ValueMap } from '../../base/value.js';
import type { HttpAnswer } from './http.js';

/** Headers as Ansible's results have them: small letters and underscores, cookies apart. */
export function headerResult({ headers, url }: HttpAnswer): ValueMap {
  const { 'set-cookie': set = [], ...others } = headers;
  const cookies = set.flatMap((each): [string, string][] => {
    const [, name, value] = /^\s*([^=;\s]+)\s*=\s*([^;]*)/.exec(each) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value.trim()]];
  });
  return {
    ...Object.fromEntries(
      Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [[name.replaceAll('-', '_'), String(value)]])),
    ),
    ...(headers.location !== undefined && URL.canParse(headers.location, url.href) && { location: new URL(headers.location, url).href }),
    cookies: Object.fromEntries(cookies),
    cookies_string: cookies.map((each) => each.join('=')).join('; '),
  };
}

/** The content as data where the server says that it is JSON; undefined where it is none. */
export function jsonOf({ headers, body }: HttpAnswer): Value | undefined {
  if (!/^(?:application|text)\/(?:[\w.+-]*\+)?json\b/.test(headers['content-type'] ?? '')) return undefined;
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

export interface Body {
  readonly body: Buffer | undefined;
  readonly type: string | undefined;
}

export function bodyOf(body: Value | undefined, format: 'raw' | 'json' | 'form-urlencoded'): Body {
  if (body === undefined || body === null) return { body: undefined, type: undefined };
  if (format === 'json') return { body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), type: 'application/json' };
  if (format === 'form-urlencoded') return { body: Buffer.from(formOf(body)), type: 'application/x-www-form-urlencoded' };
  return { body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), type: undefined };
}

/** A list is its name several times; a list of pairs keeps its order. */
function formOf(body: Value): string {
  const pairs = isMap(body) ? Object.entries(body) : isList(body) ? body.flatMap((each): [string, Value][] => pairOf(each)) : undefined;
  if (!pairs) return String(body);
  const form = new URLSearchParams();
  for (const [name, value] of pairs) for (const each of isList(value) ? value : [value]) form.append(name, String(each));
  return form.toString();
}

function pairOf(value: Value): [string, Value][] {
  const [name, content] = isList(value) ? value : [];
  return typeof name === 'string' && content !== undefined ? [[name, content]] : [];
}
