import { describe, expect, it } from 'vitest';
import { type PlayOptions, play } from './run-play.js';

// What is expected is what ansible-core 2.14 did with the same playbook, unless a comment says otherwise.
const changes = 'debug: {msg: x}, changed_when: true';
const one = '- hosts: a\n  gather_facts: false\n';
const pair = '- hosts: pair\n  gather_facts: false\n';
const failsOnA = `fail: {}, when: 'inventory_hostname == "a"'`;

interface Case {
  readonly book: string;
  readonly options?: PlayOptions;
  readonly steps: readonly string[];
}

const role = {
  'roles/r/tasks/main.yaml': `- {name: n, ${changes}, notify: rh}\n`,
  'roles/r/handlers/main.yaml': '- {name: rh, debug: {msg: "{{ v }}"}}\n- {name: listens, debug: {msg: "{{ v }}"}, listen: rh}\n',
  'roles/r/defaults/main.yaml': 'v: default\n',
};

const cases: Readonly<Record<string, Case>> = {
  'run in the order of their definition, once, however often notified': {
    book: `${one}  tasks:
    - {name: t, ${changes}, notify: [second, first, first]}
  handlers: [{name: first, debug: {msg: x}}, {name: second, debug: {msg: x}}]
`,
    steps: ['t: a changed', 'first: a ok', 'second: a ok'],
  },
  'may notify a later one, which runs in this flush, and an earlier one, which an extra pass runs': {
    book: `${one}  tasks: [{name: t, ${changes}, notify: second}]
  handlers:
    - {name: first, debug: {msg: x}}
    - {name: second, ${changes}, notify: [first, third]}
    - {name: third, debug: {msg: x}}
`,
    steps: ['t: a changed', 'second: a changed', 'third: a ok', 'first: a ok'],
  },
  'a name and a topic may be the same; all that listen run': {
    book: `${one}  tasks: [{name: t, ${changes}, notify: topic}]
  handlers:
    - {name: z, debug: {msg: x}, listen: topic}
    - {name: topic, debug: {msg: x}}
    - {name: y, debug: {msg: x}, listen: [other, topic]}
`,
    steps: ['t: a changed', 'z: a ok', 'topic: a ok', 'y: a ok'],
  },
  'flush_handlers in the middle runs them at once, and again when notified again': {
    book: `${one}  tasks:
    - {name: t, ${changes}, notify: h}
    - meta: flush_handlers
    - {name: u, ${changes}, notify: h}
  handlers: [{name: h, debug: {msg: x}}]
`,
    steps: ['t: a changed', 'h: a ok', 'u: a changed', 'h: a ok'],
  },
  'flush_handlers heeds its when': {
    book: `${one}  tasks:
    - {name: t, ${changes}, notify: h}
    - {meta: flush_handlers, when: 'false'}
    - {name: u, debug: {msg: x}}
  handlers: [{name: h, debug: {msg: x}}]
`,
    steps: ['t: a changed', 'u: a ok', 'h: a ok'],
  },
  'a failed host runs none, the others do': {
    book: `${pair}  tasks:
    - {name: t, ${changes}, notify: h}
    - {name: f, ${failsOnA}}
  handlers: [{name: h, debug: {msg: x}}]
`,
    steps: ['t: a changed, b changed', 'f: a failed, b skipped', 'h: b ok'],
  },
  'force_handlers: a failed host runs them, and nothing else': {
    book: `${pair}  force_handlers: true
  tasks:
    - {name: t, ${changes}, notify: h}
    - {name: f, ${failsOnA}}
    - {name: u, debug: {msg: x}}
  handlers: [{name: h, debug: {msg: x}}]
  post_tasks: [{name: post, debug: {msg: x}}]
`,
    steps: ['t: a changed, b changed', 'f: a failed, b skipped', 'u: b ok', 'h: a ok, b ok', 'post: b ok'],
  },
  'force_handlers when no host is left': {
    book: `${pair}  force_handlers: true
  tasks: [{name: t, ${changes}, notify: h}, {name: f, fail: {}}]
  handlers: [{name: h, debug: {msg: x}}]
`,
    steps: ['t: a changed, b changed', 'f: a failed, b failed', 'h: a ok, b ok'],
  },
  // Ansible 2.14 runs none here; 2.17 and later do.
  'force_handlers and any_errors_fatal': {
    book: `${pair}  force_handlers: true
  any_errors_fatal: true
  tasks: [{name: t, ${changes}, notify: h}, {name: f, ${failsOnA}}]
  handlers: [{name: h, debug: {msg: x}}]
`,
    steps: ['t: a changed, b changed', 'f: a failed, b skipped', 'h: a ok, b ok'],
  },
  'a failing handler takes its host out': {
    book: `${pair}  tasks: [{name: t, ${changes}, notify: [h, i]}]
  handlers: [{name: h, ${failsOnA}}, {name: i, debug: {msg: x}}]
  post_tasks: [{name: post, debug: {msg: x}}]
`,
    steps: ['t: a changed, b changed', 'h: a failed, b skipped', 'i: b ok', 'post: b ok'],
  },
  'a failing handler of a flush in a block is rescued': {
    book: `${one}  tasks:
    - block: [{name: t, ${changes}, notify: h}, {meta: flush_handlers}, {name: no, debug: {msg: x}}]
      rescue: [{name: r, debug: {msg: x}}]
  handlers: [{name: h, fail: {}}]
`,
    steps: ['t: a changed', 'h: a rescued', 'r: a ok'],
  },
  'an include as a handler runs whole; an import is its tasks': {
    book: `${one}  tasks: [{name: t, ${changes}, notify: [included, inner]}]
  handlers: [{name: included, include_tasks: in.yaml}, {import_tasks: im.yaml}]
`,
    options: {
      files: {
        'in.yaml': '- {name: i1, debug: {msg: x}}\n- {name: i2, debug: {msg: x}}\n',
        'im.yaml': '- {name: inner, debug: {msg: x}}\n- {name: not notified, debug: {msg: x}}\n',
      },
    },
    steps: ['t: a changed', 'included: a ok', 'i1: a ok', 'i2: a ok', 'inner: a ok'],
  },
  'a name may hold variables': {
    book: `${one}  vars: {service: web}
  tasks: [{name: t, ${changes}, notify: restart web}]
  handlers: [{name: "restart {{ service }}", debug: {msg: x}}]
`,
    steps: ['t: a changed', 'restart web: a ok'],
  },
  'of two of one name the last wins; role : name is exact': {
    book: `${one}  roles: [r]
  tasks: [{name: t, ${changes}, notify: 'r : rh'}]
  handlers: [{name: rh, debug: {msg: play}}]
`,
    options: { files: role },
    steps: ['r : n: a changed', 't: a changed', 'r : rh: a says default', 'r : listens: a says default', 'rh: a says play'],
  },
  'a role with other variables has handlers of its own: by name the last runs, by topic all': {
    book: `${one}  tasks: [{include_role: {name: r}, loop: [1, 2], vars: {v: "{{ item }}"}}]\n`,
    options: { files: role },
    steps: ['r : n: a changed', 'r : n: a changed', 'r : listens: a says 1', 'r : rh: a says 2', 'r : listens: a says 2'],
  },
  'a role with the same variables has them once': {
    book: `${one}  tasks: [{include_role: {name: r}}, {include_role: {name: r}}]\n`,
    options: { files: role },
    steps: ['r : n: a changed', 'r : n: a changed', 'r : rh: a says default', 'r : listens: a says default'],
  },
  // As Ansible has it, though item 2 changed nothing.
  'a loop that changed something notifies for each of its items': {
    book: `${one}  tasks: [{name: t, debug: {msg: x}, loop: [1, 2], changed_when: item == 1, notify: "h{{ item }}"}]
  handlers: [{name: h1, debug: {msg: x}}, {name: h2, debug: {msg: x}}]
`,
    steps: ['t: a changed', 'h1: a ok', 'h2: a ok'],
  },
  'a block gives its notify to its tasks': {
    book: `${one}  tasks: [{notify: h, block: [{name: t, ${changes}}]}]\n  handlers: [{name: h, debug: {msg: x}}]\n`,
    steps: ['t: a changed', 'h: a ok'],
  },
  'what failed, though ignored, notifies nobody': {
    book: `${one}  tasks: [{name: t, fail: {}, changed_when: true, ignore_errors: true, notify: h}]\n  handlers: [{name: h, debug: {msg: x}}]\n`,
    steps: ['t: a ignored'],
  },
  // Ansible 2.14 runs it on all hosts, a defect that later versions mended.
  'run_once holds for a handler': {
    book: `${pair}  tasks: [{name: t, ${changes}, notify: h}]\n  handlers: [{name: h, debug: {msg: x}, run_once: true}]\n`,
    steps: ['t: a changed, b changed', 'h: a ok'],
  },
};

describe('handlers', () => {
  it.each(Object.entries(cases))('%s', async (_, { book, options, steps }) => {
    expect((await play(book, options)).steps).toEqual(steps);
  });
});
