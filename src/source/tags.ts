import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { type Diagnostic, diagnostic } from '../base/errors.js';
import type { Position } from '../base/position.js';
import { resolvePlain } from './resolve-scalar.js';

const YAML = 'tag:yaml.org,2002:';

interface Tagged {
  /** `typed`: the text is resolved whatever its quotes; `text`: it is not. */
  readonly tag?: 'unsafe' | 'typed' | 'text';
  readonly problem?: Diagnostic;
}

/** What a tag means for the value that it stands before. `position`: of the value. */
export function tagged(tag: string | undefined, position: Position, node: Node): Tagged {
  if (tag === undefined || tag === '?') return {};
  if (tag === '!unsafe') return { tag: 'unsafe' };
  if (tag === '!vault' || tag === '!vault-encrypted')
    return { tag: 'text', problem: diagnostic('yaml/vault', {}, { position: tagBefore(position, tag) }) };
  const name = tag.startsWith(YAML) ? tag.slice(YAML.length) : tag;
  if (tag === '!' || name === 'str') return isScalar(node) ? { tag: 'text' } : refused(tag, position);
  if ((name === 'map' && isMap(node)) || (name === 'seq' && isSeq(node))) return {};
  const typed = name === 'null' || name === 'bool' || name === 'int' || name === 'float';
  if (!typed || !isScalar(node)) return refused(tag, position);
  const text = typeof node.value === 'string' ? node.value : '';
  if (!fits(name, resolvePlain(text))) return { problem: diagnostic('yaml/tag-value', { text, type: name }, { position }) };
  return { tag: 'typed' };
}

function fits(type: 'null' | 'bool' | 'int' | 'float', value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'bool') return typeof value === 'boolean';
  return typeof value === 'number' && (type === 'float' || Number.isInteger(value));
}

function refused(tag: string, position: Position): Tagged {
  const shown = tag.startsWith(YAML) ? `!!${tag.slice(YAML.length)}` : tag;
  return { problem: diagnostic('yaml/tag', { tag: shown }, { position: tagBefore(position, shown) }) };
}

/** The tag stands before its value, on the same line or the one above. */
function tagBefore({ source, offset, length }: Position, tag: string): Position {
  const at = source.text.lastIndexOf(tag, offset);
  const between = at < 0 ? '' : source.text.slice(at + tag.length, offset);
  return at >= 0 && /^\s*(?:&\S+\s*)?$/.test(between) ? { source, offset: at, length: tag.length } : { source, offset, length };
}
