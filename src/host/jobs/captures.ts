import type { RegexMatch } from '../../base/regex.js';
import type { Capture } from './dialogue.js';

interface Found {
  readonly value: string;
  /** On a line below the one on which the match begins. */
  readonly below: boolean;
}

/**
 * The values that a capture takes from a text, each once: none, one, or several of which nobody can tell which counts. What stands below its
 * words ("Client ID" alone on its line) counts only where nothing stands beside them: such a line may be a list of what will be asked.
 */
export function captureFrom(text: string, capture: Capture): string[] {
  const all = found(text, capture);
  const beside = all.filter(({ below }) => !below);
  return [...new Set((beside.length > 0 ? beside : all).map(({ value }) => value))];
}

/** Whatever its pattern matches: what may be a secret. */
export function capturesIn(text: string, capture: Capture): string[] {
  return found(text, capture).map(({ value }) => value);
}

/** Lines below the first of a match are looked at again: they may hold a value of their own. */
function found(text: string, { pattern }: Capture): Found[] {
  const values: Found[] = [];
  for (let from = 0; from <= text.length; ) {
    const match = pattern.first(text, from);
    if (!match) break;
    const { value, start } = taken(match);
    const begins = match.start + Math.max(0, match.text.search(/\S/));
    const lineEnd = text.indexOf('\n', begins);
    const below = lineEnd >= 0 && lineEnd < start;
    if (value !== '') values.push({ value, below });
    from = Math.max(match.start + 1, below ? lineEnd : match.end);
  }
  return values;
}

/** Group `value`, else the first group that took part, else all of it. */
function taken({ named, groups, groupStarts, text, start }: RegexMatch): { value: string; start: number } {
  const at = groups.findIndex((group) => group !== undefined && (named.value === undefined || group === named.value));
  const own = groups[at] ?? text;
  return { value: own.trim(), start: (groupStarts[at] ?? start) + Math.max(0, own.search(/\S/)) };
}
