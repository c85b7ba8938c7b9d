import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Folder } from './harness.js';

const PLAY = `- name: Local
  hosts: localhost
  gather_facts: false
  vars: { greeting: "hello {{ who }}" }
  tasks:
    - name: greet
      debug: { msg: "{{ greeting }}" }
      tags: [talk]
    - name: fail on request
      fail: { msg: as asked }
      when: fails
`;
let folder: Folder;
beforeEach(() => {
  folder = new Folder().write({ 'site.yaml': PLAY, 'inventory.yaml': 'all: { children: { web: { hosts: { web1: } } } }\n' });
});
afterEach(() => folder.remove());

const events = (stdout: string): Record<string, unknown>[] =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const play = (...words: string[]) => folder.run(['play', 'site.yaml', '-i', 'inventory.yaml', '--no-input', ...words]);

test('a run: status 0, its record beside the inventory, shown again by runs', async () => {
  const run = await play('-e', 'who=world fails=no');
  expect(run).toMatchObject({ status: 0, stderr: '' });
  expect(run.stdout).toContain('ok: [localhost] => hello world');
  const listed = await folder.run(['runs', '-i', 'inventory.yaml']);
  expect(listed.stdout).toMatch(/^\d{8}-\d{6}-[0-9a-f]{6} .* 0 +play site\.yaml$/m);
  expect((await folder.run(['runs', 'show', '-i', 'inventory.yaml'])).stdout).toContain('hello world');
  expect(existsSync(join(folder.path, '.chatsctl/lock.json'))).toBe(false);
});

test('a failed task is status 2', async () => {
  expect(await play('-e', 'who=x fails=yes')).toMatchObject({ status: 2, stdout: expect.stringContaining('as asked') });
});

test('json: one object a line, the recap last, nothing else on stdout', async () => {
  const { stdout } = await play('-e', 'who=x fails=no', '--output', 'json');
  const all = events(stdout);
  expect(all[0]).toMatchObject({ type: 'run_start', playbook: 'site.yaml' });
  expect(all.at(-1)).toMatchObject({ type: 'recap', exit: 0, hosts: { localhost: { ok: 1, skipped: 1, failed: 0 } } });
});

test('json: an error before the run is told as events too, the recap last', async () => {
  folder.write({ 'site.yaml': '- hosts: web\n  taskz: []\n- hots: web\n' });
  const { status, stdout, stderr } = await play('--output', 'json');
  expect(status).toBe(4);
  const all = events(stdout);
  expect(all.filter((each) => each.type === 'diagnostic').length).toBeGreaterThan(1);
  expect(all.at(-1)).toMatchObject({ type: 'recap', exit: 4, hosts: {} });
  expect(stderr).toContain('did you mean "tasks"?');
  expect(existsSync(join(folder.path, '.chatsctl'))).toBe(false);
});

test('mistakes of playbook, inventory and -e are reported together', async () => {
  folder.write({ 'site.yaml': '- hosts: web\n  taskz: []\n', 'inventory.yaml': 'all: { hots: {} }\n' });
  const { status, stderr } = await play('-e', 'a=1 b');
  expect(status).toBe(4);
  for (const place of ['site.yaml:2:3', 'inventory.yaml:1:', '-e:1:5']) expect(stderr).toContain(place);
});

test.each<[string, string[], string]>([
  ['an unknown playbook', ['play', 'sit.yaml', '-i', 'inventory.yaml'], 'there is no playbook "sit.yaml"'],
  ['a limit that names nothing', ['play', 'site.yaml', '-i', 'inventory.yaml', '-l', 'wbe'], 'did you mean "web"?'],
  [
    'a task that is not there',
    ['play', 'site.yaml', '-i', 'inventory.yaml', '--start-at-task', 'gret'],
    'no task of the playbook is named "gret"',
  ],
  ['a report that cannot be written', ['play', 'site.yaml', '-i', 'inventory.yaml', '--junit', 'no/such/x.xml'], 'no/such/x.xml'],
  ['a page that cannot be written', ['play', 'site.yaml', '-i', 'inventory.yaml', '--report', 'no/such/x.html'], 'no/such/x.html'],
  ['an unknown module', ['exec', 'web', '-i', 'inventory.yaml', '-m', 'comand', '-a', 'id'], 'did you mean "command"?'],
  ['a pattern without a host', ['exec', 'db', '-i', 'inventory.yaml', '-a', 'id'], 'the pattern "db" matches no host'],
  [
    '--step without a terminal',
    ['play', 'site.yaml', '-i', 'inventory.yaml', '--step', '-e', 'who=x fails=no'],
    'nobody can be asked: --step',
  ],
  ['passwords without a terminal', ['play', 'site.yaml', '-i', 'inventory.yaml', '-K'], 'nobody can be asked'],
])('%s: status 4', async (_name, argv, message) => {
  expect(await folder.run(argv)).toMatchObject({ status: 4, stdout: '', stderr: expect.stringContaining(message) });
});

test('without an inventory a play for localhost runs, another is an error', async () => {
  expect(await folder.run(['play', 'site.yaml', '-e', 'who=x fails=no'])).toMatchObject({ status: 0 });
  folder.write({ 'site.yaml': PLAY.replace('localhost', 'web') });
  expect(await folder.run(['play', 'site.yaml'])).toMatchObject({ status: 4, stderr: expect.stringContaining('no inventory was given') });
});

test('--list-hosts, --list-tasks, --list-tags and --syntax-check run nothing', async () => {
  const listed = await play('--list-hosts', '--list-tasks', '--list-tags', '--tags', 'talk');
  expect(listed).toMatchObject({ status: 0, stderr: '' });
  expect(listed.stdout).toBe(
    [
      '\nplaybook: site.yaml\n',
      '  play #1 (localhost): Local\tTAGS: []',
      "    pattern: ['localhost']",
      '    hosts (1):',
      '      localhost',
      '    tasks:',
      '      greet\tTAGS: [talk]',
      '      TASK TAGS: [talk]\n',
    ].join('\n'),
  );
  expect(await play('--syntax-check')).toMatchObject({ status: 0, stdout: 'playbook: site.yaml\n' });
  expect(existsSync(join(folder.path, '.chatsctl'))).toBe(false);
});

test('an interrupt ends the run in order: recap, 130', async () => {
  folder.write({
    'site.yaml': '- hosts: localhost\n  gather_facts: false\n  tasks: [{ pause: { seconds: 60 } }, { debug: { msg: never } }]\n',
  });
  const { status, stdout } = await folder.run(['play', 'site.yaml', '--output', 'json'], {
    before: ({ interrupt }) => setTimeout(() => interrupt.take('SIGINT'), 700),
  });
  expect(status).toBe(130);
  expect(events(stdout).at(-2)).toMatchObject({ type: 'interrupted', signal: 'SIGINT', jobs: [] });
  expect(events(stdout).at(-1)).toMatchObject({ type: 'recap', exit: 130 });
  expect(stdout).not.toContain('never');
});

test('a second run of the same inventory is refused with status 6 and says who holds it', async () => {
  folder.write({ 'long.yaml': '- hosts: localhost\n  gather_facts: false\n  tasks: [{ pause: { seconds: 60 } }]\n' });
  let stop = () => {};
  const first = folder.run(['play', 'long.yaml', '-i', 'inventory.yaml'], {
    before: ({ interrupt }) => {
      stop = () => interrupt.take('SIGTERM');
    },
  });
  await expect.poll(() => existsSync(join(folder.path, '.chatsctl/lock.json')), { timeout: 10_000 }).toBe(true);
  expect(await play('-e', 'who=x fails=no')).toMatchObject({
    status: 6,
    stderr: expect.stringContaining('another run holds this inventory'),
  });
  stop();
  expect((await first).status).toBe(143);
});

test('secret values given by -e and the inventory are masked everywhere', async () => {
  folder.write({
    'roles/r/meta/argument_specs.yaml': 'argument_specs: { main: { options: { token: { no_log: true }, word: {} } } }\n',
    'roles/r/tasks/main.yaml': '- debug: { msg: "{{ token }} {{ word }}" }\n- command: "echo {{ token }}"\n',
    'site.yaml': '- hosts: localhost\n  gather_facts: false\n  roles: [r]\n',
    'vars.yaml': 'token: s3cret-token-1\nword: open\n',
  });
  const { status, stdout, stderr } = await play('-e', '@vars.yaml', '-vvv');
  expect(status).toBe(0);
  expect(stdout).toContain('******** open');
  expect(stdout + stderr).not.toContain('s3cret-token-1');
  const run = (await folder.run(['runs', '-i', 'inventory.yaml'])).stdout.split('\n')[1]?.split(' ')[0] ?? '';
  expect(folder.read(`.chatsctl/runs/${run}/events.ndjson`)).not.toContain('s3cret-token-1');
});

test('--report: a page, which runs report makes from the record too', async () => {
  await play('-e', 'who=x fails=yes', '--report', 'report.html');
  expect(folder.read('report.html')).toMatch(/<h2>What failed<\/h2>/);
  expect((await folder.run(['runs', 'report', '-i', 'inventory.yaml'])).stdout).toBe(folder.read('report.html'));
  await folder.run(['runs', 'report', '-i', 'inventory.yaml', '--out', 'again.html']);
  expect(folder.read('again.html')).toBe(folder.read('report.html'));
});

test('--junit: a testcase for each result', async () => {
  await play('-e', 'who=x fails=yes', '--junit', 'report.xml');
  expect(folder.read('report.xml')).toMatch(/<testsuites name="chatsctl" tests="2" failures="1"/);
});

test('a defect prints a stack and where to report it, status 1', async () => {
  const { status, stderr } = await folder.run(['play', 'site.yaml', '-e', 'who=x fails=no'], {
    before: (session) => void Object.assign(session, { packageDirectory: undefined }),
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/TypeError.*\n +at /);
  expect(stderr).toContain('This is a defect of chatsctl 0.1.0');
});

test('--resume runs the handlers that a failed run left pending', async () => {
  folder.write({
    'site.yaml': `- hosts: localhost
  gather_facts: false
  tasks:
    - copy: { dest: ${folder.path}/made, content: x }
      notify: restart
    - fail: { msg: broken }
      when: fails
  handlers:
    - name: restart
      debug: { msg: handler ran }
`,
  });
  const first = await play('-e', 'fails=yes');
  expect(first.status).toBe(2);
  expect(first.stdout).not.toContain('handler ran');
  const again = await play('-e', 'fails=no', '--resume');
  expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('handler ran') });
  expect((await play('-e', 'fails=no')).stdout).not.toContain('handler ran');
  expect(await play('-e', 'fails=no', '--resume', '20000101')).toMatchObject({ status: 4 });
});

test('--resume before the playbook does not swallow it', async () => {
  await play('-e', 'who=x fails=no');
  const argv = ['play', '-i', 'inventory.yaml', '-e', 'who=y fails=no', '--resume', 'site.yaml'];
  expect(await folder.run(argv)).toMatchObject({ status: 0, stdout: expect.stringContaining('hello y') });
});
