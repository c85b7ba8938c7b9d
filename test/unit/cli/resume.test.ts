import { afterEach, beforeEach, expect, test } from 'vitest';
import { Folder } from './harness.js';

let folder: Folder;
beforeEach(() => {
  folder = new Folder().write({ 'inventory.yaml': 'all: { hosts: { web1: { ansible_connection: local } } }\n' });
  folder.write({
    'site.yaml': `- hosts: web1
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
    'other.yaml': '- { hosts: web1, gather_facts: false, tasks: [{ debug: { msg: other } }] }\n',
  });
});
afterEach(() => folder.remove());

const play = (playbook: string, ...words: string[]) => folder.run(['play', playbook, '-i', 'inventory.yaml', '--no-input', ...words]);
const TITLE = 'HANDLERS NOTIFIED BUT NOT RUN';

test('what a run left pending is kept by the runs after it, told at their start and in the recap, until --resume runs it', async () => {
  await play('site.yaml', '-e', 'fails=yes');
  for (const _ of [1, 2]) {
    const plain = await play('site.yaml', '-e', 'fails=no');
    expect(plain.status).toBe(0);
    expect(plain.stdout).not.toContain('handler ran');
    expect(plain.stdout).toContain('earlier runs notified and did not run stay pending: web1: restart');
    expect(plain.stdout).toMatch(/HANDLERS NOTIFIED BUT NOT RUN \*+\nweb1: restart\nThey run with: .*--resume\n/);
  }
  await play('other.yaml');
  const again = await play('site.yaml', '-e', 'fails=no', '--resume');
  expect(again.stdout.match(/handler ran/g)).toHaveLength(1);
  expect(again.stdout).not.toContain(TITLE);
  const after = await play('site.yaml', '-e', 'fails=no');
  expect(after.stdout).not.toContain('restart');
});

test('a resumed run that fails again keeps them', async () => {
  await play('site.yaml', '-e', 'fails=yes');
  expect((await play('site.yaml', '-e', 'fails=yes', '--resume')).stdout).toContain(TITLE);
  expect((await play('site.yaml', '-e', 'fails=no', '--resume')).stdout).toContain('handler ran');
});

test('the playbook is the same however it is typed', async () => {
  await play('./site.yaml', '-e', 'fails=yes');
  const argv = ['play', `${folder.path}/site.yaml`, '-i', `${folder.path}/inventory.yaml`, '-e', 'fails=no', '--resume'];
  expect(await folder.run(argv)).toMatchObject({ status: 0, stdout: expect.stringContaining('handler ran') });
});

test('a run of another playbook is refused', async () => {
  await play('other.yaml');
  const run = (await folder.run(['runs', '-i', 'inventory.yaml'])).stdout.split('\n')[1]?.split(' ')[0] ?? '';
  await play('site.yaml', '-e', 'fails=yes');
  const refused = await play('site.yaml', '-e', 'fails=no', '--resume', run);
  expect(refused).toMatchObject({ status: 4, stderr: expect.stringContaining('was not of this playbook: play other.yaml') });
});

test('a check run says what would stay pending, and nothing of --resume, which does not go on from it', async () => {
  const checked = await play('site.yaml', '-e', 'fails=yes', '--check');
  expect(checked.stdout).toContain(`${TITLE} `);
  expect(checked.stdout).not.toContain('--resume');
  expect((await play('site.yaml', '-e', 'fails=no', '--resume')).status).toBe(4);
});
