import { join } from 'node:path';
import { ChatsctlError, Diagnostics } from '../base/errors.js';
import { SourceText } from '../base/position.js';
import type { YamlEntry, YamlMap, YamlNode } from '../source/node.js';
import { parseYaml } from '../source/yaml.js';
import { unknownModule } from './action.js';
import type { PlaybookContext } from './context.js';
import { readPlay } from './read-play.js';
import { Library } from './reading.js';
import type { Playbook } from './tree.js';

export interface AdHocTask {
  readonly pattern: string;
  readonly module: string;
  /** YAML (`{ path: /x }`, `path: /x`), or words: `path=/x state=touch`, `uptime`. */
  readonly args: string;
}

/** One task as a playbook of one play. Errors are positioned in what was typed. Throws them all. */
export function adHocPlaybook({ pattern, module, args }: AdHocTask, context: PlaybookContext): Playbook {
  const collect = new Diagnostics();
  const library = new Library({ ...context, collect });
  const named = text('-m', module);
  if (!context.modules.get(module)) throw new ChatsctlError([unknownModule(module, named.position, context)]);
  const value = readArgs(args);
  const task = map([entry(module, named, value)]);
  const yes: YamlNode = { ...text('', 'false'), value: false };
  const play = map([
    entry('hosts', named, text('hosts', pattern)),
    entry('gather_facts', named, yes),
    entry('tasks', named, { kind: 'list', position: named.position, items: [task] }),
  ]);
  const path = join(context.cwd, 'ad-hoc.yaml');
  const read = readPlay(play, path, {}, library);
  collect.throwIfAny();
  return { path, plays: [read.play] };
}

/** A mapping where it reads as one; else words. `a: b` inside a command is no mapping of arguments, so the names must look like some. */
function readArgs(args: string): YamlNode {
  const source = new SourceText('-a', args);
  const collect = new Diagnostics();
  const node = collect.collect(() => parseYaml(source));
  if (node?.kind === 'map' && node.entries.every((each) => /^[a-z_]\w*$/i.test(each.key))) return node;
  if (args.trim() === '') return { ...text('-a', ''), value: null };
  if (/^\s*\{/.test(args)) collect.throwIfAny();
  return text('-a', args);
}

function text(path: string, value: string): YamlNode & { kind: 'scalar' } {
  const position = { source: new SourceText(path, value), offset: 0, length: value.length };
  return { kind: 'scalar', position, textPosition: position, style: 'single', text: value, value, unsafe: false };
}

function entry(key: string, at: YamlNode, value: YamlNode): YamlEntry {
  return { key, keyPosition: at.position, value };
}

function map(entries: readonly YamlEntry[]): YamlMap {
  const [first] = entries;
  if (!first) throw new Error('a mapping without entries');
  return { kind: 'map', position: first.keyPosition, entries };
}
