import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { play } from './run-play.js';

// Check mode (language.md, 12): what would run is unknown, and so is all that depends on it.
const head = '- hosts: a\n  gather_facts: false\n  tasks:\n    - {name: runs, command: echo real, register: c}\n';
const check = (tasks: string, files: Record<string, string> = {}) => play(`${head}${tasks}`, { check: true, files });
const why = 'command would run';

describe('an unknown', () => {
  it('stays one through set_fact and include_vars, whole and within text and mappings', async () => {
    const run = await check(
      `    - {name: set, set_fact: {q: '{{ c.stdout }}', t: '{{ c.stdout }}x', m: {k: ['{{ c.stdout }}']}}}
    - {name: inc, include_vars: {file: more.yaml}}
    - {name: q, debug: {msg: x}, when: "q != 'real'"}
    - {name: t, debug: {msg: x}, when: "t == '(known after apply)x'"}
    - {name: m, debug: {msg: x}, when: "m.k[0] == 'real'"}
    - {name: v, debug: {msg: x}, when: "v != 'a'"}
    - {name: shows, debug: {msg: '{{ t }}'}, register: d}
    - {name: d, debug: {msg: x}, when: "d.msg == 'realx'"}
`,
      { 'more.yaml': "v: 'a {{ c.stdout }}'\n" },
    );
    expect(run.results).toEqual([
      'a runs changed',
      'a set ok',
      'a inc ok',
      ...['q', 't', 'm', 'v'].map((each) => `a ${each} skipped`),
      'a shows ok',
      'a d skipped',
    ]);
    expect(run.result('set').ansible_facts).toMatchObject({ q: '(known after apply)', t: '(known after apply)x' });
    expect(run.result('shows').msg).toBe('(known after apply)x');
  });

  const unknowable: Readonly<Record<string, string>> = {
    'a path': "file: {path: '/tmp/{{ c.stdout }}', state: absent}",
    'a name': "apt: {name: ['{{ c.stdout }}']}",
    'a unit': "systemd_service: {name: '{{ c.stdout }}', state: started}",
    'a pattern': "lineinfile: {path: /tmp/no-such-file, regexp: '{{ c.stdout }}', line: x, create: true}",
    'permission bits': "copy: {dest: /tmp/no-such-file, content: x, mode: '{{ c.stdout }}'}",
    'a file of the control machine': "copy: {dest: /tmp/no-such-file, src: '{{ c.stdout }}'}",
    'a choice': "file: {path: /tmp/no-such-file, state: '{{ c.stdout }}'}",
    'what is asked': "stat: {path: '/tmp/{{ c.stdout }}'}",
    'whom is asked': "tcp_check: {host: '{{ c.stdout }}', port: 1}",
    'what guards': "command: {cmd: 'true', creates: '/tmp/{{ c.stdout }}'}",
    'a file of variables': "include_vars: {file: '{{ c.stdout }}.yaml'}",
    'a file of tasks': "include_tasks: '{{ c.stdout }}.yaml'",
    'a role': "include_role: {name: '{{ c.stdout }}'}",
    'a delegate': "{command: 'true', delegate_to: '{{ c.stdout }}'}",
    'whether it checks': "{command: 'false', check_mode: '{{ c.stdout }}'}",
    'a task that would run in earnest': "{command: 'echo {{ c.stdout }}', check_mode: false}",
    'the environment of one': "{command: env, environment: {X: '{{ c.stdout }}'}, check_mode: false}",
    'a list of files': "{debug: {msg: x}, with_fileglob: '{{ c.stdout }}/*'}",
    'how often': "{command: 'false', check_mode: false, until: 'r.rc == 0', retries: '{{ c.stdout }}'}",
  };

  it.each(Object.entries(unknowable))('that is %s makes the task one', async (_, task) => {
    const given = task.startsWith('{') ? task.slice(1, -1) : task;
    const run = await check(`    - {name: t, register: r, ${given}}
    - {name: after, debug: {msg: x}, when: 'default(r.changed, false)'}
`);
    expect(run.results).toEqual(['a runs changed', 'a t skipped', 'a after skipped']);
    const told = run.events.flatMap((each) => (each.type === 'task_result' && each.task === 't' ? [each.message] : []));
    expect(told).toEqual([why]);
  });

  it('that is content is shown, and what an action would do with one is a change', async () => {
    const run = await check(`    - {name: copies, copy: {dest: /tmp/chatsctl-no-such-file, content: '{{ c.stdout }}', mode: '0644'}}
    - {name: acts, command: 'echo {{ c.stdout }}'}
    - {name: item, debug: {msg: 'got {{ item }}'}, loop: [a, '{{ c.stdout }}']}
    - {name: notifies, command: 'true', notify: '{{ c.stdout }}'}
    - {name: hides, command: 'true', no_log: '{{ c.stdout }}'}
`);
    expect(run.results.slice(1)).toEqual(['a copies changed', 'a acts changed', 'a item ok', 'a notifies changed', 'a hides changed']);
    expect(run.events.flatMap((each) => (each.type === 'item_result' ? [each.item] : []))).toEqual(['a', '(known after apply)']);
    expect(run.events.find((each) => each.type === 'task_result' && each.task === 'hides')).not.toHaveProperty('result.changed', true);
  });

  it('that a task of a real run left behind keeps the next one from being done with it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chatsctl-engine-'));
    const run = await play(
      `${head.replace('register', 'check_mode: true, register')}    - {name: t, copy: {dest: ${folder}/f, content: '{{ c.stdout }}', mode: '0644'}}\n`,
    );
    expect(run.results).toEqual(['a runs changed', 'a t skipped']);
    expect(existsSync(join(folder, 'f'))).toBe(false);
  });
});
