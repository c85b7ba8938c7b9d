import type { SourceRange } from '@marcbachmann/cel-js';
import { type ChatsctlError, failure } from '../base/errors.js';
import { SAFE_MATCHES } from './cel-environment.js';
import type { LocatedText } from './locate.js';

export function jinjaError(source: LocatedText, habit: { found: string; instead: string; offset: number }): ChatsctlError {
  const { found, instead } = habit;
  return failure('expression/jinja', { found, instead }, { position: source.at(habit.offset, found.length) });
}

export interface CelFailure {
  readonly code: string;
  readonly reason: string;
  readonly range: SourceRange | undefined;
}

/** What cel-js's errors hold, without its drawing of the place. */
export function celFailure(error: unknown): CelFailure | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('summary' in error) || typeof error.code !== 'string') return undefined;
  const range: unknown = 'range' in error ? error.range : undefined;
  const isRange = typeof range === 'object' && range !== null && 'start' in range && 'end' in range;
  const { start, end } = isRange ? range : { start: undefined, end: undefined };
  return {
    code: error.code,
    reason: String(error.summary)
      .replaceAll(SAFE_MATCHES, 'matches')
      .replaceAll(/dyn<(\w+)>/g, '$1'),
    range: typeof start === 'number' && typeof end === 'number' ? { start, end } : undefined,
  };
}

export function positionOf(source: LocatedText, range: SourceRange | undefined) {
  if (!range) return source.at(0, source.text.length);
  return source.at(range.start, Math.max(1, range.end - range.start));
}
