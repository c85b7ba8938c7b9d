// One canary for every way that a secret can take, said aloud in every way that a playbook has. Whether a run passes, fails, is interrupted or is
// killed, and whatever it writes for: none sings in what is written, recorded, listed among the processes or left on a host.
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ControlProcess } from '../lab/control.js';
import type { CommandResult } from '../lab/docker.js';
import { type Lab, startLab } from '../lab/lab.js';
import { sampleArgv } from '../lab/sample-argv.js';
import { Canaries, type CanaryName, said } from './canaries.js';
import { writeInputs, writePrograms } from './canary-inputs.js';

const OUTPUTS = ['plain', 'json', 'pretty'] as const;
type Output = (typeof OUTPUTS)[number];

let lab: Lab;
let folder: string;
let canaries: Canaries;
let sampler: ReturnType<typeof sampleArgv>;
/** By title: all that it wrote. */
const ended = new Map<string, CommandResult>();

beforeAll(async () => {
  lab = await startLab({ sudo: 'password' });
  canaries = new Canaries({ become: lab.secrets.userPassword });
  folder = await writeInputs(lab, canaries);
  await writePrograms(lab.chats, canaries);
  for (const [args, input] of [
    [['init'], undefined],
    [['set', 'kept'], canaries.of('store')],
    [['set', 'ansible_become_password'], canaries.of('become')],
  ] as const) {
    const done = await lab.control.run(['secrets', ...args, ...inventory()], { env: environment(), ...(input !== undefined && { input }) });
    expect(done.code, done.stderr).toBe(0);
  }
  sampler = sampleArgv([lab.control.host, lab.chats]);
});
afterAll(() => lab?.stop());

const at = (name: string) => join(folder, name);
const inventory = () => ['-i', at('inventory.yaml')];
const environment = () => ({ CHATSCTL_SECRETS_PASSPHRASE: canaries.of('passphrase') });

function words(playbook: string, output: Output): string[] {
  const program = ['node', join(process.cwd(), 'dist/cli.js'), 'play', at(playbook), ...inventory()];
  const given = ['-e', `a_extra=${canaries.of('extra')}`, '-e', `@${at('extra.yaml')}`];
  const how = output === 'pretty' ? [] : ['--no-input', '--output', output, '-e', `@${at('asked.yaml')}`];
  return [...program, ...given, ...how, '-vvvv', '--diff', '--junit', at('report.xml'), '--report', at('report.html')];
}

/** On a terminal the program has somebody to ask: it is told there what others get with `-e`. */
function start(playbook: string, output: Output): ControlProcess {
  const running = lab.control.startProgram(words(playbook, output), { env: environment(), terminal: output === 'pretty' });
  if (output === 'pretty') {
    void running.waitForOutput(/Tell the canary/).then(
      () => running.write(`${canaries.of('asked')}\r`),
      () => {},
    );
  }
  return running;
}

async function filesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return Promise.all(entries.filter((each) => each.isFile()).map((each) => readFile(join(each.parentPath, each.name), 'latin1')));
}

/** Said by every run. */
const ALWAYS: CanaryName[] = [
  ...(['inventory', 'field', 'extra', 'file', 'store', 'captured', 'loop', 'url', 'environment', 'stdin'] as const),
  ...(['asked', 'fact', 'become', 'keypass'] as const),
];

async function expectSilence(title: string, result: CommandResult): Promise<void> {
  ended.set(title, result);
  expect([canaries.leaks(result.stdout), canaries.leaks(result.stderr)], title).toEqual([[], []]);
  const text = result.stdout.replaceAll('\\u001b', '');
  expect(said(text), text.slice(-4000)).toEqual(expect.arrayContaining(ALWAYS));
  // The SSH library's own words are among it.
  expect(result.stdout + result.stderr).toMatch(/Handshake|KEX|USERAUTH/i);
}

describe.each(OUTPUTS)('%s', (output) => {
  test('a run that passes', async () => {
    await lab.chats.run('rm -f /root/aloud');
    const result = await start('pass.yaml', output).finished;
    expect(result.code, result.stdout + result.stderr).toBe(0);
    await expectSilence(`passes: ${output}`, result);
    expect(said(result.stdout)).toContain('diff');
    expect(result.stdout).toContain('other = 1');
    expect(await lab.chats.readFile('/root/aloud')).toBe(`diff <${canaries.of('diff')}>\nother = 1\n`);
  });

  test('a run that fails', async () => {
    const result = await start('fail.yaml', output).finished;
    expect(result.code, result.stdout + result.stderr).toBe(2);
    await expectSilence(`fails: ${output}`, result);
    expect(said(result.stdout)).toContain('error');
    for (const name of ['report.xml', 'report.html']) {
      const report = await readFile(at(name), 'utf8');
      expect(canaries.leaks(report)).toEqual([]);
      expect(report).toContain('error &lt;********&gt;');
    }
  });

  test.each(['SIGINT', 'SIGKILL'] as const)('a run that gets %s in the middle of a dialogue', async (signal) => {
    const running = start('wait.yaml', output);
    await Promise.race([waits(), running.finished.then(({ stdout, stderr }) => Promise.reject(new Error(stdout + stderr)))]);
    await signalAll(signal);
    const result = await running.finished;
    expect(result.code).toBe(signal === 'SIGINT' ? 130 : 137);
    await expectSilence(`${signal}: ${output}`, result);
    const stopped = await lab.control.run(['jobs', 'stop', 'canary-wait', ...inventory(), '--no-input'], { env: environment() });
    expect(stopped.code, stopped.stderr).toBe(0);
    expect(canaries.leaks(stopped.stdout + stopped.stderr)).toEqual([]);
  });
});

/** Until the program waits, its answer echoed. */
function waits(): Promise<string> {
  return lab.chats.run(`timeout 120 sh -c 'until grep -q waiting /var/lib/chatsctl/jobs/canary-wait/out 2>/dev/null; do sleep 0.1; done'`);
}

/** To chatsctl itself, whatever it was started by. */
async function signalAll(signal: 'SIGINT' | 'SIGKILL'): Promise<void> {
  const isNode = '[ "$(basename "$(readlink $each/exe)")" = node ]';
  await lab.control.host.run(
    `for each in /proc/[0-9]*; do if ${isNode} && grep -q wait.yaml $each/cmdline; then kill -${signal.slice(3)} \${each#/proc/}; fi; done`,
  );
}

test('a reader of its output that goes away', async () => {
  const command = words('fail.yaml', 'plain').join(' ');
  const result = await lab.control.startProgram(['sh', '-c', `${command} | head -n 2; true`], { env: environment() }).finished;
  expect(result.stdout.split('\n')).toHaveLength(3);
  expect(result.stderr).toMatch(/USERAUTH/);
  expect(canaries.leaks(result.stdout + result.stderr)).toEqual([]);
});

test('the records of all runs', async () => {
  const files = await filesIn(at('.chatsctl'));
  expect(ended.size).toBe(12);
  expect(files.length).toBeGreaterThanOrEqual(13);
  expect(files.flatMap((text) => canaries.leaks(text))).toEqual([]);
  expect(said(files.join('\n'))).toEqual(expect.arrayContaining([...ALWAYS, 'diff', 'error']));
});

test('command lines of both machines, but for what the operator typed', async () => {
  const lines = await sampler.stop();
  const found = Object.entries(lines).flatMap(([machine, seen]) =>
    seen.flatMap((line) => canaries.leaks(line).map((name) => `${name} on ${machine}`)),
  );
  expect([...new Set(found)]).toEqual(['extra on control']);
  const control = lines['control']?.filter((line) => canaries.leaks(line).length > 0) ?? [];
  expect(control.every((line) => line.includes(`a_extra=${canaries.of('extra')}`))).toBe(true);
  for (const pattern of [/ask\.sh/, /sudo -H -S/]) expect(lines['chats']?.some((line) => pattern.test(line))).toBe(true);
});

test('files of both machines, but for what was put there on purpose', async () => {
  await lab.chats.writeFile('/root/planted', `${Buffer.from(`a:${canaries.of('store')}`).toString('base64')}\n`);
  expect(await canaries.heldBy(lab.chats, [])).toEqual(['captured /root/token', 'diff /root/aloud', 'store /root/planted']);
  expect(await canaries.heldBy(lab.control.host, [basename(folder)])).toEqual([]);
});
