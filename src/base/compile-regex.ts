import { failure } from './errors.js';
import type { Position } from './position.js';
import { Regex, RegexSyntaxError } from './regex.js';

const compiled = new Map<string, Regex>();

/**
 * A regular expression (RE2) out of a source, compiled once per text. Errors: `expression/regex`, at the faulty part where the source holds
 * the pattern as written, else at `position`.
 */
export function compileRegex(text: string, position?: Position): Regex {
  const known = compiled.get(text);
  if (known) return known;
  try {
    const regex = new Regex(text);
    compiled.set(text, regex);
    return regex;
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    const [, reason = error.reason, part = ''] = /^error parsing regexp: (.*?)(?:: `(.*)`)?$/s.exec(error.reason) ?? [];
    const shown = part === '' || part === text ? reason : `${reason}: ${part}`;
    throw failure('expression/regex', { pattern: text, reason: shown }, { position: position && partOf(position, text, part) });
  }
}

function partOf(position: Position, text: string, part: string): Position {
  const inSource = position.source.text.indexOf(text, position.offset);
  const inText = text.indexOf(part);
  const here = inSource >= 0 && inSource - position.offset <= 1;
  if (!here || part === '' || inText < 0) return position;
  return { source: position.source, offset: inSource + inText, length: part.length };
}
