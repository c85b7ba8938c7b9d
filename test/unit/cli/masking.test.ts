// Secrets of every origin, said aloud in every way that a playbook has, on this machine: none is in any output or record, and the text around
// each one is.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportError } from '../../../src/cli/report-error.js';
import type { Session } from '../../../src/cli/session.js';
import { Folder, type Outcome, type Start } from './harness.js';

/** Each value is its own canary. */
const canaries = {
  inventory: 'canary-inventory-q8Zt3',
  field: 'canary-field-Lw5xV',
  extra: 'canary-extra-b7Nm2',
  file: 'canary-file-Rk9sD',
  nested: 'canary-nested-Yc4pG',
  template: 'canary-template-Hj6uQ',
  fact: 'canary-fact-We1zF',
  url: 'canary-url-Tx2vB',
  store: 'canary-store-Pn7rK',
  prompt: 'canary-prompt-Ug5dM',
  password: 'canary-password-Xb8hS',
  passphrase: 'canary-passphrase-Vq3fJ',
  hidden: 'canary-hidden-Dz6tC',
  cut: `canary-cut-${'Mh4yN'.repeat(30)}`,
} as const;

const PASSPHRASE = { CHATSCTL_SECRETS_PASSPHRASE: canaries.passphrase };
const folder = new Folder();
afterAll(() => folder.remove());

beforeAll(async () => {
  const options = ['key', 'extra', 'file', 'template', 'fact', 'cut'].map((name) => `      ${name}: {type: str, no_log: true}\n`).join('');
  folder.write({
    'inventory.yaml': `all:
  vars:
    ansible_connection: local
    key: ${canaries.inventory}
    cut: ${canaries.cut}
    servers: [{host: here, login: {password: ${canaries.field}}}]
    ansible_password: ${canaries.password}
    template: "{{ join parts '' }}"
    parts: [canary-, template-, Hj6uQ]
  hosts: {one: }
`,
    'extra.yaml': `file: ${canaries.file}\nservers_of: {b: ${canaries.nested}}\n`,
    'roles/app/meta/argument_specs.yaml': `argument_specs:
  main:
    options:
${options}      servers: {type: list, elements: dict, options: {host: {type: str}, login: {type: dict, options: {password: {type: str, no_log: true}}}}}
      servers_of: {type: dict, no_log: true}
`,
    'roles/app/tasks/main.yaml': '- debug: {msg: "in the role <{{ key }}>"}\n',
    'roles/app/templates/note.txt': 'note of <{{ key }}> {{ lookup_file key }}\n',
  });
  for (const [name, value] of [
    ['kept', canaries.store],
    ['ansible_become_password', canaries.password],
  ] as const) {
    const argv = ['secrets', name === 'kept' ? 'init' : 'show', '-i', 'inventory.yaml', '--no-input'];
    expect((await folder.run(argv, { env: PASSPHRASE })).status).toBe(0);
    const set = await folder.run(['secrets', 'set', name, '-i', 'inventory.yaml'], { env: PASSPHRASE, input: value });
    expect(set).toMatchObject({ status: 0 });
  }
});

/** As they are, in base64, in hexadecimal; without the dashes, which a table may break at. */
function leaks(text: string): string[] {
  return Object.entries(canaries).flatMap(([name, value]) => {
    const forms = [value, value.slice(0, 40), Buffer.from(value).toString('base64').slice(0, -3), Buffer.from(value).toString('hex')];
    return forms.some((form) => text.includes(form)) ? [name] : [];
  });
}

function recorded(): string {
  const runs = join(folder.path, '.chatsctl');
  const files = readdirSync(runs, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return files.map((each) => readFileSync(join(each.parentPath, each.name), 'utf8')).join('\n');
}

async function play(tasks: string, flags: readonly string[], start: Start = {}): Promise<Outcome> {
  rmSync(join(folder.path, 'aloud'), { force: true });
  folder.write({
    'play.yaml': `- hosts: all
  gather_facts: false
  vars_prompt: [{name: asked, prompt: Tell it, default: x}]
  pre_tasks:
    - debug: {msg: "before the role <{{ template }}> <{{ kept }}> <{{ servers.[0].login.password }}> <{{ servers_of.b }}>"}
    - set_fact: {fact: "{{ regex_replace 'canary-fact-We+zF' 'e.z' 'e1z' }}"}
    - debug: {msg: "a fact <{{ fact }}>"}
  roles: [app]
  tasks:
${tasks}`,
  });
  const given = ['-e', `extra=${canaries.extra} asked=${canaries.prompt}`, '-e', '@extra.yaml'];
  const argv = ['play', 'play.yaml', '-i', 'inventory.yaml', '--no-input', ...given, ...flags];
  return folder.run(argv, { env: PASSPHRASE, ...start });
}

const aloud = `
    - {name: "loops <{{ key }}>", debug: {msg: "item <{{ item }}>"}, loop: ["{{ key }}", "{{ extra }}", "{{ file }}", "{{ asked }}"]}
    - {name: encoded, debug: {msg: {b64: "<{{ b64encode key }}>", json: "<{{ to_json servers }}>"}}}
    - {name: a dictionary, debug: {var: servers}}
    - {name: all of them, debug: {msg: "{{ to_json hostvars.one.servers }}"}}
    - {name: a command, command: {argv: [printf, "%s", "out <{{ kept }}>"]}, register: said}
    - {name: its output, debug: {var: said}}
    - {name: standard input, command: {cmd: cat, stdin: "in <{{ extra }}>"}}
    - {name: environment, shell: "echo \\"env <$TOKEN>\\" >&2", environment: {TOKEN: "{{ file }}"}}
    - {name: what we were given, command: env}
    - {name: wrapped, shell: "printf %s {{ kept }} | base64 -w 12; printf %s {{ kept }} | fold -w 10"}
    - {name: coloured, shell: "printf %s {{ kept }} | sed 's/./&\\\\x1b[1m/g'"}
    - {name: a file, copy: {dest: "${folder.path}/aloud", content: "key = <{{ key }}>\\nother = 1\\n"}}
    - {name: a URL, uri: {url: "http://me:${canaries.url}@127.0.0.1:9/x"}, ignore_errors: true}
    - {name: the URL again, debug: {msg: "<${canaries.url}>"}}
    - {name: hidden, command: {argv: [echo, "${canaries.hidden}"]}, no_log: true}
    - {name: hidden failure, shell: "echo ${canaries.hidden}; false", no_log: true, ignore_errors: true}
    - {name: hidden loop, debug: {msg: "{{ item }}"}, loop: ["${canaries.hidden}"], no_log: true}
`;

const failures = `
    - {name: an error, fail: {msg: "not <{{ key }}>"}, ignore_errors: true}
    - {name: another, command: {argv: [ls, "/<{{ extra }}>"]}, ignore_errors: true}
    - {name: another type, wait_for: {port: "{{ cut }}"}, ignore_errors: true}
    - {name: a condition, assert: {that: "kept == 'x'", fail_msg: "<{{ kept }}>"}, ignore_errors: true}
    - {name: a template, template: {src: "${folder.path}/roles/app/templates/note.txt", dest: "${folder.path}/note"}, ignore_errors: true}
    - {name: "no such <{{ file }}>", debug: {msg: "{{ lookup_file key }}"}, ignore_errors: true}
    - {name: at last, shell: "echo 'gone <{{ file }}>' >&2; exit 3"}
`;

describe('a run that passes', () => {
  test.each([
    ['plain', ['-vvvv', '--diff']],
    ['json', ['-vvvv', '--diff']],
    ['pretty', []],
    ['plain', ['--check']],
  ])('%s %j', async (output, flags) => {
    const { status, stdout, stderr } = await play(aloud, ['--output', output, ...flags]);
    expect(status, stdout + stderr).toBe(0);
    expect([leaks(stdout), leaks(stderr), leaks(recorded())]).toEqual([[], [], []]);
    for (const around of ['a fact', 'in the role', 'loops']) expect(stdout).toContain(`${around} <********>`);
    expect(stdout).toContain('before the role <********> <********> <********> <********>');
    if (!flags.includes('-vvvv')) return;
    for (const around of ['out', 'in', 'env']) expect(stdout).toContain(`${around} <********>`);
    for (const text of [stdout, recorded()]) expect(text).toMatch(/key = <\*{8}>.*other = 1/s);
  });
});

test.each(['plain', 'json', 'pretty'])('a run that fails: %s', async (output) => {
  const { status, stdout, stderr } = await play(failures, [
    '--output',
    output,
    '-vvvv',
    '--diff',
    '--junit',
    'report.xml',
    '--report',
    'report.html',
  ]);
  expect(status, stdout + stderr).toBe(2);
  expect([stdout, stderr, recorded(), folder.read('report.xml'), folder.read('report.html')].map(leaks)).toEqual([[], [], [], [], []]);
  for (const around of ['not', 'gone']) expect(stdout).toContain(`${around} <********>`);
  for (const report of ['report.xml', 'report.html']) expect(folder.read(report)).toContain('gone &lt;********&gt;');
});

test('a file that cannot be read: the excerpt shows its lines, and not what is secret in them', async () => {
  folder.write({
    'broken.yaml': `all:
  vars:
    ansible_password: ${canaries.password}
    chat_license_key: "${canaries.inventory}"
    other: [1, 2
  hosts: {one: }
`,
  });
  for (const output of ['plain', 'json']) {
    const { status, stdout, stderr } = await folder.run(['exec', 'all', '-i', 'broken.yaml', '--output', output, '-m', 'ping']);
    expect(status).toBe(4);
    expect(stderr).toContain('chat_license_key: "********"');
    expect(leaks(stdout + stderr)).toEqual([]);
  }
});

test('a defect: its stack, and what caused it', async () => {
  const error = new Error(`defect <${canaries.store}>`, { cause: new Error(`cause <${canaries.password}>`) });
  let status = 0;
  const defect = (session: Session) => {
    for (const value of Object.values(canaries)) session.terminal.masker.add(value);
    status = reportError(error, session);
  };
  const { stderr } = await folder.run(['runs', '-i', 'inventory.yaml'], { before: defect });
  expect(status).toBe(1);
  expect(stderr).toMatch(/defect <\*{8}>\n +at .*cause <\*{8}>\n +at /s);
  expect(leaks(stderr)).toEqual([]);
});

test('inventory and exec know what the own roles call secret', async () => {
  folder.write({
    'own.yaml': `all: {vars: {ansible_connection: local, chat_license_key: ${canaries.inventory}}, hosts: {one: }}\n`,
  });
  const listed = await folder.run(['inventory', '-i', 'own.yaml', '--list']);
  expect(listed.stdout).toContain('"chat_license_key": "********"');
  const said = await folder.run(['exec', 'all', '-i', 'own.yaml', '--no-input', '-m', 'debug', '-a', 'var=chat_license_key']);
  expect(said.stdout).toContain('********');
  expect(leaks(JSON.stringify([listed, said]))).toEqual([]);
});
