import { describe, expect, it } from 'vitest';
import { TemplateText } from '../../../src/base/template-text.js';
import { outline, startingTask, tagsOf, tasksOf } from '../../../src/playbook/outline.js';
import { chainOf, effectiveKeywords, type Play, type Task } from '../../../src/playbook/tree.js';
import { load, shown } from './loading.js';

function plays(situation: string): readonly Play[] {
  const { playbook, found } = load(situation);
  expect(found.map(shown)).toEqual([]);
  return playbook.plays;
}

function task(play: Play | undefined, name: string): Task {
  const found = play && [...tasksOf(play), ...play.handlers].find((each) => String(each.name) === name);
  if (found?.kind !== 'task') throw new Error(`no task ${name}`);
  return found;
}

describe('keywords from play to task', () => {
  const [play] = plays('keywords');

  it('the innermost wins', () => {
    const inner = effectiveKeywords(task(play, 'inner'));
    expect(inner).toMatchObject({ become: false, becomeUser: 'root', runOnce: true, delegateTo: 'localhost', port: 2222, throttle: 3 });
    expect(effectiveKeywords(task(play, 'plain'))).toMatchObject({ become: true, ignoreErrors: true });
  });

  it('conditions, tags, notifications, environments, defaults add up, outermost first', () => {
    const inner = effectiveKeywords(task(play, 'inner'));
    expect(inner.when.map((each) => each.text)).toEqual(['a', 'b == 1', 'true', 'c']);
    expect(inner.tags).toEqual(['p', 'q', 'r', 's']);
    expect(inner.notify).toEqual(['one', 'two', 'three']);
    expect(inner.environments).toEqual([{ A: '1' }, [{ B: '2' }, { C: '3' }]]);
    expect(inner.moduleDefaultLevels).toEqual([{ file: { owner: 'root' } }, { file: { mode: '0600' } }]);
  });

  it('variables stay at their level', () => {
    const inner = effectiveKeywords(task(play, 'inner'));
    expect(play?.keywords.vars).toEqual({ level: 'play' });
    expect(inner.blockVars).toEqual([{ level: 'block' }]);
    expect(inner.taskVars).toEqual({ level: 'task' });
  });

  it('conditions know their place within the file', () => {
    const places = effectiveKeywords(task(play, 'inner')).when.map(({ text, position }) =>
      position.source.text.slice(position.offset, position.offset + text.length),
    );
    expect(places).toEqual(['a', 'b == 1', 'true', 'c']);
  });

  it('play keywords are typed', () => {
    expect(play).toMatchObject({
      gatherFacts: false,
      serial: [1, '50%'],
      strategy: 'free',
      order: 'sorted',
      maxFailPercentage: 30,
      forceHandlers: true,
      gatherSubset: ['network'],
      varsFiles: ['one.yaml', ['two.yaml', 'three.yaml']],
      varsPrompt: [{ name: 'answer', prompt: 'Answer', default: 42, private: false, confirm: false }],
    });
  });
});

describe('tasks', () => {
  const [play] = plays('tasks');

  it('free form takes Ansible’s options out of a command and nothing else', () => {
    expect(task(play, 'free form').args).toEqual({ cmd: 'dd if=/a of=/b "x creates=/no"', creates: '/y', chdir: '/tmp dir' });
    expect(task(play, 'words').args).toMatchObject({ path: '/x', owner: 'root' });
  });

  it('args below a text', () => {
    expect(task(play, 'args').args).toEqual({ cmd: 'make', chdir: '/src' });
  });

  it('an alias becomes the argument’s name, its place is kept', () => {
    const { args, argPositions, module } = task(play, 'alias');
    expect([module, args]).toEqual(['file', { path: '/x', state: 'touch' }]);
    expect(argPositions.path?.source.text.slice(argPositions.path.offset).startsWith('dest: /x')).toBe(true);
  });

  it('action as a text and as a mapping', () => {
    expect(task(play, 'action text')).toMatchObject({ module: 'file', args: { path: '/x', state: 'touch' } });
    expect(task(play, 'action mapping')).toMatchObject({ module: 'file', args: { path: '/x' } });
  });

  it('templates keep their place, conditions are not rendered', () => {
    const { args } = task(play, 'template');
    expect(args.msg).toBeInstanceOf(TemplateText);
    expect(task(play, 'asserted').args).toEqual({ that: ['a == 1', true] });
    expect(task(play, 'asserted').expressions.map((each) => each.text)).toEqual(['a == 1', 'true']);
  });

  it('until, retries, changed_when', () => {
    expect(task(play, 'until')).toMatchObject({ retries: 5, delay: 0.5, register: 'result', listen: [] });
    expect(task(play, 'until').until.map((each) => each.text)).toEqual(['succeeded(result)']);
    expect(task(play, 'until').changedWhen.map((each) => each.text)).toEqual(['false']);
    expect(task(play, 'plain')).toMatchObject({ retries: null, delay: null, until: [] });
  });

  it('loops of every kind', () => {
    expect(task(play, 'loop').loop).toMatchObject({
      kind: 'list',
      value: [1, 2],
      loopVar: 'each',
      indexVar: 'at',
      label: 'x',
      pause: 2,
      extended: true,
      extendedAllItems: true,
    });
    expect(task(play, 'items').loop).toMatchObject({ kind: 'items', loopVar: 'item', indexVar: undefined });
    expect(task(play, 'dict').loop).toMatchObject({ kind: 'dict', value: { a: 1 } });
    expect(task(play, 'glob').loop).toMatchObject({ kind: 'fileglob', value: '*.conf' });
    expect(task(play, 'first').loop).toMatchObject({ kind: 'first_found', value: ['p/a', 'p/b', 'q/a', 'q/b', 'c'], mayBeEmpty: true });
  });

  it('once', () => {
    expect(task(play, 'once').once).toMatchObject({ id: 'install', store: 'token', value: 'x' });
  });
});

describe('imports', () => {
  const [first, second] = plays('imports');

  it('import_playbook gives tags, conditions and variables to every play', () => {
    expect(first?.keywords).toMatchObject({ tags: ['outer', 'own'], vars: { who: 'importer', mine: 1 } });
    expect(effectiveKeywords(task(first, 'task of the other')).when.map((each) => each.text)).toEqual(['outer_condition']);
  });

  it('import_tasks gives its keywords to each task within; its variables are block vars', () => {
    const inner = effectiveKeywords(task(second, 'deep'));
    expect(inner).toMatchObject({ become: true, tags: ['t1', 't2'], parameters: [] });
    expect(inner.when.map((each) => each.text)).toEqual(['one', 'two']);
    expect(inner.blockVars).toEqual([{ given: 1 }, { given: 2 }]);
  });

  it('a handler that was imported stands under its import', () => {
    const handler = task(second, 'imported handler');
    expect(handler.isHandler).toBe(true);
    expect(effectiveKeywords(handler).become).toBe(true);
  });

  it('an include is left for the run', () => {
    const include = second && tasksOf(second).find((each) => each.kind === 'include');
    expect(include).toMatchObject({ what: 'tasks', target: 'deep.yaml', apply: { tags: ['applied'] }, keywords: { vars: { a: 1 } } });
  });
});

describe('roles', () => {
  const [play] = plays('roles');
  const order = play
    ? tasksOf(play).map((each) => `${chainOf(each).findLast((level) => level.role)?.role?.name ?? '-'}:${String(each.name)}`)
    : [];

  it('pre_tasks, roles with dependencies before them and once, tasks, post_tasks', () => {
    expect(order).toEqual(['-:pre', 'base:base', 'web:web', 'db:db', 'web:web', 'twice:twice', 'twice:twice', 'app:install', '-:post']);
  });

  it('what lies on the way is inherited; a dependency sees the role that wants it', () => {
    const base = task(play, 'base');
    expect(effectiveKeywords(base).roles.map((each) => each.name)).toEqual(['web', 'base']);
    expect(effectiveKeywords(base).tags).toEqual(['net']);
    expect(effectiveKeywords(base).when.map((each) => each.text)).toEqual(['wanted', 'for_base']);
  });

  it('the entry’s vars are below the role’s own, parameters apart', () => {
    const [role] = effectiveKeywords(task(play, 'web')).roles;
    expect(role).toMatchObject({ defaults: { port: 80, host: 'x' }, vars: { a: 'role', b: 'entry' }, params: { listen_on: 8080 } });
    expect(role?.dependencies.map((each) => each.name)).toEqual(['base']);
  });

  it('tasks_from, vars_from, defaults_from choose files; its argument spec is that of the entry', () => {
    const [role] = effectiveKeywords(task(play, 'install')).roles;
    expect(role).toMatchObject({ name: 'app', defaults: { d: 'other' }, vars: { v: 'other' } });
    expect(role?.argumentSpec).toMatchObject({ entry: 'install', options: { size: { type: 'int', required: true, secret: false } } });
  });

  it('handlers: of roles:, the play’s own, of import_role', () => {
    // web stands twice in roles:, with other parameters: as in Ansible its handler is there for each of them.
    expect(play?.handlers.map((each) => String(each.name))).toEqual(['restart web', 'restart web', 'own', 'restart app']);
    expect(play?.handlers.map((each) => each.isHandler)).toEqual([true, true, true, true]);
  });

  it('all static roles, dependencies first', () => {
    expect(play?.staticRoles.map((each) => each.name)).toEqual(['base', 'web', 'db', 'web', 'twice', 'twice', 'app']);
  });
});

describe('outline', () => {
  const { playbook } = load('keywords');

  it('tasks with their tags, less what is not chosen', () => {
    const [play] = outline(playbook, (tags) => tags.includes('r'));
    expect(play).toMatchObject({ name: 'keywords', hosts: 'a:b', tags: ['p'] });
    expect(play?.tasks.map((each) => [each.name, each.tags])).toEqual([['inner', ['p', 'q', 'r', 's']]]);
    expect(play && tagsOf(play)).toEqual(['p', 'q', 'r', 's']);
  });

  it('the task to start at: by name, with its role, by pattern', () => {
    const { playbook: roles } = load('roles');
    expect(startingTask(roles, 'web : web')?.name).toBe('web');
    expect(startingTask(roles, 'inst*')?.name).toBe('install');
    expect(startingTask(roles, 'nobody')).toBeUndefined();
  });
});
