import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** Comparing gives up after this long: two large unrelated texts would take minutes. */
const TIMEOUT_MS = 500;

/**
 * A unified diff with three lines of context, with `--- before` and `+++ after` headers; '' when the texts are equal, undefined when they
 * are too different to compare in time. `before` undefined: a new file.
 */
export function unifiedDiff(
  subject: string,
  before: string | undefined,
  after: string | undefined,
  timeoutMs: number = TIMEOUT_MS,
): string | undefined {
  if (before === after) return '';
  const oldName = before === undefined ? '/dev/null' : `before: ${subject}`;
  const newName = after === undefined ? '/dev/null' : `after: ${subject}`;
  return createTwoFilesPatch(oldName, newName, before ?? '', after ?? '', undefined, undefined, {
    context: 3,
    timeout: timeoutMs,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
