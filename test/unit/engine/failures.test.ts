import { describe, expect, it } from 'vitest';
import { type PlayOptions, play } from './run-play.js';

// What is expected is what ansible-core 2.14 did with the same playbook, unless a comment says otherwise.
const one = '- hosts: a\n  gather_facts: false\n';
const pair = '- hosts: pair\n  gather_facts: false\n';
const next = '- hosts: all\n  gather_facts: false\n  tasks: [{name: next, debug: {msg: x}}]\n';
const failsOnA = `{name: f, fail: {}, when: 'inventory_hostname == "a"'}`;
const shown = '{name: u, debug: {msg: x}}';
const down = { down: ['a'] };

interface Case {
  readonly book: string;
  readonly options?: PlayOptions;
  readonly steps: readonly string[];
  readonly recap?: readonly string[];
  readonly exit: number;
}

const blocks: Readonly<Record<string, Case>> = {
  'rescue and always; a failing rescue fails the host after always': {
    book: `${pair}  tasks:
    - block: [${failsOnA}]
      rescue: [{name: r, debug: {msg: "{{ ansible_failed_task.name }} {{ ansible_failed_result.msg }}"}}, {name: r2, fail: {}}]
      always: [{name: al, debug: {msg: x}}]
    - ${shown}
`,
    steps: ['f: a rescued, b skipped', 'r: a says f Failed as requested from task', 'r2: a failed', 'al: a ok, b ok', 'u: b ok'],
    recap: ['a ok=2 failed=1 rescued=1', 'b ok=2 skipped=1'],
    exit: 2,
  },
  'nested: the outer rescue takes what the inner one did not': {
    book: `${one}  tasks:
    - block:
        - block: [{name: f, fail: {}}]
          rescue: [{name: r1, fail: {}}]
          always: [{name: al1, debug: {msg: x}}]
        - {name: no, debug: {msg: x}}
      rescue: [{name: r2, debug: {msg: "{{ ansible_failed_task.name }}"}}]
      always: [{name: al2, debug: {msg: x}}]
    - ${shown}
`,
    steps: ['f: a rescued', 'r1: a rescued', 'al1: a ok', 'r2: a says r1', 'al2: a ok', 'u: a ok'],
    recap: ['a ok=4 rescued=2'],
    exit: 0,
  },
  'always may fail, too': {
    book: `${one}  tasks: [{block: [${shown}], always: [{name: f, fail: {}}, {name: no, debug: {msg: x}}]}]\n`,
    steps: ['u: a ok', 'f: a failed'],
    exit: 2,
  },
  'what an include brings is rescued; its name has no role in ansible_failed_task': {
    book: `${one}  tasks: [{block: [{include_role: {name: r}}], rescue: [{name: r, debug: {msg: "{{ ansible_failed_task.name }}"}}]}]\n`,
    options: { files: { 'roles/r/tasks/main.yaml': '- {name: f, fail: {}}\n' } },
    steps: ['r : f: a rescued', 'r: a says f'],
    exit: 0,
  },
  // Ansible counts it as failed and not as rescued.
  'a file that is not there is rescued': {
    book: `${one}  vars: {n: no}
  tasks: [{block: [{name: i, include_tasks: "{{ n }}.yaml"}], rescue: [{name: r, debug: {msg: x}}]}]
`,
    steps: ['i: a rescued', 'r: a ok'],
    recap: ['a ok=1 rescued=1'],
    exit: 0,
  },
};

const fatal: Readonly<Record<string, Case>> = {
  'any_errors_fatal of a task': {
    book: `${pair}  tasks: [{name: f, fail: {}, any_errors_fatal: true, when: 'inventory_hostname == "a"'}, ${shown}]\n${next}`,
    steps: ['f: a failed, b skipped'],
    recap: ['a failed=1', 'b skipped=1'],
    exit: 2,
  },
  'an ignored failure is not fatal': {
    book: `${pair}  any_errors_fatal: true\n  tasks: [{name: f, fail: {}, ignore_errors: true, when: 'inventory_hostname == "a"'}, ${shown}]\n`,
    steps: ['f: a ignored, b skipped', 'u: a ok, b ok'],
    exit: 0,
  },
  // Of Ansible 2.17 and later: 2.14 rescues the failing host alone.
  'with a rescue all hosts go there, and on': {
    book: `${pair}  any_errors_fatal: true
  tasks: [{block: [${failsOnA}, {name: no, debug: {msg: x}}], rescue: [{name: r, debug: {msg: x}}]}, ${shown}]
`,
    steps: ['f: a rescued, b skipped', 'r: a ok, b ok', 'u: a ok, b ok'],
    recap: ['a ok=2 rescued=1', 'b ok=2 skipped=1'],
    exit: 0,
  },
  'always runs for all': {
    book: `${pair}  tasks: [{any_errors_fatal: true, block: [${failsOnA}, {name: no, debug: {msg: x}}], always: [{name: al, debug: {msg: x}}]}, ${shown}]\n`,
    steps: ['f: a failed, b skipped', 'al: a ok, b ok'],
    exit: 2,
  },
  'a lost host is as fatal': {
    book: `${pair}  any_errors_fatal: true\n  tasks: [{name: c, command: 'true'}, ${shown}]\n${next}`,
    options: down,
    steps: ['c: a unreachable, b changed'],
    exit: 3,
  },
  'a failing run_once stops all hosts, and so the run': {
    book: `${pair}  tasks: [{name: f, fail: {}, run_once: true}, ${shown}]\n${next}`,
    steps: ['f: a failed'],
    recap: ['a failed=1'],
    exit: 2,
  },
  'max_fail_percentage at which it goes on': {
    book: `${pair}  max_fail_percentage: 50\n  tasks: [${failsOnA}, ${shown}]\n`,
    steps: ['f: a failed, b skipped', 'u: b ok'],
    exit: 2,
  },
  'max_fail_percentage exceeded': {
    book: `${pair}  max_fail_percentage: 49\n  tasks: [${failsOnA}, ${shown}]\n${next}`,
    steps: ['f: a failed, b skipped'],
    exit: 2,
  },
  'max_fail_percentage does not count rescued and unreachable ones': {
    book: `${pair}  max_fail_percentage: 0
  tasks: [{block: [{name: f, fail: {}, when: 'inventory_hostname == "b"'}], rescue: [{name: r, debug: {msg: x}}]}, {name: c, command: 'true'}, ${shown}]
`,
    options: down,
    steps: ['f: a skipped, b rescued', 'r: b ok', 'c: a unreachable, b changed', 'u: b ok'],
    exit: 3,
  },
};

const unreachable: Readonly<Record<string, Case>> = {
  'is not rescued, runs no always, and is out of later plays': {
    book: `${pair}  tasks: [{block: [{name: c, command: 'true'}], rescue: [{name: r, debug: {msg: x}}], always: [{name: al, debug: {msg: x}}]}]\n${next}`,
    options: down,
    steps: ['c: a unreachable, b changed', 'al: b ok', 'next: b ok, c ok'],
    recap: ['a unreachable=1', 'b ok=3 changed=1', 'c ok=1'],
    exit: 3,
  },
  'ignore_errors does not cover it': {
    book: `${pair}  tasks: [{name: c, command: 'true', ignore_errors: true}, ${shown}]\n`,
    options: down,
    steps: ['c: a unreachable, b changed', 'u: b ok'],
    exit: 3,
  },
  'ignore_unreachable counts it as ignored, and registers it': {
    book: `${pair}  tasks:
    - {name: c, command: 'true', ignore_unreachable: true, register: r}
    - {name: d, debug: {msg: "{{ default r.unreachable false }}"}}
`,
    options: down,
    steps: ['c: a ignored, b changed', 'd: a says true, b says false'],
    recap: ['a ok=2 ignored=1', 'b ok=2 changed=1'],
    exit: 0,
  },
  'of facts, too': {
    book: `- hosts: pair\n  gather_subset: [min]\n  ignore_unreachable: true\n  tasks: [${shown}]\n`,
    options: down,
    steps: ['u: a ok, b ok'],
    recap: ['a ok=2 ignored=1', 'b ok=2'],
    exit: 0,
  },
  'of a delegate takes the host out that delegated': {
    book: `${pair}  tasks: [{name: c, command: 'true', delegate_to: c, when: 'inventory_hostname == "a"'}, ${shown}]\n${next}`,
    options: { down: ['c'] },
    steps: ['c: a unreachable, b skipped', 'u: b ok', 'next: b ok, c ok'],
    exit: 3,
  },
};

const errors: Readonly<Record<string, Case>> = {
  'clear_host_errors gives a failed host back in the next play': {
    book: `${pair}  tasks: [${failsOnA}, {meta: clear_host_errors}, ${shown}]\n${next}`,
    steps: ['f: a failed, b skipped', 'u: b ok', 'next: a ok, b ok, c ok'],
    exit: 2,
  },
  'and a lost one at once': {
    book: `${pair}  tasks: [{name: c, command: 'true'}, {meta: clear_host_errors}, ${shown}]\n`,
    options: down,
    steps: ['c: a unreachable, b changed', 'u: a ok, b ok'],
    exit: 3,
  },
};

describe.each(Object.entries({ blocks, fatal, unreachable, errors }))('%s', (_, cases) => {
  it.each(Object.entries(cases))('%s', async (_, { book, options, steps, recap, exit }) => {
    const run = await play(book, options);
    expect(run.steps).toEqual(steps);
    if (recap) expect(run.recap).toEqual(recap);
    expect(run.exit).toBe(exit);
  });
});
