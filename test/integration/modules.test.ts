// Every module on a Debian 12 host over SSH: in check mode it says "changed" and does nothing, applied it changes, again it does not, and what it
// has done is seen by commands that are not ours.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { modules } from '../../src/modules/registry.js';
import { type Lab, startLab } from '../lab/lab.js';
import { ACTION_PREPARATION, ACTIONS } from './action-cases.js';
import { JsonRun } from './json-run.js';
import { PREPARATION, RESOURCES } from './resource-cases.js';

const BINARY = randomBytes(300_000);
const WATCHED = [
  '/etc',
  '/opt',
  '/root',
  '/srv',
  '/home',
  '/usr/share',
  '/usr/local',
  '/var/lib/dpkg',
  '/var/lib/apt',
  '/var/lib/systemd/deb-systemd-helper-enabled',
];

/** Packages of a repository of the host's own, which is the only one that it knows. */
const PACKAGES = `set -e
deb() { tree=$(mktemp -d); mkdir -p $tree/DEBIAN $tree/usr/share/$1; echo $2 >$tree/usr/share/$1/version; chmod 755 $tree
  printf 'Package: %s\\nVersion: %s\\nArchitecture: all\\nMaintainer: nobody <nobody@localhost>\\nDescription: %s\\n' $1 $2 $1 >$tree/DEBIAN/control
  file=$1_$2_all.deb; dpkg-deb --build $tree $file >/dev/null; rm -r $tree
  { dpkg-deb -f $file; printf 'Filename: ./%s\\nSize: %s\\nSHA256: %s\\n\\n' $file $(stat -c %s $file) $(sha256sum $file | cut -d' ' -f1); } >>Packages; }
cd /opt/lab-repository
deb m-tool 1.0; deb m-tool 1.1; deb m-old 1.0; deb m-old 2.0; deb m-gone 1.0
dpkg -i m-gone_1.0_all.deb >/dev/null
rm -rf /etc/apt/sources.list.d/debian.sources /var/lib/apt/lists/*; apt-get -q update; touch -d '1 hour ago' /var/lib/apt/lists`;

let lab: Lab;
let folder: string;
let inventory: string;

beforeAll(async () => {
  lab = await startLab({ faults: ['pending-update'] });
  ({ folder, inventory } = await lab.writeInventory());
  // sudo's own mark of a first use would count as a change.
  await lab.chats.run('sudo -n true', { user: lab.user });
  await lab.chats.run(PREPARATION);
  await lab.chats.run(ACTION_PREPARATION);
  await lab.chats.run(PACKAGES);
  for (const each of ['files/tree/deep/er', 'templates', 'vars']) await mkdir(join(folder, each), { recursive: true });
  await writeFile(join(folder, 'files/binary'), BINARY, { mode: 0o755 });
  await writeFile(join(folder, 'files/tree/top'), 'top\n', { mode: 0o600 });
  await writeFile(join(folder, 'files/tree/deep/er/leaf'), 'leaf\n');
  await writeFile(join(folder, 'files/report.sh'), '#!/bin/bash\nIFS="|"; echo "$*" >/srv/x/report; echo "$# arguments"\n');
  await writeFile(
    join(folder, 'templates/page.conf.hbs'),
    'port {{ port }};\n{{#each names}}\nname {{ this }};\n{{/each}}\nhost {{ inventory_hostname }} & <co>\n',
  );
  await writeFile(join(folder, 'vars/more.yaml'), 'colour: green\n');
});
afterAll(() => lab?.stop());

/** Plays tasks as root on the Chats server. */
async function play(name: string, tasks: readonly object[], flags: string[] = [], more: object = {}): Promise<JsonRun> {
  const playbook = join(folder, `${name}.yaml`);
  await writeFile(playbook, stringify([{ hosts: 'chats', become: true, gather_facts: false, tasks, ...more }]));
  return new JsonRun(await lab.control.run(['play', playbook, '-i', inventory, '--no-input', '--output', 'json', ...flags]));
}

async function look(command: string): Promise<string> {
  return (await lab.chats.exec(command)).stdout;
}

/** Texts that only the running laboratory knows, in the place of `{{name}}`. */
function filled<T>(value: T, values: Record<string, string>): T {
  return JSON.parse(
    JSON.stringify(value).replace(/\{\{(\w+)\}\}/g, (whole, name: string) =>
      values[name] === undefined ? whole : JSON.stringify(values[name]).slice(1, -1),
    ),
  );
}

describe('resource modules', () => {
  let check: JsonRun;
  let applied: JsonRun;
  let again: JsonRun;
  let untouched: string[];
  let done: string[];
  const states: string[] = [];

  beforeAll(async () => {
    const tasks = RESOURCES.map(({ name, task }) => ({ name, ...task }));
    const state = () => lab.chats.snapshot(WATCHED);
    const looks = () => Promise.all(RESOURCES.map((each) => look(each.look)));
    states.push(await state());
    check = await play('resources', tasks, ['--check', '--diff']);
    states.push(await state());
    untouched = await looks();
    applied = await play('resources', tasks);
    done = await looks();
    states.push(await state());
    again = await play('resources', tasks);
    states.push(await state());
  });

  test('all of them are here', () => {
    const used = new Set(RESOURCES.flatMap(({ task }) => Object.keys(task)));
    expect([...modules.values()].filter((each) => each.kind === 'resource' && !used.has(each.name)).map((each) => each.name)).toEqual([]);
  });

  test('check mode leaves the host as it is, and ends well', () => {
    expect(check.code, check.text).toBe(0);
    expect(states[1]).toBe(states[0]);
  });

  test('a second run leaves the host as it is, and ends well', () => {
    expect(applied.code, applied.text).toBe(0);
    expect(again.code, again.text).toBe(0);
    expect(states[3]).toBe(states[2]);
    expect(again.recap?.hosts['chat1']).toMatchObject({ ok: RESOURCES.length, changed: 0, failed: 0 });
  });

  test.each(RESOURCES.map((each, index) => ({ ...each, index })))('$name', ({ name, task, seen, index }) => {
    const values = { binary: createHash('sha256').update(BINARY).digest('hex'), domain: lab.names.chats[0] };
    const wanted = filled(seen, values);
    expect(check.result(name), 'in check mode').toMatchObject({
      status: 'changed',
      ...(task.loop === undefined && { diff: expect.anything() }),
    });
    expect(untouched[index], 'seen after check mode').not.toBe(wanted);
    expect(applied.result(name), 'applied').toMatchObject({ status: 'changed' });
    expect(done[index], 'seen when applied').toBe(wanted);
    expect(again.result(name), 'applied again').toMatchObject({ status: 'ok' });
  });
});

describe('modules that act, ask and steer', () => {
  let check: JsonRun;
  let first: JsonRun;
  let second: JsonRun;
  let seen: (string | undefined)[];
  let values: Record<string, string>;
  let before: string;
  let after: string;

  beforeAll(async () => {
    const tasks = ACTIONS.map(({ name, task }) => ({ name, ...task }));
    before = await lab.chats.snapshot(['/srv/x', '/etc', '/root', '/var/lib/chatsctl']);
    check = await play('actions', tasks, ['--check']);
    after = await lab.chats.snapshot(['/srv/x', '/etc', '/root', '/var/lib/chatsctl']);
    values = {
      chats: lab.chats.address,
      meetings: lab.names.meetings,
      bytes: createHash('sha256').update('a\0b').digest('hex'),
      installer: await lab.meetings.run('wget -qO- https://rep-box.webinar.ru/chats/latest/installer.sh | sha256sum'),
    };
    const later = lab.chats.run("timeout 60 sh -c 'until [ -e /srv/x/page ]; do sleep 0.1; done'; sleep 1; echo ready now >/srv/x/later");
    first = await play('actions', tasks);
    await later;
    seen = await Promise.all(ACTIONS.map(async (each) => (each.look === undefined ? undefined : look(each.look))));
    second = await play('actions', tasks);
  });

  test('all of them are here', () => {
    const used = new Set(['meta', ...ACTIONS.flatMap(({ task }) => Object.keys(task))]);
    expect([...modules.values()].filter((each) => each.kind !== 'resource' && !used.has(each.name)).map((each) => each.name)).toEqual([]);
  });

  test('check mode does nothing on the host', () => {
    expect(after).toBe(before);
    for (const { name, status } of ACTIONS) if (status === 'changed') expect(check.result(name).status, name).toBe('changed');
  });

  test('the runs end well', () => {
    expect(first.code, first.text).toBe(0);
    expect(second.code, second.text).toBe(0);
  });

  test.each(ACTIONS.map((each, index) => ({ ...each, index })))('$name', ({ name, status, result, again, index, seen: wanted }) => {
    const found = first.result(name);
    expect({ status: found.status, result: found.result }, found.message).toMatchObject(
      filled({ status, ...(result && { result }) }, values),
    );
    if (wanted !== undefined) expect(seen[index]).toBe(filled(wanted, values));
    expect(second.result(name).status, 'again').toBe(again ?? status);
  });

  test('what waits takes its time', () => {
    for (const name of ['pause', 'wait_for: in vain']) expect(first.result(name).duration, name).toBeGreaterThanOrEqual(1000);
  });

  test('findings are told as events', () => {
    const found = first.events.filter((each) => each.type === 'finding');
    expect(found).toMatchObject([
      { clause: 'T-1', status: 'met', found: '3', observer: 'chat1' },
      { clause: 'T-2', status: 'unmet', severity: 'warning', found: '3', needed: '4', remedy: 'add one' },
    ]);
  });

  test('meta: handlers run where it says so, a host ends where it says so', async () => {
    const run = await play(
      'meta',
      [
        { name: 'notifies', command: 'true', notify: 'handler' },
        { meta: 'flush_handlers' },
        { name: 'after the handler', debug: { msg: '{{ handled.stdout }}' } },
        { meta: 'end_host' },
        { name: 'never', fail: { msg: 'reached' } },
      ],
      [],
      { handlers: [{ name: 'handler', command: 'echo done', register: 'handled' }] },
    );
    expect(run.code, run.text).toBe(0);
    expect(run.results.filter((each) => each.module !== 'meta').map(({ task, status }) => [task, status])).toEqual([
      ['notifies', 'changed'],
      ['handler', 'changed'],
      ['after the handler', 'ok'],
    ]);
    expect(run.result('after the handler').result).toMatchObject({ msg: 'done' });
  });

  test('exec: one task without a playbook', async () => {
    const run = new JsonRun(
      await lab.control.run([
        'exec',
        'chats',
        '-i',
        inventory,
        '-b',
        '-m',
        'stat',
        '-a',
        'path=/srv/x/bytes',
        '--no-input',
        '--output',
        'json',
      ]),
    );
    expect(run.code, run.text).toBe(0);
    expect(run.results).toMatchObject([{ host: 'chat1', module: 'stat', status: 'ok', result: { stat: { size: 3 } } }]);
  });
});
