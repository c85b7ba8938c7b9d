import { describe, expect, it } from 'vitest';
import { play } from './run-play.js';

// Status 4 says that nothing was contacted: what is found wrong after that is a failure of a task, or ends the run with 2.
const head = '- hosts: pair\n  gather_facts: false\n';

describe('vars_files', () => {
  const book = (more: string) => `- hosts: pair\n${more}  tasks: [{name: t, debug: {msg: '{{ v }}'}}]\n`;

  it('whose name needs facts are read when those are there, as in Ansible', async () => {
    const run = await play(book("  vars_files: ['v_{{ ansible_kernel_name }}.yaml', 'w.yaml']\n").replaceAll('kernel_name', 'os_family'), {
      files: { 'v_Debian.yaml': 'v: debian\n', 'w.yaml': 'w: 1\n' },
    });
    expect(run.steps).toEqual(['t: a says debian, b says debian']);
  });

  it('that one host has not fail that host', async () => {
    const run = await play(book("  gather_facts: false\n  vars_files: ['{{ inventory_hostname }}.yaml']\n"), {
      files: { 'a.yaml': 'v: of a\n' },
    });
    expect(run.steps).toEqual(['Reading vars_files: b failed', 't: a says of a']);
    expect(run.exit).toBe(2);
  });

  it.each([
    ['is not there', {}, ['t: a says second, b says second']],
    ['cannot be read', { 'first.yaml': 'v: [1\n' }, ['Reading vars_files: a failed, b failed']],
  ] as const)('of a list the first that is there: the first %s', async (_, first, steps) => {
    const run = await play(book('  gather_facts: false\n  vars_files: [[first.yaml, second.yaml]]\n'), {
      files: { ...first, 'second.yaml': 'v: second\n' },
    });
    expect(run.steps).toEqual(steps);
  });

  it('whose name is not defined fail their hosts when facts are there', async () => {
    const run = await play(book("  gather_facts: false\n  any_errors_fatal: true\n  vars_files: ['{{ nope }}.yaml']\n"));
    expect(run.steps).toEqual(['Reading vars_files: a failed, b failed']);
    expect(run.result('Reading vars_files').code).toBe('template/undefined');
  });
});

describe('a later play', () => {
  const first = '- hosts: a\n  gather_facts: false\n  tasks: [{command: echo b, register: t}, {set_fact: {target: "{{ t.stdout }}"}}]\n';

  it('may take its hosts from hostvars', async () => {
    const run = await play(`${first}- hosts: '{{ hostvars.a.target }}'\n  gather_facts: false\n  tasks: [{name: t, debug: {msg: x}}]\n`);
    expect(run.steps.at(-1)).toBe('t: b ok');
  });

  it.each(['hosts: "{{ hostvars.a.nope }}"', 'hosts: b\n  serial: "{{ default nope \'few\' }}"'])(
    'whose keywords turn out wrong ends the run with 2: %j',
    async (keywords) => {
      if (keywords.includes('| x')) return;
      const run = await play(`${first}- ${keywords}\n  gather_facts: false\n  tasks: [{name: t, debug: {msg: x}}]\n`);
      expect(run.results).toHaveLength(2);
      expect(run.exit).toBe(2);
      const told = run.events.flatMap((each) => (each.type === 'diagnostic' ? [each.diagnostic.severity] : []));
      expect(told).toEqual(['error']);
      expect(run.events.at(-1)).toMatchObject({ type: 'recap', exit: 2 });
    },
  );

  it.each([
    "serial: '{{ default nope 1.5 }}'",
    'max_fail_percentage: \'{{ default nope "few" }}\'',
    'force_handlers: \'{{ default nope "few" }}\'',
  ])('that is the first one is invalid input, since nothing was contacted: %s', async (keyword) => {
    const played = play(`${head}  ${keyword}\n  tasks: [{name: t, command: 'true'}]\n`);
    await expect(played).rejects.toMatchObject({ code: 'play/keyword-value', exitStatus: 4 });
  });
});

describe('a notification', () => {
  it('that renders to no handler fails the task, which is told with what it did', async () => {
    const run = await play(`${head}  vars: {n: zz}
  tasks:
    - {name: t, command: echo hi, notify: ['h', 'restart {{ n }}']}
    - {name: after, debug: {msg: x}}
  handlers: [{name: h, debug: {msg: x}}]
`);
    expect(run.steps).toEqual(['t: a failed, b failed']);
    expect(run.result('t')).toMatchObject({ code: 'play/handler-unknown', changed: true, stdout: 'hi' });
    expect(run.exit).toBe(2);
  });
});

describe('what cannot be told of an include or a role', () => {
  it('fails the hosts that come to it', async () => {
    const files = { 'more.yaml': '[{name: in, debug: {msg: x}}]\n', 'roles/r/tasks/main.yaml': '[{name: in, debug: {msg: x}}]\n' };
    const inc = await play(`${head}  tasks: [{name: i, include_tasks: more.yaml, run_once: '{{ nope }}'}, {name: n, debug: {msg: x}}]\n`, {
      files,
    });
    expect(inc.steps).toEqual(['i: a failed, b failed']);
    const ignored = await play(`${head}  tasks: [{name: i, include_tasks: 'no-such.yaml', ignore_errors: '{{ nope }}'}]\n`, { files });
    expect(ignored.steps).toEqual(['i: a failed, b failed']);
    const role = await play(`${head}  roles: [{role: r, when: nope == 1}]\n`, { files });
    expect(role.steps).toEqual(['r : in: a failed, b failed']);
  });
});
