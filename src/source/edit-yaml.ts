import { parseDocument } from 'yaml';

/** A YAML text with other values at these paths; comments, order and the style of what stays are as they were. */
export function withValues(text: string, values: readonly (readonly [path: readonly string[], value: unknown])[]): string {
  const document = parseDocument(text);
  for (const [path, value] of values) document.setIn(path, value);
  return String(document);
}
