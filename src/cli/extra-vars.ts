import { resolve } from 'node:path';
import { type ChatsctlError, type Diagnostics, failure } from '../base/errors.js';
import { SourceText } from '../base/position.js';
import type { SourceValue } from '../base/template-text.js';
import { wordsOf } from '../playbook/free-form.js';
import { readVariables } from '../playbook/variables.js';
import { describeNode, type YamlEntry, type YamlMap, type YamlNode, type YamlScalar } from '../source/node.js';
import { readSource } from '../source/read-source.js';
import { resolvePlain } from '../source/resolve-scalar.js';
import { parseYaml } from '../source/yaml.js';

/**
 * `-e`: words `k=v` (a bare value is typed as a YAML scalar, a quoted one is text), a mapping in YAML or JSON, or `@file`; later ones win.
 * Values may be templates. Mistakes are collected, each with its place: `-e:1:3`.
 */
export function readExtraVars(given: readonly string[], cwd: string, collect: Diagnostics): Readonly<Record<string, SourceValue>> {
  const read: Record<string, SourceValue> = {};
  for (const text of given) {
    const node = collect.collect(() => (text.startsWith('@') ? parseYaml(readSource(resolve(cwd, text.slice(1)), cwd)) : parse(text)));
    if (node === undefined || (node.kind === 'scalar' && node.value === null)) continue;
    if (node.kind !== 'map') {
      collect.add('cli/extra-vars', { found: describeNode(node) }, { position: node.position });
      continue;
    }
    Object.assign(read, readVariables({ key: '-e', keyPosition: node.position, value: node }, collect));
  }
  return read;
}

function parse(text: string): YamlNode {
  const source = new SourceText('-e', text);
  return /^\s*[A-Za-z_]\w*=/.test(text) ? words(source) : parseYaml(source);
}

function words(source: SourceText): YamlMap {
  const entries = wordsOf(source.text).map(({ text, start }): YamlEntry => {
    const [, key, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
    if (key === undefined) throw notAPair(source, text, start);
    const keyPosition = { source, offset: start, length: key.length };
    return { key, keyPosition, value: scalarOf(source, value, start + key.length + 1) };
  });
  return { kind: 'map', position: { source, offset: 0, length: source.text.length }, entries: lastOfEach(entries) };
}

function scalarOf(source: SourceText, written: string, start: number): YamlScalar {
  const [, quote, inner] = /^(["'])(.*)\1$/s.exec(written) ?? [];
  const text = inner ?? written;
  const textPosition = { source, offset: quote === undefined ? start : start + 1, length: text.length };
  return {
    kind: 'scalar',
    position: { source, offset: start, length: written.length },
    textPosition,
    style: quote === '"' ? 'double' : quote === "'" ? 'single' : 'plain',
    text,
    value: quote === undefined ? resolvePlain(text) : text,
    unsafe: false,
  };
}

function lastOfEach(entries: readonly YamlEntry[]): YamlEntry[] {
  return [...new Map(entries.map((each) => [each.key, each])).values()];
}

function notAPair(source: SourceText, text: string, offset: number): ChatsctlError {
  return failure('cli/extra-vars', { found: `"${text}"` }, { position: { source, offset, length: text.length } });
}
