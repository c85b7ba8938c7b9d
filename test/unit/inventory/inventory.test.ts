import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../../src/base/errors.js';
import { formatPosition } from '../../../src/base/position.js';
import { loadInventory } from '../../../src/inventory/load.js';
import { loadVariableFolders } from '../../../src/inventory/variable-files.js';
import { folder, inventoryOf, problems, variables } from './folder.js';

/** The answers of `ansible-inventory --list` (2.14) for the same files. */
const wide = `
all:
  vars: { a: all-inline, b: all-inline, z: all }
  hosts:
    lone: {x: 1}
    both:
  children:
    web:
      vars: {a: web-inline, p: web}
      hosts:
        web[01:03]: {h: inline}
        web02: {only: 2, h: two}
      children:
        front:
          hosts: {"f-[a:c].ex[1:2]": }
          vars: {p: front, prio: front}
        back:
          hosts: {f-b.ex1: , bk: }
          vars: {p: back, prio: back, ansible_group_priority: 10}
    db:
      hosts: db[0:10:5]
      children: {front: }
zed:
  hosts: {both: {y: 1}, web02: , "10.0.0.1:2222": }
ungrouped:
  hosts: {web01: , un: }
`;
const beside = {
  'group_vars/all.yaml': 'a: gv-all\nb: gv-all\nc: gv-all\n',
  'group_vars/web.yml': 'c: gv-web\nmode: 0644\n',
  'group_vars/db/b.yaml': 'd: 1\ne: 1\n',
  'group_vars/db/a.yml': 'd: 0\nq: yes\n',
  'group_vars/db/.hidden.yml': 'd: 7\n',
  'host_vars/web02': 'h: hv\n',
  'host_vars/lone.json': '{"k": [1, 2]}',
};

describe('groups and hosts', () => {
  const inventory = inventoryOf(wide, beside);

  it('are those of Ansible', () => {
    const front = ['f-a.ex1', 'f-a.ex2', 'f-b.ex1', 'f-b.ex2', 'f-c.ex1', 'f-c.ex2'];
    expect(inventory.groupMap()).toEqual({
      all: ['lone', 'both', 'un', 'web01', 'web02', 'web03', 'db0', 'db5', 'db10', '10.0.0.1', ...front, 'bk'],
      ungrouped: ['un', 'lone'],
      web: ['web01', 'web02', 'web03', ...front, 'bk'],
      front,
      back: ['f-b.ex1', 'bk'],
      db: ['db0', 'db5', 'db10', ...front],
      zed: ['both', 'web02', '10.0.0.1'],
    });
    expect(inventory.groupNamesOf('f-b.ex1')).toEqual(['back', 'db', 'front', 'web']);
    expect(inventory.groupsOf('f-b.ex1')).toEqual(['all', 'db', 'web', 'front', 'back']);
    expect(inventory.warnings).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['lone', { a: 'gv-all', b: 'gv-all', c: 'gv-all', z: 'all', x: 1, k: [1, 2] }],
    ['web02', { a: 'gv-all', b: 'gv-all', c: 'gv-web', z: 'all', p: 'web', mode: 420, h: 'hv', only: 2 }],
    ['f-b.ex1', { a: 'gv-all', b: 'gv-all', c: 'gv-web', z: 'all', p: 'back', prio: 'back', mode: 420, d: 1, e: 1, q: true }],
    ['f-a.ex1', { a: 'gv-all', b: 'gv-all', c: 'gv-web', z: 'all', p: 'front', prio: 'front', mode: 420, d: 1, e: 1, q: true }],
    ['10.0.0.1', { a: 'gv-all', b: 'gv-all', c: 'gv-all', z: 'all', ansible_port: 2222 }],
    ['localhost', { a: 'gv-all', b: 'gv-all', c: 'gv-all', z: 'all', ansible_connection: 'local' }],
  ])('%s has the variables that Ansible gives it', (host, expected) => expect(variables(inventory, host)).toEqual(expected));

  it('variables know where they were set, and by whom', () => {
    const found = inventory.variablesOf('web02').map(({ level, owner, values, position }) => {
      const [name = ''] = Object.keys(values);
      const place = position(name);
      return `${level} ${owner} ${name} ${place && formatPosition(place).split('/').slice(-2).join('/')}`;
    });
    expect(found.map((each) => each.replace(/inventory-\w+\//, ''))).toEqual([
      'inventory-group-vars group "all" a inv.yaml:3:11',
      'inventory-group-vars group "web" a inv.yaml:9:14',
      'inventory-group-vars group "all" a group_vars/all.yaml:1:1',
      'inventory-group-vars group "web" c group_vars/web.yml:1:1',
      'inventory-host-vars host "web02" h inv.yaml:12:26',
      'inventory-host-vars host "web02" h host_vars/web02:1:1',
    ]);
  });

  it('the graph goes from all down', () => {
    const graph = inventory.graph();
    expect([graph.name, graph.hosts, graph.children.map((each) => each.name)]).toEqual([
      'all',
      ['lone', 'both'],
      ['ungrouped', 'web', 'db', 'zed'],
    ]);
    expect(graph.children[1]?.children.map((each) => each.name)).toEqual(['front', 'back']);
  });

  it('a playbook has group_vars and host_vars of its own, between the inventory’s', () => {
    const names = ['all-inv', 'all-play', 'web-inv', 'web-play', 'host-inline', 'host-inv', 'host-play'];
    const set = (from: string) =>
      names
        .slice(names.indexOf(from))
        .map((name) => `${name}: ${from}`)
        .join('\n');
    const files = { 'group_vars/all.yml': set('all-inv'), 'group_vars/web.yml': set('web-inv'), 'host_vars/w.yml': set('host-inv') };
    const plays = folder({
      'group_vars/all.yml': set('all-play'),
      'group_vars/web.yml': set('web-play'),
      'host_vars/w.yml': set('host-play'),
    });
    const inline = names.slice(names.indexOf('host-inline')).map((name) => `${name}: host-inline`);
    const own = inventoryOf(`web: { hosts: { w: { ${inline.join(', ')} } } }`, files);
    const playbook = loadVariableFolders(plays, plays, new Diagnostics());
    expect(variables(own, 'w', playbook)).toEqual(Object.fromEntries(names.map((name) => [name, name])));
    expect(Object.keys(variables(own, 'w'))).toHaveLength(7);
    expect(variables(own, 'w')['host-play']).toBe('host-inv');
  });
});

describe('sources', () => {
  it('several add up, the later over the earlier', () => {
    const cwd = folder({
      'one/a.yaml': 'web: { vars: { x: 1, y: 1 }, hosts: { w1: } }',
      'one/group_vars/web.yml': 'g: 1\nh: 1\n',
      'two/b.yaml': 'web: { vars: { x: 2 }, hosts: { w2: } }',
      'two/group_vars/web.yml': 'g: 2\n',
    });
    const inventory = loadInventory(['one/a.yaml', 'two/b.yaml', 'w3,w[4:5]:22,'], { cwd });
    expect(inventory.hostNames()).toEqual(['w1', 'w2', 'w3', 'w4', 'w5']);
    expect(variables(inventory, 'w1')).toEqual({ x: 2, y: 1, g: 2, h: 1 });
    expect(variables(inventory, 'w4')).toEqual({ ansible_port: 22 });
    expect(inventory.groupNamesOf('w5')).toEqual(['ungrouped']);
    expect(inventory.directory).toBe(`${cwd}/one`);
  });

  it('a folder is all its YAML files, in alphabetical order, with the variables in it', () => {
    const cwd = folder({
      'inv/1.yaml': 'web: { vars: { x: 1 }, hosts: { w: } }',
      'inv/sub/2.yml': 'web: { vars: { x: 2 } }',
      'inv/group_vars/web.yaml': 'g: 1',
      'inv/secrets.age': 'age',
      'inv/notes.md': '# x',
      'inv/.hidden.yaml': 'a: [',
      'inv/old.yaml~': 'a: [',
    });
    expect(variables(loadInventory(['inv'], { cwd }), 'w')).toEqual({ x: 2, g: 1 });
  });

  it('an empty file, and no inventory at all, have localhost', () => {
    expect(inventoryOf('').match(['all'])).toEqual([]);
    expect(loadInventory([], { cwd: '/' }).match(['localhost'])).toEqual(['localhost']);
  });

  it('localhost that is written is a host like any other', () => {
    const inventory = inventoryOf('web: { hosts: { localhost: { x: 1 } } }');
    expect([inventory.hostNames(), variables(inventory, 'localhost')]).toEqual([['localhost'], { x: 1 }]);
  });
});

describe('mistakes', () => {
  it.each<[string, string[]]>([
    ['[a, b]', ['inv.yaml:1:1 inventory/form: the inventory: found a list, expected a mapping of groups']],
    ['web: [a, b]', ['inv.yaml:1:6 inventory/form: the group "web": found a list, expected a mapping with hosts, vars or children']],
    ['web: { hosts: [a] }', ['inv.yaml:1:15 inventory/form: "hosts": found a list, expected a mapping']],
    ['web: { hosts: { a: 1 } }', ['inv.yaml:1:20 inventory/form: the host "a": found the number 1, expected a mapping of variables']],
    [
      'web: { host: { a: } }',
      [
        'inv.yaml:1:8 inventory/unknown-key: unknown key "host" in the group "web", expected hosts, vars or children (did you mean "hosts"?)',
      ],
    ],
    ['web: { hosts: { "w[3:1]": } }', ['inv.yaml:1:17 inventory/range: the range in "w[3:1]" cannot be expanded: 3 > 1']],
    [
      'a:\n  children:\n    b:\n      children:\n        c:\n          children:\n            a:\n',
      ['inv.yaml:3:5 inventory/cycle: the group "b" would be its own child: a > b > c > a'],
    ],
    [
      'plugin: aws_ec2\nregions: [x]',
      ['inv.yaml:1:1 inventory/plugin: this is the configuration of an inventory plugin ("aws_ec2"), expected groups and hosts'],
    ],
    [
      'web: { hosts: { a: { x: "{{ y | default(\'z\') | upper }}", w: ["{% if x %}y{% endif %}"] } } }',
      [
        "inv.yaml:1:26 template/jinja: found Jinja (\"{{ y | default('z') | upper }}\"), expected Handlebars: {{ upper (default y 'z') }}",
        'inv.yaml:1:64 template/jinja: found Jinja ("{% if x %}"), expected Handlebars: {{#if name}}…{{/if}}',
      ],
    ],
    ['web: { vars: { x: !vault "abc" } }', ['inv.yaml:1:19 yaml/vault: found a value of Ansible Vault (!vault), which is not read here']],
    [
      'web: { vars: { ansible_port: 70000, ansible_connection: winrm, ansible_ssh_common_args: "-J a -o ProxyCommand=x" } }',
      [
        'inv.yaml:1:30 inventory/connection-variable: ansible_port: found 70000, expected a port from 1 to 65535',
        'inv.yaml:1:57 inventory/connection: ansible_connection is "winrm", expected ssh or local',
        'inv.yaml:1:89 inventory/ssh-option: ansible_ssh_common_args: found "-o ProxyCommand=x", which is not taken over from ssh’s command line',
      ],
    ],
    ['web: { vars: { ansible_become_method: su } }', ['inv.yaml:1:39 host/become-method: become_method su is not supported; sudo is']],
    [
      'web: { hosts: { a: { ansible_password: [geheim], ansible_port: "{{ p }}", ansible_user: } } }',
      ['inv.yaml:1:40 inventory/connection-variable: ansible_password: found a value of another form, expected a text that is not empty'],
    ],
  ])('%j', (text, expected) =>
    expect(problems(() => inventoryOf(text)).map((each) => each.replace(/^\S*inv\.yaml/, 'inv.yaml'))).toEqual(expected),
  );

  it('in files of variables too, all at once', () => {
    const found = problems(() =>
      inventoryOf('web: { hosts: { a: } }', {
        'group_vars/all.yml': 'x: "{{ a | b }}"\nx: 1\n',
        'group_vars/web.yml': '- a\n',
        'host_vars/a.yml': '$ANSIBLE_VAULT;1.1;AES256\n3132\n',
        'host_vars/a.yaml': 'x: 1',
      }),
    );
    expect(found.map((each) => each.replace(/^\S*((group|host)_vars\S*) (\S+) .*$/, '$1 $3'))).toEqual([
      'group_vars/all.yml:2:1 yaml/duplicate-key:',
      'group_vars/web.yml:1:1 inventory/form:',
      'host_vars/a.yml:1:1 yaml/vault:',
    ]);
  });

  it('an INI inventory is shown as YAML', () => {
    const text = '; hosts\n[web]\nweb1 ansible_host=10.0.0.1 ansible_user="a b"\nweb2\n[all:vars]\nx=1\n[prod:children]\nweb\n';
    const [found = ''] = problems(() => loadInventory(['hosts'], { cwd: folder({ hosts: text }) }));
    expect(found).toContain('inventory/ini');
    const yaml = found.slice(found.indexOf('as YAML:\n') + 9, -1);
    const inventory = inventoryOf(yaml);
    expect([inventory.groupMap().prod, variables(inventory, 'web1')]).toEqual([
      ['web1', 'web2'],
      { x: 1, ansible_host: '10.0.0.1', ansible_user: 'a b' },
    ]);
  });

  it('a host that is no list, and a host that is not there', () => {
    expect(problems(() => loadInventory(['web1'], { cwd: '/' }))).toEqual(['- inventory/not-found: there is no inventory web1']);
    expect(problems(() => inventoryOf('web: { hosts: { web1: } }').variablesOf('wbe1'))).toEqual([
      '- inventory/unknown-host: there is no host "wbe1" in the inventory (did you mean "web1"?)',
    ]);
  });

  it('warns of what is hardly meant', () => {
    const { warnings } = inventoryOf('web: { hosts: { web: , chat1: } }', {
      'group_vars/wbe.yml': 'x: 1',
      'group_vars/other-inventory.yml': 'x: 1',
      'group_vars/all.yml': 'x: 1',
      'group_vars/all.yaml': 'x: 1',
    });
    expect(warnings.map((each) => [each.code, each.severity, each.nearest])).toEqual([
      ['inventory/shadowed-file', 'warning', undefined],
      ['inventory/same-name', 'warning', undefined],
      ['inventory/unused-variables', 'warning', 'web'],
    ]);
  });
});
