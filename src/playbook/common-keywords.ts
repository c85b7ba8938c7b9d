import type { Position } from '../base/position.js';
import type { SourceValue } from '../base/template-text.js';
import type { YamlEntry } from '../source/node.js';
import { isTemplateNode, toSourceValue } from '../source/source-value.js';
import type { PlaybookContext } from './context.js';
import { checkConditions, checkTemplates } from './expressions.js';
import { readModuleDefaults } from './module-arguments.js';
import type { Keywords } from './tree.js';
import { Values } from './values.js';
import { readVariables } from './variables.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface ReadKeywords {
  readonly keywords: Keywords;
  readonly keywordPositions: Readonly<Record<string, Position>>;
}

/** The keywords that play, block and task share, out of a mapping's entries; other entries are left to the caller. */
export function readKeywords(entries: readonly YamlEntry[], context: PlaybookContext): ReadKeywords {
  const { collect } = context;
  const values = new Values(collect);
  const keywords: Mutable<Keywords> = {};
  const keywordPositions: Record<string, Position> = {};
  const read: Readonly<Record<string, (entry: YamlEntry) => void>> = {
    vars: (entry) => {
      keywords.vars = readVariables(entry, collect);
    },
    connection: put('connection', (entry) => values.text(entry)),
    port: put('port', (entry) => values.whole(entry)),
    remote_user: put('remoteUser', (entry) => values.text(entry)),
    module_defaults: put('moduleDefaults', (entry) => readModuleDefaults(entry, context)),
    environment: put('environment', (entry) => environment(entry, values)),
    no_log: put('noLog', (entry) => values.truth(entry)),
    run_once: put('runOnce', (entry) => values.truth(entry)),
    ignore_errors: put('ignoreErrors', (entry) => values.truth(entry)),
    ignore_unreachable: put('ignoreUnreachable', (entry) => values.truth(entry)),
    check_mode: put('checkMode', (entry) => values.truth(entry)),
    diff: put('diff', (entry) => values.truth(entry)),
    any_errors_fatal: put('anyErrorsFatal', (entry) => values.truth(entry)),
    throttle: put('throttle', (entry) => values.whole(entry)),
    timeout: put('timeout', (entry) => values.whole(entry)),
    become: put('become', (entry) => values.truth(entry)),
    become_user: put('becomeUser', (entry) => values.text(entry)),
    become_method: put('becomeMethod', (entry) => {
      const method = values.text(entry);
      if (typeof method === 'string' && method !== 'sudo')
        collect.add('host/become-method', { method }, { position: entry.value.position });
      return method;
    }),
    become_flags: put('becomeFlags', (entry) => values.text(entry)),
    delegate_to: put('delegateTo', (entry) => values.text(entry)),
    delegate_facts: put('delegateFacts', (entry) => values.truth(entry)),
    tags: (entry) => {
      keywords.tags = values.tags(entry);
    },
    when: (entry) => {
      keywords.when = checkConditions(values.conditions(entry), collect);
    },
    notify: (entry) => {
      keywords.notify = values.texts(entry);
      for (const each of keywords.notify) checkTemplates(each, collect);
      if (entry.value.kind === 'list')
        for (const [index, node] of entry.value.items.entries()) keywordPositions[`notify[${index}]`] = node.position;
    },
  };

  function put(name: Exclude<keyof Keywords, 'vars' | 'tags' | 'when' | 'notify'>, value: (entry: YamlEntry) => SourceValue | undefined) {
    return (entry: YamlEntry): void => {
      const found = value(entry);
      if (found === undefined) return;
      checkTemplates(found, collect);
      keywords[name] = found;
    };
  }

  for (const entry of entries) {
    const reader = read[entry.key];
    if (!reader) continue;
    reader(entry);
    keywordPositions[entry.key] = entry.value.position;
  }
  return { keywords, keywordPositions };
}

/** A mapping, a template of one, or a list of these (merged in order). */
function environment(entry: YamlEntry, values: Values): SourceValue | undefined {
  const nodes = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  for (const node of nodes) if (!isTemplateNode(node)) values.entries({ ...entry, value: node }, 'a mapping of environment variables');
  return toSourceValue(entry.value);
}
