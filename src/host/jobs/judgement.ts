import type { Capture, Dialogue } from './dialogue.js';
import { captureFrom } from './dialogue.js';

export type Judgement =
  | { readonly kind: 'failed'; readonly line: string }
  | { readonly kind: 'no-success' }
  | { readonly kind: 'no-capture'; readonly names: readonly string[] }
  | { readonly kind: 'succeeded'; readonly captures: ReadonlyMap<Capture, string> };

/** What a program that ended with 0 says of itself. Failure beats success; success is required where patterns for it are given; captures count only with success. */
export function judge(text: string, dialogue: Dialogue): Judgement {
  for (const pattern of dialogue.failure) {
    const match = pattern.first(text);
    if (match) return { kind: 'failed', line: lineAround(text, match.start) };
  }
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

function lineAround(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  const line = text.slice(start, end < 0 ? undefined : end).trim();
  return line === '' ? (text.slice(at).trim().split('\n')[0] ?? '') : line;
}
