import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ChatsctlError } from '../../../src/base/errors.js';
import { IncludeReader } from '../../../src/playbook/includes.js';
import { leaves, tasksOf } from '../../../src/playbook/outline.js';
import { effectiveKeywords, type Include } from '../../../src/playbook/tree.js';
import { contextOf, fixtures, load, shown } from './loading.js';

const { playbook, found } = load('includes');
const includes = playbook.plays.flatMap(tasksOf).filter((each): each is Include => each.kind === 'include');
const folder = join(fixtures, 'includes');
const reader = new IncludeReader(contextOf(folder), folder);

function include(name: string): Include {
  const one = includes.find((each) => each.name === name);
  if (!one) throw new Error(`no include ${name}`);
  return one;
}

function failure(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ChatsctlError) return error.diagnostics.map(shown);
    throw error;
  }
  return [];
}

describe('includes, when they are reached', () => {
  it('the playbook itself has nothing against it', () => {
    expect(found.map(shown)).toEqual([]);
  });

  it('tasks stand under what the include gives them, not under its own keywords', () => {
    const one = include('file');
    const parent = { parent: one.parent, keywords: one.apply, parameters: { given: 1 } };
    const block = reader.tasks('more.yaml', one, parent);
    const [task] = leaves(block);
    if (!task) throw new Error('no task');
    expect(effectiveKeywords(task)).toMatchObject({ become: true, tags: ['applied'], parameters: [{ given: 1 }] });
    expect(effectiveKeywords(task).when).toEqual([]);
  });

  it('a role brings its tasks, its handlers and its dependencies', () => {
    const one = include('role');
    const { block, handlers, roles } = reader.role('web', one, { parent: one.parent, keywords: {} }, 'other');
    expect(leaves(block).map((each) => String(each.name))).toEqual(['base', 'other']);
    expect(block.role).toMatchObject({ name: 'web', defaults: { port: 80 } });
    expect(handlers.map((each) => String(each.name))).toEqual(['restart base', 'restart web']);
    expect(roles.map((each) => each.name)).toEqual(['base', 'web']);
  });

  it('a file of a role is looked for in the role first', () => {
    const role = reader.role('web', include('role'), { parent: include('role').parent, keywords: {} }, undefined);
    const inner = leaves(role.block).find((each): each is Include => each.kind === 'include');
    if (!inner) throw new Error('no include');
    const block = reader.tasks('more.yaml', inner, { parent: inner.parent, keywords: {} });
    expect(leaves(block).map((each) => String(each.name))).toEqual(['of the role']);
    expect(reader.variablesFile('values.yaml', inner)).toEqual({ from: 'role' });
    expect(reader.variablesFile('values.yaml', include('file'))).toEqual({ from: 'playbook' });
  });

  it('all that is wrong in what is read is thrown at once', () => {
    const one = include('file');
    expect(failure(() => reader.tasks('broken.yaml', one, one))).toEqual([
      'error play/unknown-module broken.yaml:1:3 (file)',
      'error args/unknown broken.yaml:2:21 (owner)',
    ]);
    expect(failure(() => reader.tasks('gone.yaml', one, one))).toEqual(['error play/no-tasks-file site.yaml:3:7']);
    expect(failure(() => reader.role('wbe', include('role'), one, undefined))).toEqual(['error role/not-found site.yaml:9:7 (web)']);
    expect(failure(() => reader.role('web', include('role'), one, 'othr'))).toEqual(['error role/no-entry site.yaml:9:7 (other)']);
  });
});
