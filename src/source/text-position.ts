import type { Position } from '../base/position.js';
import type { YamlScalar } from './node.js';

/** Where a scalar's own text stands: within its quotes, or below the header of a block. Where escapes or folding move it: the scalar. */
export function textPositionOf(position: Position, style: YamlScalar['style'], text: string): Position {
  const { source, offset, length } = position;
  if (style === 'plain') return position;
  if (style === 'literal' || style === 'folded') return blockText(position, text);
  const inner = { source, offset: offset + 1, length: Math.max(0, length - 2) };
  return source.text.startsWith(text, inner.offset) && inner.length === text.length ? inner : position;
}

/** The first content line without its indentation; blank lines that lead are content, then the block starts at the first of them. */
function blockText({ source, offset, length }: Position, text: string): Position {
  const end = offset + length;
  const header = source.text.indexOf('\n', offset);
  if (header < 0 || header >= end) return { source, offset, length };
  const start = header + 1;
  if (text.startsWith('\n')) return { source, offset: start, length: end - start };
  const spaces = /^ */.exec(source.text.slice(start, end))?.[0].length ?? 0;
  const begin = start + spaces - (/^ */.exec(text)?.[0].length ?? 0);
  return { source, offset: begin, length: end - begin };
}
