import { describe, expect, it } from 'vitest';
import { type PlayedRun, type PlayOptions, play } from './run-play.js';

// What is expected is what ansible-core 2.14 did with the same playbook, unless a comment says otherwise.
const inventory = 'all:\n  vars: {ansible_connection: local}\n  hosts: {a: , b: , c: , d: , e: }\n';
const head = '- hosts: all\n  gather_facts: false\n';
const next = `${head}  tasks: [{name: next, debug: {msg: x}}]\n`;
const shown = '{name: u, debug: {msg: x}}';
const says = (what: string) => `{name: t, debug: {msg: "{{ join ${what} '' }}"}}`;

interface Case {
  readonly book: string;
  readonly options?: PlayOptions;
  readonly steps: readonly string[];
}

const serial: Readonly<Record<string, Case>> = {
  'a number': {
    book: `${head}  serial: 2\n  tasks: [${says('ansible_play_batch')}]\n`,
    steps: ['t: a says ab, b says ab', 't: c says cd, d says cd', 't: e says e'],
  },
  'a percentage': {
    book: `${head}  serial: 40%\n  tasks: [${says('ansible_play_batch')}]\n`,
    steps: ['t: a says ab, b says ab', 't: c says cd, d says cd', 't: e says e'],
  },
  'a percentage of less than one host is one': {
    book: `${head}  serial: 10%\n  tasks: [${shown}]\n`,
    steps: ['u: a ok', 'u: b ok', 'u: c ok', 'u: d ok', 'u: e ok'],
  },
  'a list, whose last repeats': {
    book: `${head}  serial: [1, 40%]\n  tasks: [${says('ansible_play_batch')}]\n`,
    steps: ['t: a says a', 't: b says bc, c says bc', 't: d says de, e says de'],
  },
  'handlers, run_once and facts are of the batch': {
    book: `${head}  serial: 3
  tasks: [{name: t, debug: {msg: x}, changed_when: true, notify: h, run_once: true}]
  handlers: [{name: h, debug: {msg: x}}]
`,
    steps: ['t: a changed', 'h: a ok', 't: d changed', 'h: d ok'],
  },
  'a batch in which one failed: the next goes on': {
    book: `${head}  serial: 2
  tasks: [{name: f, fail: {}, when: 'inventory_hostname == "a"'}, ${says('ansible_play_hosts')}]
${next}`,
    steps: [
      'f: a failed, b skipped',
      't: b says bcde',
      'f: c skipped, d skipped',
      't: c says bcde, d says bcde',
      'f: e skipped',
      't: e says bcde',
      'next: b ok, c ok, d ok, e ok',
    ],
  },
  'a batch in which all failed ends the run': {
    book: `${head}  serial: 2\n  tasks: [{name: f, fail: {}, when: 'inventory_hostname in ["a", "b"]'}]\n${next}`,
    steps: ['f: a failed, b failed'],
  },
  'any_errors_fatal ends all batches': {
    book: `${head}  serial: 2\n  any_errors_fatal: true\n  tasks: [{name: f, fail: {}, when: 'inventory_hostname == "c"'}, ${shown}]\n${next}`,
    steps: ['f: a skipped, b skipped', 'u: a ok, b ok', 'f: c failed, d skipped'],
  },
  'max_fail_percentage is of each batch': {
    book: `${head}  serial: 2\n  max_fail_percentage: 30\n  tasks: [{name: f, fail: {}, when: 'inventory_hostname == "c"'}]\n${next}`,
    steps: ['f: a skipped, b skipped', 'f: c failed, d skipped'],
  },
};

const ends: Readonly<Record<string, Case>> = {
  'end_host: that host, this play': {
    book: `${head}  tasks: [{meta: end_host, when: 'inventory_hostname in ["a", "b"]'}, ${says('ansible_play_hosts')}]\n${next}`,
    steps: ['t: c says cde, d says cde, e says cde', 'next: a ok, b ok, c ok, d ok, e ok'],
  },
  'end_host in a block: its always does not run there': {
    book: `${head}  tasks: [{block: [{meta: end_host, when: 'inventory_hostname != "e"'}], always: [{name: al, debug: {msg: x}}]}]\n`,
    steps: ['al: e ok'],
  },
  'end_play: all batches, without handlers': {
    book: `${head}  serial: 3
  tasks: [{name: t, debug: {msg: x}, changed_when: true, notify: h}, {meta: end_play}, ${shown}]
  handlers: [{name: h, debug: {msg: x}}]
${next}`,
    steps: ['t: a changed, b changed, c changed', 'next: a ok, b ok, c ok, d ok, e ok'],
  },
  'end_play: the first host decides for all': {
    book: `${head}  tasks: [{meta: end_play, when: 'inventory_hostname == "b"'}, ${shown}]\n`,
    steps: ['u: a ok, b ok, c ok, d ok, e ok'],
  },
  'end_batch: the next batch begins': {
    book: `${head}  serial: 3\n  tasks: [{meta: end_batch, when: 'inventory_hostname == "a"'}, ${shown}]\n`,
    steps: ['u: d ok, e ok'],
  },
  'end_role: the rest of the role': {
    book: `${head}  roles: [r]\n  tasks: [${shown}]\n`,
    options: {
      limit: 'a,b',
      files: { 'roles/r/tasks/main.yaml': `- {meta: end_role, when: 'inventory_hostname == "a"'}\n- {name: rest, debug: {msg: x}}\n` },
    },
    steps: ['r : rest: b ok', 'u: a ok, b ok'],
  },
  'a condition of a meta task that cannot be evaluated fails the host': {
    book: `${head}  tasks: [{meta: end_host, when: nowhere}, ${shown}]\n`,
    options: { limit: 'a' },
    steps: ['meta: a failed'],
  },
};

const strategies: Readonly<Record<string, Case>> = {
  'order: reverse_inventory': {
    book: `${head}  serial: 1\n  order: reverse_inventory\n  tasks: [${shown}]\n`,
    steps: ['u: e ok', 'u: d ok', 'u: c ok', 'u: b ok', 'u: a ok'],
  },
  'throttle and forks do not change what is done': {
    book: `${head}  tasks: [{name: t, command: 'true', throttle: 1}]\n`,
    options: { forks: 2 },
    steps: ['t: a changed, b changed, c changed, d changed, e changed'],
  },
  'no host, no play': { book: `- hosts: nobody\n  tasks: [${shown}]\n${next}`, steps: ['next: a ok, b ok, c ok, d ok, e ok'] },
};

describe.each(Object.entries({ serial, ends, strategies }))('%s', (_, cases) => {
  it.each(Object.entries(cases))('%s', async (_, { book, options, steps }) => {
    expect((await play(book, { inventory, ...options })).steps).toEqual(steps);
  });
});

describe('strategies', () => {
  const book = (strategy: string) => `- hosts: pair
  gather_facts: false
  strategy: ${strategy}
  tasks:
    - {name: slow, shell: sleep 0.4, when: 'inventory_hostname == "a"'}
    - {name: second, debug: {msg: x}}
`;
  const order = (results: readonly string[]) => [results.indexOf('a slow changed'), results.indexOf('b second ok')];

  it('linear: every host ends a task before any begins the next', async () => {
    const [slow = 0, second = 0] = order((await play(book('linear'))).results);
    expect(slow).toBeLessThan(second);
  });

  it('free: each at its own pace', async () => {
    const [slow = 0, second = 0] = order((await play(book('free'))).results);
    expect(second).toBeLessThan(slow);
  });

  it('meta tasks count nowhere, as in Ansible', async () => {
    const run = await play(
      '- hosts: a\n  gather_facts: false\n  tasks: [{meta: noop}, {meta: clear_facts}, {meta: end_host, when: false}]\n',
    );
    expect(run.steps).toEqual([]);
    expect(run.recap).toEqual([]);
  });
});

describe('strategy: free', () => {
  const warned = ({ events }: PlayedRun) =>
    events.flatMap((event) => (event.type === 'diagnostic' ? [event.diagnostic.params.keyword] : []));
  const free = (more: string, task: string) => `- hosts: all
  gather_facts: false
  strategy: free
  ${more}
  tasks:
    - {name: f, fail: {}, when: inventory_hostname == "a"}
    - {name: after, debug: {msg: x}${task}}
- {hosts: all, gather_facts: false, tasks: [{name: next, debug: {msg: x}}]}
`;

  it.each([
    ['any_errors_fatal: true', '', 'any_errors_fatal'],
    ['max_fail_percentage: 10', '', 'max_fail_percentage'],
    ['order: inventory', ', run_once: true', 'run_once'],
  ])('%s%s: a warning, and as Ansible has it no host waits for another', async (more, task, keyword) => {
    const played = await play(free(more, task));
    expect(played.exit).toBe(2);
    expect(played.results.filter((each) => !each.includes(' f '))).toEqual(['b after ok', 'c after ok', 'b next ok', 'c next ok']);
    expect(warned(played)).toEqual([keyword]);
  });
});

describe('pause', () => {
  const asks =
    '- {hosts: pair, gather_facts: false, tasks: [{name: p, pause: {prompt: really?}, register: p}, {name: d, debug: {msg: "<{{ p.user_input }}>"}}]}\n';

  it('asks once for all hosts; where nobody can be asked it goes on with a warning, which --yes silences', async () => {
    const codes = ({ events }: PlayedRun) => events.flatMap((event) => (event.type === 'diagnostic' ? [event.diagnostic.code] : []));
    const played = await play(asks);
    expect(played.steps).toEqual(['p: a ok', 'd: a says <>, b says <>']);
    expect(codes(played)).toEqual(['task/not-waited']);
    expect(codes(await play(asks, { yes: true }))).toEqual([]);
  });
});
