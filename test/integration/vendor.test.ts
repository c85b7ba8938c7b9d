// The vendor misbehaves: each time one clear error, at once, with the contract's status; nothing counts as done; and the next good run goes on
// without repeating a step that was done. What was issued on the way is not lost.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Lab, startLab } from '../lab/lab.js';
import type { Fault } from '../lab/vendor/variant.js';
import { Customer, type Played, type TaskEvent } from './customer.js';

const MARKERS = '/var/lib/chatsctl/once';
const CFGLINK = 'install-chats : INST-2 | installer.sh --cfglink gives Client ID and Client secret';
const INSTALL = 'install-chats : INST-6 | installer.sh installs Chats and gives the Integrational token';
const TOKEN = 'link-meetings : LINK-1 | add_chats_token.sh hands the Integrational token over';
const DOWNLOAD = 'install-chats : INST-1 | the server downloads installer.sh';
/** Clocks of the dialogue that a test can wait for. */
const IMPATIENT = { installer_prompt_timeout: '3s' };
/** Seconds until an error is there, on two busy cores. */
const AT_ONCE = 45;

let lab: Lab;
let first: Customer;
let customer: Customer;

beforeAll(async () => {
  lab = await startLab();
  first = await Customer.of(lab, { identity: true });
  for (const name of ['prepare-host', 'certs']) expect(await first.play(name)).toMatchObject({ code: 0 });
});
afterAll(() => lab?.stop());
beforeEach(async () => {
  customer = await first.next(IMPATIENT);
});

/** One run of everything that is the vendor's: both one-way steps and the link. */
async function play(args: string[] = []): Promise<Played> {
  const book = join(lab.folder, 'vendors-steps.yaml');
  const folder = fileURLToPath(new URL('../../playbooks/', import.meta.url));
  await writeFile(book, ['install-chats', 'link-meetings'].map((name) => `- import_playbook: ${folder}${name}.yaml\n`).join(''));
  return customer.play(book, args);
}

async function vendorDoes(...faults: Fault[]): Promise<void> {
  await lab.variant({ faults });
}

/** The run ended with the contract's status, within the time, because of this task alone; its result is the answer. */
function failedAt(played: Played, task: string, seconds = AT_ONCE): Record<string, unknown> {
  expect({ code: played.code, exit: played.recap?.exit, stderr: played.stderr }, shown(played)).toEqual({ code: 2, exit: 2, stderr: '' });
  expect(played.seconds, 'seconds').toBeLessThan(seconds);
  const bad = played.tasks.filter((each) => each.status === 'failed');
  expect(bad[0]?.task, shown(played)).toBe(task);
  return bad[0]?.result as Record<string, unknown>;
}

function shown({ tasks, stderr }: Played): string {
  const wrong = tasks.filter((each: TaskEvent) => each.status === 'failed' || each.status === 'unreachable');
  return `${wrong.map(({ host, task, message }) => `${host}: ${task}: ${message}`).join('\n')}\n${stderr}`;
}

/** Neither proof of a step is there: no value in the store, no marker on the host. */
async function expectNotDone(...steps: ('chats-cfglink' | 'chats-install' | 'chats-token')[]): Promise<void> {
  const markers = await lab.chats.run(`ls ${MARKERS} 2>/dev/null; true`);
  const there = (markers + (await lab.meetings.run(`ls ${MARKERS} 2>/dev/null; true`))).split('\n');
  const names = { 'chats-cfglink': 'chat_client_secret', 'chats-install': 'chat_integration_token', 'chats-token': 'chat_linked_token' };
  const kept = await customer.stored();
  for (const step of steps) {
    expect(there).not.toContain(step);
    expect(Object.keys(kept)).not.toContain(names[step]);
  }
}

interface Starts {
  cfglink: number;
  install: number;
  token: number;
}

/** The vendor is well again: the run ends well, and what was started in all is this. */
async function expectGoodRun(starts: Starts, args: string[] = []): Promise<void> {
  await vendorDoes();
  await expectInstalled(await play(args), starts);
}

async function expectInstalled(played: Played, starts: Starts): Promise<void> {
  expect(played.code, shown(played)).toBe(0);
  const counters = await lab.counters();
  expect(counters.starts).toEqual(starts);
  expect(counters.successes.token).toBe(1);
  const issued = await lab.vendor.issued();
  expect(await customer.value('chat_client_secret')).toBe(issued.clientSecrets.at(-1));
  expect(await customer.value('chat_integration_token')).toBe(issued.tokens.at(-1));
  expect(await customer.page('/chats/')).toBe(200);
  expect(await lab.chats.run('ls -A /var/lib/chatsctl/jobs')).toBe('');
  expect(await lab.meetings.run('ls -A /var/lib/chatsctl/jobs')).toBe('');
}

describe('what is downloaded', () => {
  test('a web page, nothing at all, another version than the one that was given: refused before anything is run', async () => {
    const bad: [Fault[], string[], Record<string, unknown>][] = [
      [['html-installer'], [], { outcome: 'content', status_code: 200 }],
      [['missing-installer'], [], { status_code: 404 }],
      [[], ['-e', `installer_checksum=sha256:${'0'.repeat(64)}`], { outcome: 'content' }],
    ];
    for (const [faults, args, result] of bad) {
      await vendorDoes(...faults);
      expect(failedAt(await play(args), DOWNLOAD)).toMatchObject(result);
      expect(await lab.meetings.exists('/opt/chats-installer/installer.sh')).toBe(false);
    }
    await expectNotDone('chats-cfglink', 'chats-install');
    expect((await lab.counters()).starts).toEqual({ cfglink: 0, install: 0, token: 0 });
    await expectGoodRun({ cfglink: 1, install: 1, token: 1 });
  });

  test('"latest" is another version on the second server: a warning with both checksums', async () => {
    await vendorDoes('changing-installer');
    const played = await play();
    await expectInstalled(played, { cfglink: 1, install: 1, token: 1 });
    const sums = await Promise.all([lab.meetings, lab.chats].map((host) => host.run('sha256sum /opt/chats-installer/installer.sh')));
    const [there = '', here = ''] = sums.map((line) => line.slice(0, 64));
    expect(here).not.toBe(there);
    const [warning, ...more] = played.findings.filter((each) => each.status === 'unmet');
    expect(more).toEqual([]);
    expect(warning).toMatchObject({ clause: 'INST-5', severity: 'warning', host: 'chat1' });
    expect(warning?.found).toContain(here);
    expect(warning?.found).toContain(there);
  });
});

describe('the installer', () => {
  test('cannot reach a registry: PORT-3, not a wrong password', async () => {
    await vendorDoes('registry-unauthorized');
    const played = await play();
    expect(failedAt(played, INSTALL)).toMatchObject({ code: 'job/said-failure', rc: 1, hint: expect.stringMatching(/\b443\b/) });
    expect(played.findings.filter((each) => each.status === 'unmet')).toMatchObject([
      { clause: 'PORT-3', severity: 'fatal', host: 'chat1' },
    ]);
    await expectNotDone('chats-install');
    expect((await lab.counters()).starts).toEqual({ cfglink: 1, install: 1, token: 0 });
    await expectGoodRun({ cfglink: 1, install: 2, token: 1 });
  });

  test('says that it failed, and ends with 0', async () => {
    await vendorDoes('failure-exit-0');
    expect(failedAt(await play(), INSTALL)).toMatchObject({ code: 'job/said-failure', rc: 0 });
    await expectNotDone('chats-install');
    await expectGoodRun({ cfglink: 1, install: 2, token: 1 });
  });

  test('gives a token and ends with 3: not done; the token is kept apart', async () => {
    await vendorDoes('token-exit-3');
    expect(failedAt(await play(), INSTALL)).toMatchObject({
      code: 'job/issued-and-failed',
      rc: 3,
      kept: 'chat_integration_token_unconfirmed',
    });
    await expectNotDone('chats-install');
    const [token] = (await lab.vendor.issued()).tokens;
    expect(await customer.value('chat_integration_token_unconfirmed')).toBe(token);
    await expectGoodRun({ cfglink: 1, install: 2, token: 1 });
    expect(await customer.value('chat_integration_token_unconfirmed')).toBe(token);
  });

  test('--cfglink gives both values and ends with 3: not done; they are kept apart, and no step follows', async () => {
    await vendorDoes('link-exit-3');
    expect(failedAt(await play(), CFGLINK)).toMatchObject({ code: 'job/issued-and-failed', rc: 3 });
    await expectNotDone('chats-cfglink', 'chats-install');
    expect((await lab.counters()).starts).toEqual({ cfglink: 1, install: 0, token: 0 });
    const { clientIds, clientSecrets } = await lab.vendor.issued();
    expect(await customer.value('chat_client_id_unconfirmed')).toBe(clientIds[0]);
    expect(await customer.value('chat_client_secret_unconfirmed')).toBe(clientSecrets[0]);
    await expectGoodRun({ cfglink: 2, install: 1, token: 1 });
  });

  test('reports its success in words that nobody knows: it is not run again, its words are read again', async () => {
    await lab.variant({ wording: { install_done: 'Le produit est en place.' } });
    expect(failedAt(await play(), INSTALL)).toMatchObject({ code: 'job/no-success' });
    await expectNotDone('chats-install');
    await expectGoodRun({ cfglink: 1, install: 1, token: 1 }, ['-e', '{"installer_success_pattern": "est en place"}']);
  });
});

describe('the dialogue', () => {
  test('a first answer that is refused is given again', async () => {
    await vendorDoes('repeated-prompt');
    await expectInstalled(await play(), { cfglink: 1, install: 1, token: 1 });
    const { answers } = await lab.counters();
    expect(answers.filter(({ question }) => question === 'licence').map(({ accepted }) => accepted)).toEqual([false, true]);
  });

  test('the same question again and again: given up after three answers; the waiting program gets the right one from the next run', async () => {
    await vendorDoes('endless-prompt');
    expect(failedAt(await play(), INSTALL)).toMatchObject({ code: 'job/refused', prompt: 'licence key', times: 3 });
    await expectNotDone('chats-install');
    expect((await lab.counters()).answers.filter(({ question }) => question === 'licence')).toHaveLength(3);
    await expectGoodRun({ cfglink: 1, install: 1, token: 1 });
  });

  test('a question that nobody knows: the masked end of the dialogue, and the variables to extend; the next run answers it and goes on', async () => {
    const question = 'Shall we phone home? [j/n] ';
    await lab.variant({ faults: ['unknown-question'], wording: { unknown_question: question } });
    const played = await play();
    const { tail, ...told } = failedAt(played, CFGLINK);
    expect(told).toMatchObject({
      code: 'job/unmatched-prompt',
      extend: 'installer_responses',
      expected: 'chat domain name (installer_chat_domain_prompt)',
    });
    expect(tail).toContain(question.trim());
    await expectNotDone('chats-cfglink', 'chats-install');
    const args = ['-e', '{"installer_responses": {"phone home": "n"}}'];
    await expectInstalled(await play(args), { cfglink: 1, install: 1, token: 1 });
  });

  test('a secret that is shown before an unknown question is masked in the end of the dialogue', async () => {
    await lab.variant({ wording: { ask_client_secret: '\nGeheimnis? ' } });
    const played = await play();
    const { tail, ...told } = failedAt(played, INSTALL);
    expect(told).toMatchObject({
      code: 'job/unmatched-prompt',
      expected: expect.stringMatching(/^Client secret \(installer_client_secret_prompt\)/),
    });
    expect(tail).toContain('Geheimnis?');
    const [id = ''] = (await lab.vendor.issued()).clientIds;
    for (const secret of [id, lab.secrets.licenseKey]) expect(played.stdout).not.toContain(secret);
    await expectGoodRun({ cfglink: 1, install: 1, token: 1 }, ['-e', '{"installer_client_secret_prompt": "Geheimnis"}']);
  });
});

describe('a program that does not end', () => {
  test('it hangs: given up after the time of silence; ended by hand, the next run starts it again', async () => {
    await vendorDoes('hang');
    expect(failedAt(await play(), INSTALL)).toMatchObject({ code: 'job/unmatched-prompt', id: 'chats-install' });
    await expectNotDone('chats-install');
    await vendorDoes();
    expect((await customer.run(['jobs', 'stop', 'chats-install'])).code).toBe(0);
    await expectGoodRun({ cfglink: 1, install: 2, token: 1 });
  });

  test('it talks on: given up after the time of the whole dialogue', async () => {
    await vendorDoes('endless-output');
    expect(failedAt(await play(['-e', 'installer_timeout=6s']), INSTALL)).toMatchObject({ code: 'job/timeout', limit: '6.0s' });
    await expectNotDone('chats-install');
    expect((await customer.run(['jobs', 'stop', 'chats-install'])).code).toBe(0);
    await expectGoodRun({ cfglink: 1, install: 2, token: 1 });
  });

  test('it floods: ended before the disk is full, within bounds of memory and of what is shown', async () => {
    // A small disk: the transcript may take a tenth of it, 16 MiB at least.
    await lab.chats.run('mkdir -p /var/lib/chatsctl/jobs && mount -t tmpfs -o size=64m,mode=700 none /var/lib/chatsctl/jobs');
    try {
      await vendorDoes('flood');
      const played = await play();
      expect(failedAt(played, INSTALL, 90)).toMatchObject({ code: 'job/output-limit', bytes: 16 * 1024 * 1024 });
      expect(played.stdout.length).toBeLessThan(1_000_000);
      expect(played.peakMemory, 'MiB').toBeLessThan(500);
      expect(Number(await lab.chats.run('du -sm /var/lib/chatsctl/jobs | cut -f1'))).toBeLessThan(20);
      await expectNotDone('chats-install');
      await expectGoodRun({ cfglink: 1, install: 2, token: 1 });
    } finally {
      await lab.chats.run('umount /var/lib/chatsctl/jobs');
    }
  });
});

describe('the token is handed over', () => {
  test('it is refused: not done; nothing is installed again', async () => {
    await vendorDoes('token-rejected');
    expect(failedAt(await play(), TOKEN)).toMatchObject({ code: 'job/said-failure', rc: 1 });
    await expectNotDone('chats-token');
    await expectGoodRun({ cfglink: 1, install: 1, token: 2 });
  });

  test('it ends with 0 without a word: done', async () => {
    await vendorDoes('token-silent');
    await expectInstalled(await play(), { cfglink: 1, install: 1, token: 1 });
  });
});
