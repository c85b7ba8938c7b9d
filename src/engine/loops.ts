import { failure } from '../base/errors.js';
import { isList, isMap, Unknown, unknownIn, type Value, type ValueMap } from '../base/value.js';
import type { Include, Loop, Task } from '../playbook/tree.js';
import type { Scope } from '../vars/scope.js';
import type { RunContext } from './context.js';

export interface LoopItem {
  readonly value: Value;
  /** The loop variable, the index variable, `ansible_loop_var`, and `ansible_loop` where `extended`. */
  readonly variables: ValueMap;
  /** What is shown of it. */
  label(scope: Scope): string;
}

/** The items of a loop, or why check mode cannot tell them. */
export async function loopItems(
  context: RunContext,
  task: Task | Include,
  loop: Loop,
  scope: Scope,
): Promise<LoopItem[] | { unknown: string }> {
  const rendered = scope.render(loop.value);
  if (rendered instanceof Unknown) return { unknown: rendered.reason };
  const hidden = loop.kind === 'fileglob' || loop.kind === 'first_found' ? unknownIn(rendered) : undefined;
  if (hidden) return { unknown: hidden.reason };
  const values = await valuesOf(context, task, loop, rendered);
  return values.map((value, index) => ({
    value,
    variables: {
      [loop.loopVar]: value,
      ansible_loop_var: loop.loopVar,
      ...(loop.indexVar !== undefined && { [loop.indexVar]: index, ansible_index_var: loop.indexVar }),
      ...(loop.extended && { ansible_loop: extended(values, index, loop.extendedAllItems) }),
    },
    label: (itemScope) => shown(loop.label === null ? value : itemScope.render(loop.label)),
  }));
}

async function valuesOf(context: RunContext, task: Task | Include, loop: Loop, rendered: Value): Promise<readonly Value[]> {
  switch (loop.kind) {
    case 'dict':
      if (isMap(rendered)) return Object.entries(rendered).map(([key, value]) => ({ key, value }));
      throw invalid(loop, rendered, 'a mapping');
    case 'fileglob':
      return context.files.glob(asList(rendered).map(String), task);
    case 'first_found':
      return context.files.firstFound(asList(rendered).map(String), task, loop.position, loop.mayBeEmpty);
    case 'items':
      return asList(rendered).flatMap((each) => (isList(each) ? each : [each]));
    case 'list':
      if (isList(rendered)) return rendered;
      throw invalid(loop, rendered, 'a list');
  }
}

function invalid(loop: Loop, found: Value, expected: string): Error {
  return failure('task/loop-value', { found: shown(found), expected }, { position: loop.position });
}

function asList(value: Value): readonly Value[] {
  return isList(value) ? value : [value];
}

function extended(values: readonly Value[], index: number, all: boolean): ValueMap {
  return {
    index: index + 1,
    index0: index,
    revindex: values.length - index,
    revindex0: values.length - index - 1,
    first: index === 0,
    last: index === values.length - 1,
    length: values.length,
    ...(all && { allitems: values }),
    ...(index > 0 && { previtem: values[index - 1] ?? null }),
    ...(index < values.length - 1 && { nextitem: values[index + 1] ?? null }),
  };
}

function shown(value: Value): string {
  return typeof value === 'string' || value instanceof Unknown ? String(value) : JSON.stringify(value);
}
