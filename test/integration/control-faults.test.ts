// Faults of the operator's machine: a disk that is full or read-only, signals, a reader or a terminal that goes away.
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type AnotherControl, anotherControl } from '../lab/another-control.js';
import type { ControlProcess } from '../lab/control.js';
import { type Lab, startLab } from '../lab/lab.js';
import { JsonRun } from './json-run.js';
import { diagnostics, OneHost, PASSPHRASE } from './one-host.js';

/** Milliseconds for a whole command that fails, also on two busy cores. */
const AT_ONCE = 20_000;

let lab: Lab;
let small: AnotherControl;
/** On a disk of 1 MiB, on one that is read-only, and on the ordinary one. */
let onSmall: OneHost;
let readOnly: OneHost;
let customer: OneHost;

beforeAll(async () => {
  lab = await startLab();
  customer = await OneHost.of(lab, 'ordinary');
  const sealed = await OneHost.of(lab, 'sealed');
  await sealed.command(['secrets', 'init']).finished;
  small = await anotherControl(lab, { name: 'small', disks: { '/small': 'size=1m,mode=1777' }, readOnly: [sealed.folder] });
  await small.host.run(`cp -r ${sealed.folder} /small/customer`);
  readOnly = sealed.from(small.machine);
  onSmall = sealed.from(small.machine, '/small/customer');
});
afterAll(async () => {
  await small?.stop();
  await lab?.stop();
});
afterEach(async () => {
  await small.host.run('rm -f /small/filler');
  await lab.chats.run('rm -f /root/at* /root/go* /root/last /root/starts /root/token');
});

const fill = () => small.host.run('head -c 2000000 /dev/zero >/small/filler 2>/dev/null; true');
const free = () => small.host.run('rm /small/filler');
const there = (path: string) => lab.chats.run(`until [ -e ${path} ]; do sleep 0.05; done`, { timeout: 60_000 });

/** A task that stands until `/root/goN` is there. */
const gate = (number: number) => ({
  name: `gate ${number}`,
  command: { cmd: `sh -c "touch /root/at${number}; until [ -e /root/go${number} ]; do sleep 0.05; done"` },
});
const last = { name: 'last', copy: { content: 'x', dest: '/root/last' } };
const dialogue = {
  name: 'dialogue',
  expect: {
    id: 'lab-capture',
    command: `echo x >>/root/starts; touch /root/at1; until [ -e /root/go1 ]; do sleep 0.05; done; cat /proc/sys/kernel/random/uuid >/root/token; echo "Token: $(cat /root/token)"`,
    success: ['Token'],
    captures: { token: { pattern: 'Token: (?P<value>\\S+)', store: 'lab_token', secret: true } },
  },
  once: { id: 'lab-capture', store: 'lab_token' },
};

describe('no room beside the inventory', () => {
  test.each([
    ['a full disk', () => onSmall, fill, /^no space is left/, 'на диске не осталось места'],
    ['a read-only disk', () => readOnly, async () => {}, /^the file system is read-only/, 'файловая система доступна только для чтения'],
  ] as const)('%s: 5 where values are to be kept, else 4, and nothing is contacted', async (_, whose, breaks, reason, russian) => {
    const played = whose();
    const look = () => small.host.run(`cd ${played.folder} && find . -type f -exec sha256sum {} + | sort`);
    const before = await look();
    await breaks();
    for (const [name, task, status, code] of [
      ['keeps', dialogue, 5, 'secrets/unwritable'],
      ['looks', { name: 'looks', command: 'id' }, 4, 'journal/unwritable'],
    ] as const) {
      const book = await customer.book(name, [task]);
      const started = performance.now();
      const run = await played.play(book);
      expect(performance.now() - started).toBeLessThan(AT_ONCE);
      expect(run.code, run.text).toBe(status);
      const params = { path: expect.stringContaining(played.folder), reason: expect.stringMatching(reason) };
      expect(diagnostics(run)).toMatchObject([{ code, params }]);
      expect(run.recap?.exit).toBe(status);
      expect(run.events.filter((each) => each.type === 'connect' || each.type === 'task_start')).toEqual([]);
      expect(await played.inRussian(book)).toContain(russian);
    }
    expect(await look()).toBe(before);
  });

  test('a disk that becomes full on the way: the run goes on and says so once; its record goes on when there is room again', async () => {
    const noisy = { name: 'noisy', command: 'seq 1 20000' };
    const book = await customer.book('record', [gate(1), noisy, gate(2), last]);
    const running = onSmall.start(book);
    await there('/root/at1');
    await fill();
    await lab.chats.run('touch /root/go1');
    await there('/root/at2');
    await free();
    await lab.chats.run('touch /root/go2');
    const run = new JsonRun(await running.finished);
    expect(run.code, run.ended.stderr).toBe(0);
    const record = `/small/customer/.chatsctl/runs/${run.recap?.run}/events.ndjson`;
    expect(diagnostics(run)).toMatchObject([
      { code: 'journal/incomplete', severity: 'warning', params: { path: record, reason: expect.stringMatching(/^no space is left/) } },
    ]);
    const kept = (await small.host.readFile(record)).split('\n').filter((line) => /^\{.*\}$/.test(line));
    const types = kept.map((line) => JSON.parse(line) as { type: string; task?: string });
    expect(types.some((each) => each.type === 'task_result' && each.task === 'last')).toBe(true);
    expect(types.at(-1)?.type).toBe('recap');
  });

  test('the store refuses a captured value: the task failed, and the next run takes the value from the host', async () => {
    const book = await customer.book('capture', [dialogue]);
    const running = onSmall.start(book);
    await there('/root/at1');
    await fill();
    await lab.chats.run('touch /root/go1');
    const refused = new JsonRun(await running.finished);
    expect(refused.code, refused.text).toBe(2);
    const result = { code: 'secrets/unwritable', path: '/small/customer/secrets.age', reason: expect.stringMatching(/^no space is left/) };
    expect(refused.result('dialogue')).toMatchObject({ status: 'failed', result });
    const token = (await lab.chats.readFile('/root/token')).trim();
    expect(refused.text).not.toContain(token);
    await free();
    const good = await onSmall.play(book);
    expect(good.code, good.text).toBe(0);
    expect(good.result('dialogue').status).toBe('changed');
    expect((await onSmall.command(['secrets', 'get', 'lab_token']).finished).stdout.trim()).toBe(token);
    expect(await lab.chats.readFile('/root/starts')).toBe('x\n');
    const again = await onSmall.play(book);
    expect(again.recap?.hosts.chat1, again.text).toMatchObject({ ok: 1, changed: 0 });
    expect(await small.host.run('ls -A /small/customer')).toBe('.chatsctl\ninventory.yaml\nsecrets.age\n');
  });
});

describe('the operator goes away', () => {
  const environment = { CHATSCTL_SECRETS_PASSPHRASE: PASSPHRASE };
  const words = (book: string) => ['node', 'dist/cli.js', 'play', book, '-i', join(customer.folder, 'inventory.yaml'), '--no-input'];

  async function expectFree(): Promise<void> {
    const next = await customer.play(await customer.book('free', [last]));
    expect(next.code, next.text).toBe(0);
  }

  test.each([
    ['SIGHUP', 129],
    ['SIGTERM', 143],
  ] as const)('%s is an orderly stop: %d', async (signal, status) => {
    const running = customer.start(await customer.book('long', [gate(1), last]));
    await there('/root/at1');
    const at = performance.now();
    await running.kill(signal);
    const run = new JsonRun(await running.finished);
    expect(performance.now() - at).toBeLessThan(AT_ONCE);
    expect(run.code, run.text).toBe(status);
    expect(run.events.find((each) => each.type === 'interrupted')).toMatchObject({ signal });
    expect(run.recap).toMatchObject({ exit: status, hosts: { chat1: { failed: 0 } } });
    expect(await lab.chats.exists('/root/last')).toBe(false);
    await expectFree();
  });

  test('a reader that has enough (head -1) does not stop the run half-way', async () => {
    const book = await customer.book('piped', [{ name: 'talks', command: 'seq 1 30000' }, last]);
    const script = `"$@" -v --output plain | head -n 1 >/dev/null; exit "\${PIPESTATUS[0]}"`;
    const ended = await lab.control.startProgram(['bash', '-c', script, 'bash', ...words(book)], { env: environment }).finished;
    expect(ended.code, ended.stderr).toBe(0);
    expect(await lab.chats.exists('/root/last')).toBe(true);
  });

  test('a terminal that goes away: an orderly stop, recorded', async () => {
    const book = await customer.book('long', [gate(1), last]);
    const quoted = words(book).map((word) => `'${word}'`);
    const terminal: ControlProcess = lab.control.startProgram(['script', '-qec', `exec ${quoted.join(' ')}`, '/dev/null'], {
      env: environment,
    });
    await there('/root/at1');
    await terminal.kill('SIGKILL');
    await terminal.finished;
    const record = `cd ${join(customer.folder, '.chatsctl/runs')} && tail -n 1 "$(ls -t | head -n 1)/events.ndjson"`;
    await expect.poll(async () => (await lab.control.host.run(record)).includes('"type":"recap"'), { timeout: AT_ONCE }).toBe(true);
    expect(JSON.parse(await lab.control.host.run(record))).toMatchObject({ type: 'recap', exit: 129 });
    expect(await lab.chats.exists('/root/last')).toBe(false);
    await expectFree();
  });
});
