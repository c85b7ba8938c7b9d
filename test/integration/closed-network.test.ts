// Servers that do not download by themselves, and a Meetings server that another team keeps.
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { converse, plain } from '../lab/dialogue.js';
import { type Lab, startLab } from '../lab/lab.js';
import { sha256 } from '../lab/vendor/state.js';
import { Customer, type Played } from './customer.js';

const INSTALLER = '/opt/chats-installer/installer.sh';

let lab: Lab;
let first: Customer;

beforeAll(async () => {
  lab = await startLab();
  first = await Customer.of(lab, { identity: true });
  for (const name of ['prepare-host', 'certs']) expect(await first.play(name)).toMatchObject({ code: 0 });
});
afterAll(() => lab?.stop());

function failures({ tasks, stderr }: Played): string {
  const wrong = tasks.filter((each) => each.status === 'failed' || each.status === 'unreachable');
  return `${wrong.map(({ host, task, message }) => `${host}: ${task}: ${message}`).join('\n')}\n${stderr}`;
}

async function expectInstalled(customer: Customer): Promise<void> {
  for (const name of ['install-chats', 'link-meetings']) {
    const played = await customer.play(name);
    expect(played.code, failures(played)).toBe(0);
    expect(played.findings.filter((each) => each.status === 'unmet')).toEqual([]);
  }
  expect((await lab.counters()).starts).toEqual({ cfglink: 1, install: 1, token: 1 });
  expect(await customer.page('/chats/')).toBe(200);
}

const checksumsOnHosts = () =>
  Promise.all([lab.meetings, lab.chats].map(async (host) => (await host.run(`sha256sum ${INSTALLER}`)).slice(0, 64)));

/** Nothing went to either server, nothing was started there. */
async function expectNothingUploaded(): Promise<void> {
  for (const host of [lab.meetings, lab.chats]) expect(await host.exists(INSTALLER)).toBe(false);
  expect((await lab.counters()).starts).toEqual({ cfglink: 0, install: 0, token: 0 });
}

describe('installer_source: controller', () => {
  test('the control machine downloads once, beside the inventory and nowhere else; both servers get the same', async () => {
    const customer = await first.next({ installer_source: 'controller' });
    await lab.variant({ faults: ['changing-installer'] });
    await lab.control.host.run('touch /tmp/before');
    await expectInstalled(customer);
    const kept = await readFile(join(customer.folder, '.chatsctl', 'installer.sh'), 'utf8');
    expect(await checksumsOnHosts()).toEqual([sha256(kept), sha256(kept)]);
    expect((await lab.counters()).downloads).toBe(1);
    const written = await lab.control.host.run(
      `find / -xdev -newer /tmp/before -type f ! -path '/proc/*' ! -path '/sys/*' ! -path '/tmp/control-*' ! -path /tmp/before`,
    );
    const elsewhere = written.split('\n').filter((path) => path !== '' && !path.startsWith(customer.folder));
    expect(elsewhere).toEqual([]);
    expect(await lab.control.host.run(`find ${lab.folder} -newer /tmp/before -type f ! -path '${customer.folder}/*'`)).toBe('');
  });

  test('another checksum than the one that was given: nothing is uploaded', async () => {
    const customer = await first.next({ installer_source: 'controller', installer_checksum: `sha256:${'1'.repeat(64)}` });
    const played = await customer.play('install-chats');
    expect(played.code).toBe(2);
    expect(played.tasks.find((each) => each.status === 'failed')).toMatchObject({
      task: 'install-chats : INST-1 | the control machine downloads installer.sh',
      result: { outcome: 'content' },
    });
    await expect(stat(join(customer.folder, '.chatsctl', 'installer.sh'))).rejects.toThrow();
    await expectNothingUploaded();
  });
});

describe('installer_source: a file', () => {
  test('relative to the inventory; its checksum is verified, and nothing is downloaded', async () => {
    const installer = await lab.vendorHost.readFile('/lab/installer.sh');
    const customer = await first.next({ installer_source: 'files/offline.sh', installer_checksum: `sha256:${sha256(installer)}` });
    await writeFile(join(customer.folder, 'files', 'offline.sh'), installer);
    await expectInstalled(customer);
    expect(await checksumsOnHosts()).toEqual([sha256(installer), sha256(installer)]);
    expect((await lab.counters()).downloads).toBe(0);
  });

  const script = '#!/bin/sh\nexit 0\n';
  test.each([
    ['it is not there', undefined, {}, 'it is there, and a script'],
    ['it is a page', '<!DOCTYPE html>\n', {}, 'it is there, and a script'],
    ['it is another version', script, { installer_checksum: `sha256:${sha256('another')}` }, 'it is the one that was given'],
  ])('%s: nothing is uploaded', async (_, content, vars, task) => {
    const customer = await first.next({ installer_source: join(lab.folder, 'given', 'installer.sh'), ...vars });
    await mkdir(join(lab.folder, 'given'), { recursive: true });
    if (content !== undefined) await writeFile(join(lab.folder, 'given', 'installer.sh'), content);
    const played = await customer.play('install-chats');
    expect({ code: played.code, exit: played.recap?.exit }).toEqual({ code: 2, exit: 2 });
    expect(played.tasks.filter((each) => each.status === 'failed').map((each) => each.task)).toEqual([`install-chats : INST-1 | ${task}`]);
    await expectNothingUploaded();
  });
});

describe('a Meetings server that another team keeps', () => {
  let customer: Customer;
  const TEAM = 'Meetings team (A. Ivanova)';

  beforeAll(async () => {
    customer = await first.next();
    const inventory = parse(await readFile(customer.inventory, 'utf8')) as { all: { children: Record<string, unknown> } };
    delete inventory.all.children.meetings;
    await writeFile(customer.inventory, stringify(inventory));
  });

  /** The command that a finding of the run tells somebody to run; what it says to a person is in both languages. */
  async function commandFor(playbook: string, clause: string, code: number): Promise<string> {
    const played = await customer.play(playbook);
    expect(played.code, failures(played)).toBe(code);
    const unmet = played.findings.filter((each) => each.status === 'unmet' && each.clause === clause);
    expect(unmet).toHaveLength(1);
    const { command = '', remedy = '', ru } = unmet[0] ?? {};
    for (const language of ['en', 'ru']) {
      const { stdout } = await customer.playPlain(playbook, ['--lang', language]);
      const text = folded(stdout);
      expect(text).toContain(folded(command));
      expect(text).toContain(folded((language === 'ru' ? ru?.remedy : remedy) ?? 'no remedy'));
    }
    expect(ru?.remedy).toMatch(/\p{Script=Cyrillic}/u);
    return command;
  }

  /** A table wraps where it likes. */
  const folded = (text: string) => text.replace(/\s+/g, '');

  /** As that team does on its own server, by its own hands. */
  async function byHand(command: string, turns: [RegExp, string][]): Promise<string> {
    const done = await converse(lab.meetings, command.replaceAll('sudo ', ''), turns, { cwd: '/root' });
    expect(done.code, done.transcript).toBe(0);
    return plain(done.transcript);
  }

  async function take(name: string, value: string): Promise<void> {
    const { code, stderr } = await customer.run(['secrets', 'set', name, '--from', TEAM], value);
    expect(code, stderr).toBe(0);
  }

  test('the commands for that team, values taken back with who gave them, the link, and that it is done', async () => {
    const [domain] = lab.names.chats;
    const before = await lab.meetings.snapshot(['/etc', '/opt', '/var/lib']);
    const cfglink = await commandFor('install', 'ROLE-1', 2);
    expect((await lab.counters()).starts).toEqual({ cfglink: 0, install: 0, token: 0 });

    const said = await byHand(cfglink, [[/domain name: $/, domain]]);
    await take('chat_client_id', /Client ID: (\S+)/.exec(said)?.[1] ?? '');
    await take('chat_client_secret', /Client secret: (\S+)/.exec(said)?.[1] ?? '');

    const installed = await customer.play('install');
    expect(installed.code, failures(installed)).toBe(0);
    expect(Object.keys(installed.recap?.hosts ?? {}).sort()).toEqual(['chat1', 'localhost']);
    const token = (await customer.value('chat_integration_token')) ?? '';
    expect((await lab.vendor.issued()).tokens).toEqual([token]);

    const link = await commandFor('link-meetings', 'LINK-1', 0);
    await byHand(link, [
      [/domain name: $/, domain],
      [/token: $/, token],
    ]);
    await take('chat_linked_token', token);
    const after = await customer.play('link-meetings');
    expect(after.findings.filter((each) => each.clause === 'LINK-1')).toMatchObject([{ status: 'met' }]);

    const stored = await customer.stored();
    for (const name of ['chat_client_id', 'chat_client_secret', 'chat_linked_token']) expect(stored[name]).toContain(TEAM);
    expect(stored.chat_integration_token).toContain('chat1: chats-install');
    expect((await lab.counters()).successes).toEqual({ cfglink: 1, install: 1, token: 1 });

    // By that team's hands alone: its own download, and what the vendor's programs do.
    await lab.meetings.run('rm -f /opt/webinar/etc/chats');
    expect(await lab.meetings.snapshot(['/etc', '/opt', '/var/lib'])).toBe(before);
  });
});
