import { describe, expect, it, vi } from 'vitest';
import { SourceText } from '../../../src/base/position.js';
import { isMap } from '../../../src/base/value.js';
import { lazyMap } from '../../../src/vars/lazy-map.js';
import { LEVELS } from '../../../src/vars/precedence.js';
import { refuseReserved, reservedKind } from '../../../src/vars/reserved.js';
import { Scope } from '../../../src/vars/scope.js';
import { scopeOf, template, thrown } from './support.js';

describe('precedence', () => {
  it('the higher level wins, whatever the order of the layers', () => {
    const names = LEVELS.map((level) => level.name);
    for (const [rank, low] of names.entries()) {
      for (const high of names.slice(rank + 1)) {
        const layers = [
          { level: high, values: { x: high } },
          { level: low, values: { x: low, y: low } },
        ];
        expect(Scope.of(layers).get('x'), `${high} over ${low}`).toBe(high);
        expect(Scope.of([...layers].reverse()).get('x')).toBe(high);
        expect(Scope.of(layers).get('y')).toBe(low);
      }
    }
  });

  it('is the documented ladder', () => {
    expect(LEVELS.map((level) => level.name)).toEqual(
      `role-defaults inventory-group-vars inventory-host-vars store facts play-vars vars-prompt vars-files role-vars block-vars task-vars
      include-vars results parameters extra-vars magic`.split(/\s+/),
    );
  });

  it('the later layer of one level wins, and values are replaced whole', () => {
    const scope = Scope.of([
      { level: 'play-vars', values: { m: { a: 1, b: 2 } } },
      { level: 'play-vars', values: { m: { a: 3 } } },
    ]);
    expect(scope.get('m')).toEqual({ a: 3 });
    expect(scope.with({ level: 'play-vars', values: { m: 4 } }).get('m')).toBe(4);
    expect(scope.with({ level: 'role-defaults', values: { m: 4 } }).get('m')).toEqual({ a: 3 });
  });

  it('tells where a variable was set', () => {
    const source = new SourceText('group_vars/all.yaml', 'x: 1\n');
    const scope = Scope.of([
      { level: 'inventory-group-vars', values: { x: 1, y: 2 }, position: () => ({ source, offset: 0, length: 1 }) },
      { level: 'task-vars', values: { y: template('{{ x }}') } },
    ]);
    expect(scope.origin('x')).toEqual({ title: 'inventory group variables', place: 'group_vars/all.yaml:1:1' });
    expect(scope.origin('y')).toEqual({ title: 'task vars', place: 'play.yaml:1:7' });
    expect(scope.origin('z')).toBeUndefined();
  });
});

describe('rendering', () => {
  it('is lazy and goes through variables', () => {
    const scope = scopeOf({ a: template('{{ b }}-x'), b: template('{{ c }}'), c: 1, broken: template('{{ nope }}') });
    expect(scope.get('a')).toBe('1-x');
    expect(scope.has('broken')).toBe(true);
    expect(thrown(() => scope.get('broken')).code).toBe('template/undefined');
  });

  it('names the circle', () => {
    const scope = scopeOf({ a: template('{{ b }}'), b: template('x{{ c }}'), c: template('{{ default a 1 }}') });
    expect(thrown(() => scope.get('a'))).toMatchObject({ code: 'vars/cycle', params: { chain: 'a → b → c → a' } });
    expect(thrown(() => scope.get('a')).code).toBe('vars/cycle');
  });

  it('finds a circle through another host', () => {
    const hosts: Record<string, Scope> = {};
    const hostvars = lazyMap({ keys: () => Object.keys(hosts), has: (key) => key in hosts, get: (key) => hosts[key]?.view() });
    const layer = { level: 'magic' as const, values: { hostvars } };
    hosts['a'] = Scope.of([layer, { level: 'play-vars', values: { x: template('{{ hostvars.b.y }}') } }]);
    hosts['b'] = Scope.of([layer, { level: 'play-vars', values: { y: template('{{ hostvars.a.x }}') } }]);
    expect(thrown(() => hosts['a']?.get('x'))).toMatchObject({ code: 'vars/cycle', params: { chain: 'x → y → x' } });
  });

  it('never renders what a host, the store, a prompt or the tool said', () => {
    const text = '{{ x }}';
    for (const level of ['store', 'facts', 'vars-prompt', 'results', 'magic'] as const) {
      expect(
        Scope.of([
          { level, values: { v: text } },
          { level: 'play-vars', values: { x: 1 } },
        ]).get('v'),
      ).toBe(text);
    }
    expect(scopeOf({ v: '{{ x }}', w: template('{{ v }}'), x: 1 }).get('w')).toBe('{{ x }}');
  });

  it('renders what a host said in no level, should a template get into one', () => {
    expect(Scope.of([{ level: 'results', values: { v: template('{{ x }}') } }]).get('v')).not.toBe('1');
  });

  it('drops entries that are omitted', () => {
    const scope = scopeOf({ a: 1 });
    const value = scope.render({
      x: template('{{ default nope omit }}'),
      y: [template('{{ a }}'), template('{{ omit }}')],
      z: { w: template('{{ omit }}') },
    });
    expect(value).toEqual({ y: [1], z: {} });
  });

  it('follows layers that are added later', () => {
    const scope = scopeOf({ url: template('https://{{ host }}'), host: 'a', other: template('{{ port }}'), port: 1 });
    expect(scope.get('url')).toBe('https://a');
    const item = scope.with({ level: 'task-vars', values: { host: 'b' } });
    expect(item.get('url')).toBe('https://b');
    expect(item.get('other')).toBe(1);
    expect(scope.get('url')).toBe('https://a');
    expect(item.with({ level: 'task-vars', values: { item: 1 } }).get('url')).toBe('https://b');
  });

  it('follows a layer that defines what a variable asked for in vain', () => {
    const scope = scopeOf({ a: template('{{ defined "b" }}'), c: template('{{ default b "none" }}') });
    expect([scope.get('a'), scope.get('c')]).toEqual([false, 'none']);
    const more = scope.with({ level: 'task-vars', values: { b: 1 } });
    expect([more.get('a'), more.get('c')]).toEqual([true, 1]);
  });

  it('renders a shared variable once for all tasks', () => {
    const env = {
      get X() {
        return read();
      },
    };
    const read = vi.fn(() => '1');
    const scope = scopeOf(
      { a: template('{{ lower (concat b "") }}'), b: template('{{ hash "x" }}'), v: template('{{ lookup_env "X" }}') },
      { env },
    );
    const first = scope.with({ level: 'task-vars', values: { item: 1 } }).get('a');
    expect(scope.with({ level: 'task-vars', values: { item: 2 } }).get('a')).toBe(first);
    scope.get('v');
    scope.get('v');
    expect(read).toHaveBeenCalledTimes(2);
  });
});

describe('lazy mappings', () => {
  const get = vi.fn((key: string) => ({ x: key }));
  const map = lazyMap({ keys: () => ['meet1', 'chat.example.ru'], has: (key) => key === 'meet1' || key === 'chat.example.ru', get });

  it('are mappings for their reader, and compute what is read alone', () => {
    expect(isMap(map)).toBe(true);
    expect(Object.keys(map)).toEqual(['meet1', 'chat.example.ru']);
    expect(Object.hasOwn(map, 'meet1')).toBe(true);
    expect(Object.hasOwn(map, 'nope')).toBe(false);
    expect(get).not.toHaveBeenCalled();
    const scope = Scope.of([{ level: 'magic', values: { hostvars: map } }]);
    expect(scope.render(template('{{ hostvars.[chat.example.ru].x }}'))).toBe('chat.example.ru');
    expect(get).toHaveBeenCalledTimes(1);
    expect(scope.render(template('{{#each hostvars}}{{@key}} {{/each}}'))).toBe('meet1 chat.example.ru ');
    expect(() => Object.assign(map, { x: 1 })).toThrow(TypeError);
  });

  it('vars reaches every variable by name', () => {
    const scope = scopeOf({ package: 'p', b: template('{{ vars.package }}') });
    expect(scope.get('b')).toBe('p');
    expect(scope.render(template('{{ lookup vars "package" }}'))).toBe('p');
  });
});

describe('reserved names', () => {
  it.each([
    ['ansible_host', 'connection'],
    ['ansible_ssh_common_args', 'connection'],
    ['ansible_become_password', 'become'],
    ['hostvars', 'magic'],
    ['ansible_facts', 'magic'],
    ['chat_domain', undefined],
    ['ansible_os', undefined],
  ])('%s', (name, kind) => {
    expect(reservedKind(name)).toBe(kind);
  });

  it('are refused by name', () => {
    expect(thrown(() => refuseReserved(['a', 'ansible_user'], 'register'))).toMatchObject({
      code: 'vars/reserved',
      params: { name: 'ansible_user', kind: 'connection', by: 'register' },
    });
  });

  it('have no effect even where a fact or result carries them', () => {
    const scope = Scope.of([
      { level: 'facts', values: { ansible_host: 'evil' } },
      { level: 'results', values: { ansible_become_user: 'evil' } },
      { level: 'inventory-host-vars', values: { ansible_host: '10.0.0.1' } },
    ]);
    expect(scope.get('ansible_host')).toBe('10.0.0.1');
    expect(scope.get('ansible_become_user')).toBeUndefined();
  });
});
