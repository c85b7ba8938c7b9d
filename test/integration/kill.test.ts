// chatsctl is killed, or its connection to the Chats server, at the delicate points of the installer's dialogue: the same command again, or the
// reconnection by itself, ends well; the vendor counts one start of each program, and each question answered once.
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ControlProcess } from '../lab/control.js';
import type { CommandResult } from '../lab/docker.js';
import { type Gate, gateBefore } from '../lab/gate.js';
import { type Lab, startLab } from '../lab/lab.js';

const JOB = '/var/lib/chatsctl/jobs/chats-install';
const MARKER = '/var/lib/chatsctl/once/chats-install';
const ENV = { CHATSCTL_SECRETS_PASSPHRASE: 'a passphrase of tests', NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt' };

/** Conditions on the Chats server, as sh knows them. */
const asked = `grep -q 'License key' ${JOB}/out`;
const answered = (count: number) => `[ "$(grep -c ' sent ' ${JOB}/answers)" = ${count} ]`;
const lastIsSending = `tail -n 1 ${JOB}/answers | grep -q ' sending '`;
const ended = `[ -e ${JOB}/rc ]`;
const not = (condition: string) => `! { ${condition}; }`;

/** A moment of the dialogue: `at` begins it, and as long as `still` holds it has not passed. */
interface Moment {
  readonly name: string;
  readonly at: string;
  readonly still: string;
  /** Seconds that the installer lets pass: before each question, and while it installs. */
  readonly slow?: { readonly pause?: number; readonly silence?: number };
  /** Holds a program of the host there. */
  readonly gate?: readonly [program: string, condition: string];
}

const silence: Moment = {
  name: 'in the long silence',
  at: `${answered(3)} && grep -q 'Starting' ${JOB}/out`,
  still: not(ended),
  slow: { silence: 5 },
};
const moments: readonly Moment[] = [
  { name: 'before the first prompt', at: `[ -s ${JOB}/out ]`, still: not(asked), slow: { pause: 2 } },
  { name: 'between prompts', at: answered(1), still: `[ "$(grep -c . ${JOB}/answers)" = 2 ]`, slow: { pause: 2 } },
  // The answer is written to the installer's terminal by cat.
  {
    name: 'between "sending" and "sent"',
    at: lastIsSending,
    still: lastIsSending,
    gate: ['cat', `[ "$(readlink /proc/$$/fd/1)" = ${JOB}/in ]`],
  },
  silence,
  // What the host tells of a job passes through base64: chatsctl does not learn that the installer has ended.
  { name: 'after success, before collection', at: ended, still: `[ -e ${JOB}/out ]`, gate: ['base64', ended] },
];

/** Between the proofs that the step is done: value in the store, marker on the host, and the job's end of life. */
const proofs: readonly Moment[] = [
  {
    name: 'after the token is stored, before its job is collected',
    at: ended,
    still: `[ -e ${JOB}/out ] && ! [ -e ${MARKER} ]`,
    gate: ['mv', `[ "$2" = ${JOB}/collected ]`],
  },
  {
    name: 'after the step is marked as done, before its job is forgotten',
    at: `[ -e ${MARKER} ]`,
    still: `[ -e ${JOB}/collected ]`,
    gate: ['rm', `[ "$2" = ${JOB} ]`],
  },
];

let lab: Lab;
let gate: Gate | undefined;
let customers = 0;

beforeAll(async () => {
  lab = await startLab();
  const first = await lab.writeInventory();
  await control(['secrets', 'init', '-i', first.inventory, '--no-input']);
  await control(['secrets', 'set', 'chat_license_key', '-i', first.inventory, '--no-input'], lab.secrets.licenseKey);
});
afterAll(() => lab?.stop());
afterEach(async () => {
  await gate?.remove();
  gate = undefined;
});

async function control(args: string[], input?: string): Promise<CommandResult> {
  const result = await lab.control.run(args, { env: ENV, ...(input !== undefined && { input }) });
  if (result.code !== 0) throw new Error(`chatsctl ${args.join(' ')} ended with ${result.code}:\n${result.stdout}${result.stderr}`);
  return result;
}

/** A customer who has nothing yet: the servers as before the first one-way step, the vendor without records, a folder of its own. */
async function newCustomer(): Promise<string> {
  const forget = 'rm -rf /var/lib/chatsctl/once /var/lib/chatsctl/jobs';
  await lab.chats.run(`systemctl stop nginx; ${forget} /opt/chats /etc/nginx/sites-enabled/chats`);
  await lab.meetings.run(`${forget} /opt/webinar/etc/chats`);
  await lab.vendor.reset();
  const folder = join(lab.folder, `customer-${++customers}`);
  await mkdir(folder);
  await cp(join(lab.folder, 'customer', 'secrets.age'), join(folder, 'secrets.age'));
  return (await lab.writeInventory(folder)).inventory;
}

function play(inventory: string): ControlProcess {
  return lab.control.start(['play', 'playbooks/install.yaml', '-i', inventory, '--no-input'], { env: ENV });
}

/** Starts the installation and follows it to the moment. */
async function playTo(moment: Moment, inventory: string): Promise<ControlProcess> {
  if (moment.gate) gate = await gateBefore(lab.chats, ...moment.gate);
  const running = play(inventory);
  const early = running.finished.then((result) => {
    throw new Error(`before the moment "${moment.name}": ${shown(result)}`);
  });
  early.catch(() => {});
  const until = async (poll: () => Promise<boolean>): Promise<void> => {
    while (!(await poll())) await Promise.race([early, new Promise((resolve) => setTimeout(resolve, 50))]);
  };
  // The installer alone is slow: its variant is taken at its start.
  await until(async () => (await lab.counters()).successes.cfglink === 1);
  if (moment.slow) await lab.variant(moment.slow);
  await until(async () => (await lab.counters()).starts.install === 1);
  await lab.variant({ pause: 0, silence: 0 });
  const at = moment.gate && gate ? `${gate.reached} && ${moment.at}` : moment.at;
  await Promise.race([early, lab.chats.run(`timeout 60 sh -c ${quoted(`until { ${at}; } 2>/dev/null; do sleep 0.05; done`)}`)]);
  return running;
}

/** How a run went, as far as a failed test wants to know it. */
function shown({ code, stdout, stderr }: CommandResult): string {
  const [tasks = '', recap = ''] = stdout.split('PLAY RECAP');
  return `it ended with ${code}\n${tasks.split('FINDINGS')[0]?.slice(-3_000)}\n${recap}\n${stderr}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The blow fell within the moment. */
async function expectStill(moment: Moment): Promise<void> {
  expect((await lab.chats.exec(`{ ${moment.still}; } 2>/dev/null`)).code, `the moment "${moment.name}" has not passed`).toBe(0);
}

async function expectInstalledOnce(result: CommandResult, inventory: string): Promise<void> {
  expect(result.code, shown(result)).toBe(0);
  const { starts, successes, answers } = await lab.counters();
  expect(starts).toEqual({ cfglink: 1, install: 1, token: 1 });
  expect(successes).toEqual({ cfglink: 1, install: 1, token: 1 });
  expect(answers.map(({ program, question, accepted }) => `${program} ${question} ${accepted}`)).toEqual([
    'cfglink domain true',
    'install licence true',
    'install client_id true',
    'install client_secret true',
    'token domain true',
    'token token true',
  ]);
  expect([await statusOf('/chats/'), await statusOf('/')]).toEqual([200, 403]);
  expect(await lab.chats.run('ls -A /var/lib/chatsctl/jobs')).toBe('');

  const again = await play(inventory).finished;
  expect(again.code, again.stdout + again.stderr).toBe(0);
  expect(
    [...again.stdout.matchAll(/changed=(\d+)/g)].map(([, changed]) => Number(changed)),
    again.stdout,
  ).toEqual([0, 0, 0]);
  expect((await lab.counters()).starts).toEqual({ cfglink: 1, install: 1, token: 1 });
}

/** Of a page as the control machine sees it, its certificate verified. */
async function statusOf(path: string): Promise<number> {
  const script = `fetch('https://${lab.names.chats[0]}${path}').then((r) => console.log(r.status))`;
  return Number((await lab.control.startProgram(['node', '-e', script], { env: ENV }).finished).stdout);
}

describe('chatsctl is killed', () => {
  test.each([...moments, ...proofs].map((moment) => [moment.name, moment] as const))('%s', async (_, moment) => {
    const inventory = await newCustomer();
    const running = await playTo(moment, inventory);
    await running.kill('SIGKILL');
    expect((await running.finished).code).toBe(137);
    await expectStill(moment);
    const next = play(inventory);
    // What the killed run had begun on the host still holds it: the next run lets it end, and says so.
    if (gate) {
      await next.waitForOutput(/waiting for another run to end: \[chat1\]/);
      await expectStill(moment);
      await gate.open();
    }
    await expectInstalledOnce(await next.finished, inventory);
  });
});

describe('the SSH session is killed', () => {
  test.each(moments.map((moment) => [moment.name, moment] as const))('%s', async (_, moment) => {
    const inventory = await newCustomer();
    const running = await playTo(moment, inventory);
    expect(await lab.chats.killSshSessions()).toBeGreaterThan(0);
    await running.waitForOutput(/reconnected: \[chat1\]/);
    await expectStill(moment);
    await gate?.open();
    await expectInstalledOnce(await running.finished, inventory);
  });
});

test('the Chats server is restarted while it installs: nothing is started again before the operator says so', async () => {
  const inventory = await newCustomer();
  const running = await playTo(silence, inventory);
  await running.kill('SIGKILL');
  await expectStill(silence);
  // All machines of the laboratory have one kernel, so one boot id.
  await lab.chats.run(`echo 5f0c7b1e-0000-4000-8000-000000000000 >${JOB}/boot_id`);
  await lab.chats.container.restart({ timeout: 1 });
  const refused = await play(inventory).finished;
  expect(refused.code, shown(refused)).toBe(2);
  expect(refused.stdout).toMatch(/the host was restarted/);
  expect((await lab.counters()).starts).toMatchObject({ install: 1, token: 0 });
  await control(['jobs', 'stop', 'chats-install', '-i', inventory, '--no-input']);
  const again = await play(inventory).finished;
  expect(again.code, shown(again)).toBe(0);
  expect((await lab.counters()).starts).toEqual({ cfglink: 1, install: 2, token: 1 });
  expect(await statusOf('/chats/')).toBe(200);
});
