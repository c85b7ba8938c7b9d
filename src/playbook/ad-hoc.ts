import { join } from 'node:path';
import { ChatsctlError, Diagnostics } from '../base/errors.js';
import { SourceText } from '../base/position.js';
import { madeEntry, madeFalse, madeList, madeMap, madeText } from '../source/made-nodes.js';
import type { YamlNode } from '../source/node.js';
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
  const named = madeText('-m', module);
  if (!context.modules.get(module)) throw new ChatsctlError([unknownModule(module, named.position, context)]);
  const value = readArgs(args);
  const task = madeMap([madeEntry(module, named, value)]);
  const play = madeMap([
    madeEntry('hosts', named, madeText('hosts', pattern)),
    madeEntry('gather_facts', named, madeFalse()),
    madeEntry('tasks', named, madeList(named, [task])),
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
  if (args.trim() === '') return { ...madeText('-a', ''), value: null };
  if (/^\s*\{/.test(args)) collect.throwIfAny();
  return madeText('-a', args);
}
