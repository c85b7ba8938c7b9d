import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { play } from './run-play.js';

const head = '- hosts: a\n  gather_facts: false\n';

describe('a play', () => {
  it('runs pre_tasks, roles, tasks, post_tasks, with a flush after each of them', async () => {
    const run = await play(
      `${head}  pre_tasks: [{name: pre, command: 'true', notify: h}]
  roles: [one]
  tasks: [{name: task, command: 'true', notify: h}]
  post_tasks: [{name: post, command: 'true', notify: h}]
  handlers: [{name: h, debug: {msg: handled}}]
`,
      { files: { 'roles/one/tasks/main.yaml': "- {name: in role, command: 'true', notify: h}\n" } },
    );
    expect(run.results).toEqual([
      'a pre changed',
      'a h ok',
      'a one : in role changed',
      'a task changed',
      'a h ok',
      'a post changed',
      'a h ok',
    ]);
    expect(run.exit).toBe(0);
  });

  it('runs handlers in the order of their definition, once, and those that handlers notify', async () => {
    const run = await play(`${head}  tasks:
    - {name: t, command: 'true', notify: [second, first, first, topic]}
  handlers:
    - {name: first, command: 'true'}
    - {name: second, command: 'true', notify: last}
    - {name: listening, debug: {msg: x}, listen: topic}
    - {name: last, debug: {msg: x}}
`);
    expect(run.results).toEqual(['a t changed', 'a first changed', 'a second changed', 'a listening ok', 'a last ok']);
  });

  it('rescues, always runs always, and counts a rescued failure as rescued', async () => {
    const run = await play(`${head}  tasks:
    - block:
        - {name: fails, command: 'false'}
        - {name: not reached, debug: {msg: x}}
      rescue: [{name: rescue, debug: {msg: "{{ ansible_failed_task.name }} {{ ansible_failed_result.rc }}"}}]
      always: [{name: always, debug: {msg: x}}]
    - {name: after, debug: {msg: x}}
`);
    expect(run.results).toEqual(['a fails rescued', 'a rescue ok', 'a always ok', 'a after ok']);
    expect(run.result('rescue').msg).toBe('fails 1');
    expect(run.exit).toBe(0);
    expect(run.events.at(-1)).toMatchObject({ type: 'recap', exit: 0, hosts: { a: { ok: 3, failed: 0, rescued: 1 } } });
  });

  it('says why a command failed', async () => {
    const run = await play(`${head}  tasks: [{name: fails, command: 'false'}]\n`);
    expect(run.events.find((each) => each.type === 'task_result')).toMatchObject({ status: 'failed', message: 'non-zero return code' });
  });

  it('takes a failed host out, and goes on with the others', async () => {
    const run = await play(`- hosts: pair
  gather_facts: false
  tasks:
    - {name: one, command: 'false', when: 'inventory_hostname == "a"'}
    - {name: two, debug: {msg: x}}
- hosts: all
  gather_facts: false
  tasks: [{name: three, debug: {msg: x}}]
`);
    expect([...run.results].sort()).toEqual(['a one failed', 'b one skipped', 'b three ok', 'b two ok', 'c three ok']);
    expect(run.exit).toBe(2);
  });

  it('any_errors_fatal ends the run for all, after the task has run everywhere', async () => {
    const run = await play(`- hosts: pair
  gather_facts: false
  any_errors_fatal: true
  tasks:
    - {name: one, command: 'false', when: 'inventory_hostname == "a"'}
    - {name: two, debug: {msg: x}}
- hosts: c
  gather_facts: false
  tasks: [{name: three, debug: {msg: x}}]
`);
    expect([...run.results].sort()).toEqual(['a one failed', 'b one skipped']);
    expect(run.events.at(-1)).toMatchObject({ hosts: { a: { failed: 1 }, b: { failed: 0 } } });
  });

  it('loops, registers, and judges with changed_when and failed_when', async () => {
    const run = await play(`${head}  tasks:
    - {name: loop, command: 'echo {{ item }}', loop: [x, y], register: r, changed_when: 'item == "x"', when: 'item != "z"'}
    - {name: shows, debug: {msg: "{{ r.results.0.stdout }} {{ r.results.1.item }} {{ r.changed }}"}}
    - {name: fine, command: 'false', failed_when: false, changed_when: false}
    - {name: bad, command: echo bad, register: q, failed_when: 'q.stdout == "bad"', ignore_errors: true}
`);
    expect(run.result('shows').msg).toBe('x y true');
    expect(run.results.slice(-2)).toEqual(['a fine ok', 'a bad ignored']);
  });

  it('until runs n + 1 times, and tells how often', async () => {
    const run = await play(`${head}  tasks:
    - {name: tries, command: 'false', register: r, until: 'r.rc == 0', retries: 2, delay: 0, ignore_errors: true}
`);
    expect(run.result('tries').attempts).toBe(3);
    expect(run.results).toEqual(['a tries ignored']);
  });

  it('copies, and a second run changes nothing', async () => {
    const book = (path: string) => `${head}  tasks: [{name: copies, copy: {dest: ${path}, content: "hello\\n", mode: '0640'}}]\n`;
    const path = `/tmp/chatsctl-engine-copy-${process.pid}`;
    const first = await play(book(path));
    expect(first.results).toEqual(['a copies changed']);
    expect((await play(book(path))).results).toEqual(['a copies ok']);
    expect(readFileSync(path, 'utf8')).toBe('hello\n');
  });

  it('check mode changes nothing, later tasks see what would be there, and what would run is unknown', async () => {
    const path = join('/tmp', `chatsctl-engine-check-${process.pid}`);
    const run = await play(
      `${head}  tasks:
    - {name: folder, file: {path: ${path}, state: directory, mode: '0755'}}
    - {name: file, copy: {dest: ${path}/f, content: "x\\n", mode: '0600'}}
    - {name: again, copy: {dest: ${path}/f, content: "x\\n", mode: '0600'}}
    - {name: runs, command: cat ${path}/f, register: r}
    - {name: asks, debug: {msg: x}, when: 'r.rc == 0'}
    - {name: shows, debug: {msg: "got {{ r.stdout }}"}}
`,
      { check: true },
    );
    expect(run.results).toEqual(['a folder changed', 'a file changed', 'a again ok', 'a runs changed', 'a asks skipped', 'a shows ok']);
    expect(run.result('shows').msg).toBe('got (known after apply)');
    expect(existsSync(path)).toBe(false);
  });

  it('check mode with diff says of an action what is known of its changes', async () => {
    const run = await play(
      `${head}  tasks:
    - name: asks
      expect: {command: ./install, captures: {token: {pattern: 'Token: (.+)', store: app_token, secret: true}}}
    - {name: downloads, get_url: {url: 'https://no.such.example/x', dest: /tmp/chatsctl-engine-no-such, mode: '0755'}}
`,
      { check: true, diff: true },
    );
    const diffs = run.events.flatMap((event) => (event.type === 'task_result' ? (event.diff ?? []) : []));
    expect(diffs).toEqual([
      { subject: 'app_token', text: '  captured: (absent) → (known after apply)\n' },
      {
        subject: '/tmp/chatsctl-engine-no-such',
        text: '  content: (absent) → (known after apply)\n  mode: (absent) → 0755\n',
      },
    ]);
  });

  it('run_once gives its result to all, delegate_to keeps the variables of the original host', async () => {
    const run = await play(`- hosts: pair
  gather_facts: false
  tasks:
    - {name: once, command: 'echo {{ inventory_hostname }}', run_once: true, register: r}
    - {name: shows, debug: {msg: "{{ r.stdout }}"}}
    - {name: elsewhere, command: 'echo {{ inventory_hostname }}', delegate_to: c, register: d}
    - {name: own, debug: {msg: "{{ d.stdout }}"}}
`);
    expect(run.result('shows', 'b').msg).toBe('a');
    expect(run.result('own', 'b').msg).toBe('b');
  });

  it('includes are evaluated when reached, with their own variables', async () => {
    const run = await play(
      `${head}  tasks:
    - {name: inc, include_tasks: {file: "{{ which }}.yaml"}, loop: [1, 2], vars: {which: inner}}
    - {import_role: {name: r}, vars: {p: 5}}
`,
      {
        files: {
          'inner.yaml': '- {name: inside, debug: {msg: "{{ item }} {{ which }}"}}\n',
          'roles/r/tasks/main.yaml': '- {name: shown, debug: {msg: "{{ p }} {{ d }}"}}\n',
          'roles/r/defaults/main.yaml': 'd: default\np: 1\n',
        },
      },
    );
    expect(run.results).toEqual(['a inc ok', 'a inc ok', 'a inside ok', 'a inside ok', 'a r : shown ok']);
    expect(run.result('inside').msg).toBe('2 inner');
    expect(run.result('r : shown').msg).toBe('5 default');
  });

  it('an undefined variable fails the task with its position', async () => {
    const run = await play(`${head}  tasks: [{name: t, debug: {msg: "{{ nope }}"}}]\n`);
    expect(run.result('t').code).toBe('template/undefined');
    expect(run.exit).toBe(2);
  });

  it('tags choose, skip wins', async () => {
    const book = `${head}  tasks:
    - {name: one, debug: {msg: x}, tags: [x]}
    - {name: two, debug: {msg: x}, tags: [x, y]}
    - {name: three, debug: {msg: x}}
    - {name: ever, debug: {msg: x}, tags: always}
`;
    expect((await play(book, { tags: ['x'], skipTags: ['y'] })).results).toEqual(['a one ok', 'a ever ok']);
  });

  it('findings are judged at the end of the section, all of them named', async () => {
    const run = await play(`${head}  tasks:
    - {name: f1, finding: {clause: OS-1, title: one, that: 'false', found: x, needed: y}}
    - {name: f2, finding: {clause: OS-2, title: two, that: 'false', found: x, needed: y}}
    - {name: f3, finding: {clause: OS-3, title: three, that: 'false', found: x, needed: y, severity: warning}}
`);
    expect(run.results).toEqual(['a f1 ok', 'a f2 ok', 'a f3 ok', 'a judging findings failed']);
    expect(run.result('judging findings')).toMatchObject({ code: 'task/findings-unmet', count: 2, findings: ['OS-1', 'OS-2'] });
  });

  it('findings carry both languages, and what was found before', async () => {
    const run = await play(`${head}  tasks:
    - {name: f1, finding: {clause: OS-1, title: {en: one, ru: раз}, that: 'false', found: {en: 'no', ru: нет}, severity: warning}}
    - {name: f2, finding: {clause: OS-1, title: {en: one, ru: раз}, that: 'false', found: {en: 'yes', ru: да}}}
    - {name: judge, meta: judge_findings}
`);
    expect(run.events.filter((each) => each.type === 'finding').at(-1)).toMatchObject({
      title: 'one',
      found: 'yes',
      before: 'no',
      ru: { title: 'раз', found: 'да', before: 'нет' },
    });
    const { msg, ru } = run.result('judge');
    expect([msg, ru]).toEqual([expect.stringContaining('OS-1 one'), { msg: expect.stringContaining('OS-1 раз') }]);
  });
});
