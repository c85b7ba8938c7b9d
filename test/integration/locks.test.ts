// Two at once: who holds an inventory and a host, waiting for it, and how it becomes free when its holder is dead.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type AnotherControl, anotherControl } from '../lab/another-control.js';
import type { ControlProcess } from '../lab/control.js';
import { dockerOrThrow } from '../lab/docker.js';
import type { LabHost } from '../lab/host.js';
import { type Lab, startLab } from '../lab/lab.js';
import { JsonRun } from './json-run.js';
import { diagnostics, OneHost } from './one-host.js';

/** Milliseconds for a whole command, also on two busy cores. */
const AT_ONCE = 20_000;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

let lab: Lab;
/** Two customers who have one server in common. */
let first: OneHost;
let second: OneHost;
let look: string;
let long: string;
const others: AnotherControl[] = [];

beforeAll(async () => {
  lab = await startLab();
  first = await OneHost.of(lab, 'first');
  second = await OneHost.of(lab, 'second');
  look = await first.book('look', [{ name: 'looks', command: 'id -un' }]);
  long = await first.book('long', [
    { name: 'works', command: { cmd: 'sh -c "touch /root/at; until [ -e /root/go ]; do sleep 0.05; done"' } },
  ]);
});
afterAll(async () => {
  for (const each of others) await each.stop();
  await lab?.stop();
});
afterEach(async () => {
  for (const host of [lab.chats, lab.meetings]) await host.run('touch /root/go; sleep 0.3; rm -f /root/at /root/go');
});

interface Holding {
  readonly running: ControlProcess;
  readonly run: string;
}

/** A run of this customer's that is at work on the host. */
async function hold(customer: OneHost, host: LabHost = lab.chats): Promise<Holding> {
  const running = customer.start(long);
  await host.run('until [ -e /root/at ]; do sleep 0.05; done', { timeout: 60_000 });
  return { running, run: /"run":"([^"]+)"/.exec(running.output)?.[1] ?? 'none' };
}

async function inTime(run: Promise<JsonRun>): Promise<JsonRun> {
  const started = performance.now();
  const ended = await run;
  expect(performance.now() - started, ended.text).toBeLessThan(AT_ONCE);
  return ended;
}

function expectRefused(run: JsonRun, code: string, params: object): void {
  expect(run.code, run.text).toBe(6);
  expect(diagnostics(run)).toMatchObject([{ code, params }]);
  expect(run.results).toEqual([]);
  expect(run.recap?.exit).toBe(6);
}

describe('while a run works', () => {
  test('another of the inventory, and another customer’s on the host, are told who, where and since when; who only looks is let in', async () => {
    const { running, run } = await hold(first);
    const who = { run, operator: 'root', since: expect.stringMatching(ISO) };
    const inventory = await inTime(first.play(look));
    expectRefused(inventory, 'journal/locked', { ...who, host: 'control', pid: expect.any(Number) });
    const pid = Number(diagnostics(inventory)[0]?.params.pid);
    expect(await lab.control.host.run(`tr '\\0' ' ' </proc/${pid}/cmdline`)).toContain('long.yaml');
    expectRefused(await inTime(second.play(look)), 'host/locked', { ...who, host: 'chat1', from: 'control', pid: String(pid) });
    for (const customer of [first, second]) {
      const said = await customer.inRussian(look);
      for (const words of [run, 'root@control', String(pid)]) expect(said).toContain(words);
    }

    const facts = await first.command(['facts', 'all']).finished;
    expect(facts.code, facts.stderr).toBe(0);
    const check = await first.play(look, ['--check']);
    expect(check.code, check.text).toBe(0);
    const whole = await lab.writeInventory();
    // verify ends early where nothing is installed, so that it would not come to the server.
    for (const words of [['preflight'], ['verify', '-l', 'chats']]) {
      const looked = new JsonRun(
        await lab.control.run([...words, '-i', whole.inventory, '--no-input', '--output', 'json', '-e', 'chat_license_key=not-asked-for']),
      );
      expect(
        looked.results.some((each) => each.host === 'chat1'),
        looked.text,
      ).toBe(true);
      expect([0, 2]).toContain(looked.code);
    }
    await lab.chats.run('touch /root/go');
    expect((await running.finished).code).toBe(0);
  });

  test('--wait: as long as it takes, or as long as it says', async () => {
    const { running, run } = await hold(first);
    const started = performance.now();
    const impatient = await second.play(look, ['--wait', '2']);
    expect(performance.now() - started).toBeGreaterThan(2_000);
    expectRefused(impatient, 'host/locked', { run });
    expectRefused(await first.play(look, ['--wait', '2']), 'journal/locked', { run });
    const waiting = [first.start(look, ['--wait']), second.start(look, ['--wait'])] as const;
    await waiting[0].waitForOutput(new RegExp(`${run}.*root.*control`));
    await waiting[1].waitForOutput(/"state":"waiting"/);
    await lab.chats.run('touch /root/go');
    expect((await running.finished).code).toBe(0);
    for (const each of waiting) {
      const ended = new JsonRun(await each.finished);
      expect(ended.code, ended.text).toBe(0);
    }
  });

  test('a host that is played under two names is one run’s', async () => {
    const twice = await OneHost.of(lab, 'twice', lab.control, { chat2: lab.chats.address });
    const tasks = [1, 2, 3].map((number) => ({
      name: `put ${number}`,
      copy: { content: 'x', dest: `/root/{{ inventory_hostname }}-${number}` },
    }));
    const run = await inTime(twice.play(await twice.book('twice', tasks)));
    expect(run.code, run.text).toBe(0);
    expect(run.recap?.hosts).toMatchObject({ chat1: { changed: 3, unreachable: 0 }, chat2: { changed: 3, unreachable: 0 } });
  });
});

describe('a host that a run reaches as two users', () => {
  test('is one run’s, and each task is done as the user that it names', async () => {
    const { user } = lab;
    const second = { ansible_user: 'second', ansible_become: false };
    const made = `id second || { useradd -m -p '*' second && cp -r ~${user}/.ssh /home/second/ && chown -R second: /home/second; }`;
    const run = await inTime(
      first.play(
        await first.book('users', [
          { name: 'made', shell: made },
          { name: 'one', command: 'id -un', become: false, vars: { ansible_become: false } },
          { name: 'two', command: 'id -un', vars: second },
          { name: 'one again', command: 'id -un', vars: { ansible_become: false } },
          { meta: 'reset_connection' },
          { name: 'two again', command: 'id -un', vars: second },
          { name: 'root', command: 'id -un' },
        ]),
      ),
    );
    expect(run.code, run.text).toBe(0);
    const said = Object.fromEntries(run.results.map(({ task, result }) => [task, Object(result).stdout]));
    expect(said).toMatchObject({ one: user, two: 'second', 'one again': user, 'two again': 'second', root: 'root' });
  });
});

describe('when the holder is dead', () => {
  test('killed: both locks are free at once', async () => {
    const { running } = await hold(first);
    await running.kill('SIGKILL');
    await running.finished;
    await lab.chats.run('touch /root/go');
    for (const customer of [second, first]) {
      const next = await inTime(customer.play(look, ['--wait', '10']));
      expect(next.code, next.text).toBe(0);
    }
  });

  test('the host was restarted: nothing holds it', async () => {
    const { running } = await hold(first);
    await lab.chats.container.restart({ timeout: 0 });
    const lost = new JsonRun(await running.finished);
    expect(lost.code, lost.text).toBe(3);
    const next = await inTime(second.play(look));
    expect(next.code, next.text).toBe(0);
  });

  test('its machine stands still, or is cut off from the network: both locks are free within a minute', async () => {
    const paused = await machine('paused');
    const cut = await machine('cut');
    const still = await OneHost.of(lab, 'still', paused.machine);
    const away = await OneHost.of(lab, 'away', cut.machine, { chat1: lab.meetings.address });
    const holders = [await hold(still), await hold(away, lab.meetings)] as const;
    const network = (
      await dockerOrThrow(['inspect', '-f', '{{range $name, $_ := .NetworkSettings.Networks}}{{$name}}{{end}}', cut.host.id])
    ).trim();
    await dockerOrThrow(['pause', paused.host.id]);
    await dockerOrThrow(['network', 'disconnect', network, cut.host.id]);
    const since = performance.now();

    const onChats = second;
    const onMeetings = await OneHost.of(lab, 'neighbour', lab.control, { chat1: lab.meetings.address });
    const sameInventory = still.from(lab.control);
    expectRefused(await onChats.play(look), 'host/locked', { run: holders[0].run, from: 'paused' });
    expectRefused(await onMeetings.play(look), 'host/locked', { run: holders[1].run, from: 'cut' });
    expectRefused(await sameInventory.play(look), 'journal/locked', { run: holders[0].run, host: 'paused' });
    const waited = await Promise.all(
      [onChats, onMeetings, sameInventory].map(async (each) => {
        const run = await each.play(look, ['--wait', '100']);
        return { run, after: performance.now() - since };
      }),
    );
    for (const { run, after } of waited) {
      expect(run.code, run.text).toBe(0);
      expect(after).toBeLessThan(60_000 + AT_ONCE);
    }
    await dockerOrThrow(['unpause', paused.host.id]);
  });

  async function machine(name: string): Promise<AnotherControl> {
    const made = await anotherControl(lab, { name });
    others.push(made);
    return made;
  }
});
