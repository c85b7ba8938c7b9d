import { parseDocument, type YAMLParseError } from 'yaml';
import { type Diagnostic, Diagnostics } from '../base/errors.js';
import type { SourceText } from '../base/position.js';
import { Composer } from './compose.js';
import type { YamlNode } from './node.js';
import { endsTheReading, syntaxError } from './syntax-error.js';

/**
 * Reads one YAML document as Ansible does, keeping places. An empty file is a null scalar.
 * Throws a ChatsctlError with every `yaml/…` error found; what follows from a mistake (and not from the text) is left out.
 */
export function parseYaml(source: SourceText): YamlNode {
  const document = parseDocument(source.text, {
    schema: 'failsafe',
    resolveKnownTags: false,
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  const composer = new Composer(source);
  const root = composer.compose(document.contents);
  const diagnostics = new Diagnostics();
  diagnostics.push(...trustworthy(source, document.errors, composer.found));
  diagnostics.throwIfAny();
  return root;
}

/** One syntax error a line, tabs once, none after the first that leaves the rest of the file without meaning. */
function trustworthy(source: SourceText, errors: readonly YAMLParseError[], own: readonly Diagnostic[]): Diagnostic[] {
  const lineOf = (offset: number) => source.lineColumn(offset).line;
  const kept = new Map<number, Diagnostic>();
  let last = -1;
  let end = Number.POSITIVE_INFINITY;
  const explained = new Set(own.filter((each) => each.code === 'yaml/template-quotes').map((each) => lineOf(each.position?.offset ?? 0)));
  for (const error of [...errors].sort((a, b) => a.pos[0] - b.pos[0])) {
    if (error.pos[0] > end) break;
    if (error.pos[0] === last) continue;
    last = error.pos[0];
    const found = syntaxError(source, error);
    const line = lineOf(found.position?.offset ?? 0);
    const tabsAgain = found.code === 'yaml/tab' && [...kept.values()].some((each) => each.code === 'yaml/tab');
    if (explained.has(line)) continue;
    if (!kept.has(line) && !tabsAgain) kept.set(line, found);
    if (endsTheReading(error)) end = error.pos[0];
  }
  const at = (each: Diagnostic) => each.position?.offset ?? 0;
  return [...kept.values(), ...own.filter((each) => at(each) <= end)].sort((a, b) => at(a) - at(b));
}
