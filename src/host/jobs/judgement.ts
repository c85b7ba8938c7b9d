import type { Capture, Dialogue } from './dialogue.js';
import { captureFrom } from './dialogue.js';

export type Judgement =
  | { readonly kind: 'failed'; readonly line: string }
  | { readonly kind: 'no-success' }
  | { readonly kind: 'no-capture'; readonly names: readonly string[] }
  | { readonly kind: 'succeeded'; readonly captures: ReadonlyMap<Capture, string> };

/** What a program that ended with 0 says of itself. Failure beats success; success is required where patterns for it are given; captures count only with success. */
export function judge(text: string, dialogue: Dialogue): Judgement {
  const line = saidFailure(text, dialogue);
  if (line !== undefined) return { kind: 'failed', line };
  if (dialogue.success.length > 0 && !dialogue.success.some((pattern) => pattern.test(text))) return { kind: 'no-success' };
  const captures = new Map<Capture, string>();
  const missing: string[] = [];
  for (const capture of dialogue.captures) {
    const value = captureFrom(text, capture);
    if (value === undefined) missing.push(capture.name);
    else captures.set(capture, value);
  }
  return missing.length > 0 ? { kind: 'no-capture', names: missing } : { kind: 'succeeded', captures };
}

const LONGEST_LINE = 300;

/** The lines in which a program says that it failed, as one; undefined when no failure pattern matches. */
export function saidFailure(text: string, { failure }: Dialogue): string | undefined {
  for (const pattern of failure) {
    const match = pattern.first(text);
    if (match) return linesAround(text, match.start + match.text.search(/\S|$/), match.start + match.text.trimEnd().length);
  }
  return undefined;
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
