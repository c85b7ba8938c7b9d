import { captureFrom } from './captures.js';
import type { Capture, Dialogue, Pattern } from './dialogue.js';

export type Judgement =
  | { readonly kind: 'failed'; readonly line: string }
  /** It said that it failed, and all that shows success after that. */
  | { readonly kind: 'contradictory'; readonly line: string; readonly failure: Pattern }
  | { readonly kind: 'no-success' }
  | { readonly kind: 'no-capture'; readonly captures: readonly Capture[] }
  /** Values that differ. */
  | { readonly kind: 'ambiguous'; readonly captures: readonly Capture[] }
  | { readonly kind: 'succeeded'; readonly captures: ReadonlyMap<Capture, string> };

/**
 * What a program that ended with 0 says of itself. Failure beats success; success is required where patterns for it are given; captures count
 * only with success. `since`: where the text after the last answer begins; a refusal that was answered anew is no failure.
 */
export function judge(text: string, dialogue: Dialogue, since = 0): Judgement {
  const failed = saidFailure(text, dialogue, since);
  if (failed) {
    const { line, failure, end } = failed;
    return showsSuccess(text.slice(end), dialogue) ? { kind: 'contradictory', line, failure } : { kind: 'failed', line };
  }
  if (dialogue.success.length > 0 && !saysSuccess(text, dialogue)) return { kind: 'no-success' };
  const values = dialogue.captures.map((capture) => ({ capture, found: captureFrom(text, capture) }));
  const those = (fits: (count: number) => boolean) => values.filter(({ found }) => fits(found.length)).map(({ capture }) => capture);
  const missing = those((count) => count === 0);
  if (missing.length > 0) return { kind: 'no-capture', captures: missing };
  const ambiguous = those((count) => count > 1);
  if (ambiguous.length > 0) return { kind: 'ambiguous', captures: ambiguous };
  return { kind: 'succeeded', captures: new Map(values.map(({ capture, found: [value = ''] }) => [capture, value])) };
}

function saysSuccess(text: string, { success }: Dialogue): boolean {
  return success.some(({ pattern }) => pattern.test(text));
}

/** Of a dialogue that names no sign of success nothing does. */
function showsSuccess(text: string, dialogue: Dialogue): boolean {
  const { success, captures } = dialogue;
  if (success.length === 0 && captures.length === 0) return false;
  return (success.length === 0 || saysSuccess(text, dialogue)) && captures.every((capture) => captureFrom(text, capture).length > 0);
}

const LONGEST_LINE = 300;

export interface SaidFailure {
  /** The lines in which it says so, as one. */
  readonly line: string;
  /** What matches there. */
  readonly failure: Pattern;
  /** Where the last of what matches ends. */
  readonly end: number;
}

/** Whether, and how, a program says that it failed; `since`: an offset in the text. */
export function saidFailure(text: string, dialogue: Dialogue, since = 0): SaidFailure | undefined {
  const heard = text.slice(since);
  const found = dialogue.failure.flatMap((failure) => failure.pattern.all(heard).map((match) => ({ failure, match })));
  const [first] = found;
  if (!first) return undefined;
  const { failure, match } = first;
  return {
    line: linesAround(heard, match.start + match.text.search(/\S|$/), match.start + match.text.trimEnd().length),
    failure,
    end: since + Math.max(...found.map((each) => each.match.end)),
  };
}

function linesAround(text: string, from: number, to: number): string {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', to);
  return text
    .slice(start, end < 0 ? undefined : end)
    .trim()
    .replace(/\s+/g, ' ')
    .slice(0, LONGEST_LINE);
}
