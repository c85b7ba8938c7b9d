import { compileRegex } from '../base/compile-regex.js';
import { failure } from '../base/errors.js';
import type { Position } from '../base/position.js';
import { quoteRegex, type Regex } from '../base/regex.js';

/** One part of a host pattern. */
export interface PatternPart {
  readonly kind: 'add' | 'exclude' | 'intersect';
  /** As written, without `!` and `&`. */
  readonly text: string;
  /** The name or glob without its subscript. */
  readonly expression: string;
  /** `[1:3]`: half-open by index, negative from the end; undefined: all. */
  readonly slice: { readonly start: number; readonly end: number | undefined } | undefined;
  /** Matches names of groups and hosts. */
  readonly regex: Regex;
  /** Ansible's rule: hosts of that name count even where a group matched. */
  readonly alsoHosts: boolean;
}

/** `web:!web3:&staging`, comma-separated too. Parts in the order in which they count: what is added, intersections, exclusions. */
export function parsePattern(patterns: readonly string[], position?: Position): PatternPart[] {
  const parts = patterns.flatMap((each) => splitPattern(each)).map((each) => parsePart(each, position));
  const of = (kind: PatternPart['kind']) => parts.filter((each) => each.kind === kind);
  const added = of('add');
  return [...(added.length === 0 ? [parsePart('all', position)] : added), ...of('intersect'), ...of('exclude')];
}

/** At commas; where there are none at colons outside brackets. */
export function splitPattern(pattern: string): string[] {
  if (pattern.includes(','))
    return pattern
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '');
  const addresses = /^[!&]?[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(pattern);
  return addresses ? [pattern] : (pattern.match(/(?:[^\s:[\]]|\[[^\]]*\])+/g) ?? []);
}

function parsePart(written: string, position: Position | undefined): PatternPart {
  const kind = written.startsWith('!') ? 'exclude' : written.startsWith('&') ? 'intersect' : 'add';
  const text = kind === 'add' ? written : written.slice(1);
  if (text === '') throw failure('inventory/pattern', { pattern: written, reason: '""' }, { position });
  if (text.startsWith('~')) {
    const regex = compileRegex(`^(?:${text.slice(1)})`, position);
    return { kind, text, expression: text, slice: undefined, regex, alsoHosts: true };
  }
  const [, expression = text, index, start, end] = /^(.+)\[(?:(-?\d+)|(\d+)[:-](\d*))\]$/.exec(text) ?? [];
  return {
    kind,
    text,
    expression,
    slice: sliceOf(index, start, end),
    regex: globRegex(expression, position),
    alsoHosts: /[.?*[]/.test(expression),
  };
}

function sliceOf(index: string | undefined, start: string | undefined, end: string | undefined): PatternPart['slice'] {
  if (index !== undefined) return { start: Number(index), end: Number(index) === -1 ? undefined : Number(index) + 1 };
  if (start === undefined) return undefined;
  return { start: Number(start), end: end ? Number(end) + 1 : undefined };
}

/** As fnmatch has it: `*`, `?`, `[a-z]`, `[!a]`. */
function globRegex(glob: string, position: Position | undefined): Regex {
  const parts = glob.match(/\*|\?|\[!?\]?[^\]]*\]|[^*?[]+|\[/g) ?? [];
  const translated = parts.map((part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 2 && part.startsWith('[')) return part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return quoteRegex(part);
  });
  return compileRegex(`^(?s:${translated.join('')})$`, position);
}
