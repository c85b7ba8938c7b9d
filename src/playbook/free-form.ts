import type { Position } from '../base/position.js';
import type { YamlEntry, YamlScalar } from '../source/node.js';

/** Of `command: touch x creates=/y`: these only are arguments, whatever else has a `=` in it belongs to the command (Ansible's list). */
const COMMAND_OPTIONS: ReadonlySet<string> = new Set([
  'creates',
  'removes',
  'chdir',
  'executable',
  'stdin',
  'stdin_add_newline',
  'strip_empty_ends',
]);
const COMMANDS: ReadonlySet<string> = new Set(['command', 'shell', 'script', 'raw']);

export interface FreeForm {
  /** `key=value` words. */
  readonly entries: readonly YamlEntry[];
  /** What is left of the text; undefined where nothing is. */
  readonly rest: YamlScalar | undefined;
}

/** An action's arguments written in one text, split as Ansible does: quotes and templates hold words together. */
export function parseFreeForm(node: YamlScalar, module: string): FreeForm {
  const entries: YamlEntry[] = [];
  const kept: Word[] = [];
  for (const word of wordsOf(node.text)) {
    const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(word.text);
    const [, key = '', value = ''] = match ?? [];
    if (!match || (COMMANDS.has(module) && !COMMAND_OPTIONS.has(key))) {
      kept.push(word);
      continue;
    }
    const valueStart = word.start + key.length + 1;
    const bare = unquoted(value);
    const start = bare === value ? valueStart : valueStart + 1;
    entries.push({ key, keyPosition: within(node, word.start, key.length), value: part(node, bare, start) });
  }
  const [first] = kept;
  if (!first) return { entries, rest: undefined };
  if (entries.length === 0) return { entries, rest: node };
  let text = '';
  let from = 0;
  const removed = wordsOf(node.text).filter((word) => !kept.some((each) => each.start === word.start));
  for (const word of removed) {
    text += node.text.slice(from, word.start);
    from = word.start + word.text.length;
    while (/[ \t]/.test(node.text[from] ?? '')) from++;
  }
  text += node.text.slice(from);
  return { entries, rest: part(node, text.trim(), first.start) };
}

interface Word {
  readonly text: string;
  readonly start: number;
}

/** Words between white space; a quote or `{{` holds everything up to its end. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let start = -1;
  let quote = '';
  let depth = 0;
  for (let at = 0; at <= text.length; at++) {
    const character = text[at];
    const held = quote !== '' || depth > 0;
    if (character === undefined || (!held && /\s/.test(character))) {
      if (start >= 0) words.push({ text: text.slice(start, at), start });
      start = -1;
      continue;
    }
    if (start < 0) start = at;
    if (quote !== '') {
      if (character === quote && text[at - 1] !== '\\') quote = '';
    } else if (text.startsWith('{{', at)) {
      depth++;
      at++;
    } else if (depth > 0 && text.startsWith('}}', at)) {
      depth--;
      at++;
    } else if (depth === 0 && (character === '"' || character === "'")) quote = character;
  }
  return words;
}

/** A scalar that is a part of another one. */
export function part(node: YamlScalar, text: string, start: number): YamlScalar {
  const position = within(node, start, text.length);
  return { kind: 'scalar', position, textPosition: position, style: 'single', text, value: text, unsafe: node.unsafe };
}

function within(node: YamlScalar, start: number, length: number): Position {
  const { source, offset } = node.textPosition;
  return source.text.startsWith(node.text, offset) ? { source, offset: offset + start, length } : node.position;
}

function unquoted(text: string): string {
  const match = /^(["'])(.*)\1$/s.exec(text);
  return match?.[2] ?? text;
}
