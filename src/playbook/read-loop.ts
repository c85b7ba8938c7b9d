import { nearest } from '../base/nearest.js';
import type { SourceValue } from '../base/template-text.js';
import { describeNode, type YamlEntry, type YamlNode } from '../source/node.js';
import { toSourceValue } from '../source/source-value.js';
import type { PlaybookContext } from './context.js';
import { checkConditions, checkTemplates } from './expressions.js';
import type { Loop } from './tree.js';
import { Values } from './values.js';

const KINDS = {
  loop: 'list',
  with_items: 'items',
  with_dict: 'dict',
  with_fileglob: 'fileglob',
  with_first_found: 'first_found',
} as const satisfies Record<string, Loop['kind']>;

function isLoopWord(key: string): key is keyof typeof KINDS {
  return Object.hasOwn(KINDS, key);
}

const CONTROLS = ['loop_var', 'index_var', 'label', 'pause', 'extended', 'extended_allitems', 'break_when'] as const;

/** `loop` or one of `with_…`, and `loop_control`. */
export function readLoop(entries: readonly YamlEntry[], context: PlaybookContext): Loop | undefined {
  const { collect } = context;
  const loops = entries.filter((each) => isLoopWord(each.key));
  const control = entries.find((each) => each.key === 'loop_control');
  const [entry, second] = loops;
  if (second) collect.add('play/two-loops', { first: entry?.key ?? '', second: second.key }, { position: second.keyPosition });
  if (!entry || !isLoopWord(entry.key)) return undefined;
  const kind = KINDS[entry.key];
  const found = kind === 'first_found' ? firstFound(entry, context) : { value: listValue(entry, kind, context), mayBeEmpty: false };
  checkTemplates(found.value, collect);
  return { kind, ...found, position: entry.value.position, ...readControl(control, context) };
}

function listValue(entry: YamlEntry, kind: Loop['kind'], context: PlaybookContext): SourceValue {
  const { value } = entry;
  const value_ = toSourceValue(value);
  const isText = value.kind === 'scalar' && typeof value.value === 'string';
  const isTemplate = typeof value_ === 'object' && value_ !== null && value.kind === 'scalar';
  const fits = isTemplate || (kind === 'dict' ? value.kind === 'map' : value.kind === 'list' || (kind !== 'list' && isText));
  if (fits) return value_;
  const hint = isText && kind !== 'dict' ? `"{{ ${value.text} }}"` : undefined;
  const expected = kind === 'dict' ? 'a mapping, or a template of one' : 'a list, or a template of one';
  context.collect.add(
    'play/keyword-value',
    { keyword: entry.key, found: describeNode(value), expected },
    { position: value.position, hint },
  );
  return [];
}

/** A list of names, or mappings of `files` and `paths`: each path with each file, in order. */
function firstFound(entry: YamlEntry, context: PlaybookContext): Pick<Loop, 'value' | 'mayBeEmpty'> {
  const nodes = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  let mayBeEmpty = false;
  const values = new Values(context.collect);
  const names = nodes.flatMap((node): SourceValue[] => {
    if (node.kind !== 'map') return [toSourceValue(node)];
    const files = textsAt(node, 'files');
    const paths = textsAt(node, 'paths');
    const skip = node.entries.find((each) => each.key === 'skip');
    if (skip && values.truth(skip) === true) mayBeEmpty = true;
    for (const each of node.entries) {
      if (!['files', 'paths', 'skip'].includes(each.key)) values.report(each.key, each.key, 'files, paths or skip', each.keyPosition);
    }
    return paths.length === 0 ? files : paths.flatMap((path) => files.map((file) => `${path}/${file}`));
  });
  return { value: names, mayBeEmpty };
}

function textsAt(node: YamlNode, key: string): string[] {
  const found = node.kind === 'map' ? node.entries.find((each) => each.key === key)?.value : undefined;
  const nodes = found?.kind === 'list' ? found.items : found ? [found] : [];
  return nodes.flatMap((each) => (each.kind === 'scalar' ? [each.text] : []));
}

function readControl(entry: YamlEntry | undefined, context: PlaybookContext): Omit<Loop, 'kind' | 'value' | 'position' | 'mayBeEmpty'> {
  const { collect } = context;
  const values = new Values(collect);
  const entries = entry ? values.entries(entry) : [];
  for (const { key, keyPosition: position } of entries) {
    if (CONTROLS.some((each) => each === key)) continue;
    collect.add('play/unknown-keyword', { keyword: key, where: 'loop_control' }, { position, nearest: nearest(key, CONTROLS) });
  }
  const at = (key: (typeof CONTROLS)[number]) => entries.find((each) => each.key === key);
  const read = <T>(key: (typeof CONTROLS)[number], reader: (entry: YamlEntry) => T | undefined): T | undefined => {
    const found = at(key);
    return found && reader(found);
  };
  const label = read('label', (each) => toSourceValue(each.value)) ?? null;
  const pause = read('pause', (each) => (each.value.kind === 'scalar' ? toSourceValue(each.value) : undefined)) ?? null;
  checkTemplates([label, pause], collect);
  return {
    loopVar: read('loop_var', (each) => values.identifier(each)) ?? 'item',
    indexVar: read('index_var', (each) => values.identifier(each)),
    label,
    pause,
    extended: read('extended', (each) => values.truth(each)) === true,
    extendedAllItems: read('extended_allitems', (each) => values.truth(each)) !== false,
    breakWhen: checkConditions(read('break_when', (each) => values.conditions(each)) ?? [], collect),
  };
}
