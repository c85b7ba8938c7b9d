// Faults of the machines: disks that are full or read-only, what vanishes, what is killed. One error with the path and the cause, the old file
// or the new one under every name, and a good run after it that brings everything about.
import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { gateBefore } from '../lab/gate.js';
import { type Lab, startLab } from '../lab/lab.js';
import { JsonRun } from './json-run.js';
import { OneHost } from './one-host.js';

/** Milliseconds for a whole command that fails, also on two busy cores. */
const AT_ONCE = 20_000;
const NEW = 'new\n'.repeat(2_000);
const LARGE = randomBytes(24_000_000);

let lab: Lab;
let customer: OneHost;
let large: string;

beforeAll(async () => {
  lab = await startLab();
  customer = await OneHost.of(lab, 'faults');
  large = join(lab.folder, 'large.bin');
  await writeFile(large, LARGE);
});
afterAll(() => lab?.stop());

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
const shaOf = async (path: string) => (await lab.chats.run(`sha256sum ${path}`)).slice(0, 64);

async function inTime(run: () => Promise<JsonRun>): Promise<JsonRun> {
  const started = performance.now();
  const ended = await run();
  expect(performance.now() - started, ended.text).toBeLessThan(AT_ONCE);
  return ended;
}

/** The same again: it ends well, and a second time changes nothing. */
async function expectConverges(book: string, args: readonly string[] = []): Promise<void> {
  const good = await customer.play(book, args);
  expect(good.code, good.text).toBe(0);
  const again = await customer.play(book, args);
  expect(again.recap?.hosts.chat1, again.text).toMatchObject({ changed: 0, failed: 0, unreachable: 0 });
}

interface Fault {
  readonly name: string;
  /** Of the small disk, which is a tmpfs. */
  readonly disk: string;
  readonly breaks: string;
  readonly mends: string;
  readonly task?: object;
  readonly path?: string;
  readonly args?: readonly string[];
  readonly code: string;
  readonly reason?: RegExp;
  readonly russian: string;
}

const put = (path: string) => ({ name: 'put', copy: { content: NEW, dest: path } });
const fill = (path: string) => `{ head -c 4000000 /dev/zero >${path} 2>/dev/null || true; }`;
const full = { code: 'host/write-failed', reason: /^no space is left on the device/, russian: 'на диске не осталось места' };

const faults: Fault[] = [
  { name: 'a full disk', disk: 'size=256k', breaks: fill('/srv/small/filler'), mends: 'rm /srv/small/filler', ...full },
  {
    name: 'a disk that becomes full on the way',
    disk: 'size=30m',
    breaks: 'head -c 12000000 /dev/zero >/srv/small/filler',
    mends: 'rm /srv/small/filler',
    ...full,
    code: 'host/upload-failed',
  },
  {
    name: 'no inode left',
    disk: 'size=1m,nr_inodes=8',
    breaks: 'for n in 1 2 3 4 5 6 7 8; do true >/srv/small/$n || break; done 2>/dev/null; true',
    mends: 'rm /srv/small/[1-8]',
    code: 'host/write-failed',
    reason: /^no inode is left on the device/,
    russian: 'на диске не осталось inode',
  },
  {
    name: 'a read-only file system',
    disk: 'size=1m',
    breaks: 'mount -o remount,ro /srv/small',
    mends: 'mount -o remount,rw /srv/small',
    code: 'host/write-failed',
    reason: /^the file system is read-only/,
    russian: 'файловая система доступна только для чтения',
  },
  {
    name: 'a directory that vanished',
    disk: 'size=1m',
    breaks: 'mv /srv/small/d /srv/small/away',
    mends: 'mv /srv/small/away /srv/small/d',
    code: 'host/no-directory',
    russian: 'каталога /srv/small/d нет',
  },
  {
    name: 'no right to write there',
    disk: 'size=1m',
    breaks: 'true',
    mends: 'true',
    args: ['-e', 'ansible_become=false'],
    code: 'host/write-failed',
    reason: /^permission denied/,
    russian: 'нет прав доступа',
  },
  {
    name: 'a full disk behind a file that is a mount point',
    disk: 'size=256k',
    breaks: `touch /srv/mounted; mount --bind /srv/small/d/f /srv/mounted; ${fill('/srv/small/filler')}`,
    mends: 'rm /srv/small/filler',
    path: '/srv/mounted',
    ...full,
  },
];

describe('on the host', () => {
  afterEach(async () => {
    await lab.chats.run('umount -q /srv/mounted /srv/small; rm -rf /srv/small /srv/mounted; true');
  });

  test.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const path = fault.path ?? '/srv/small/d/f';
    await lab.chats.run(
      `mkdir -p /srv/small && mount -t tmpfs -o mode=755,${fault.disk} tmpfs /srv/small && mkdir /srv/small/d && printf old >/srv/small/d/f`,
    );
    await lab.chats.run(fault.breaks);
    const task = fault.code === 'host/upload-failed' ? { name: 'put', copy: { src: large, dest: path } } : put(path);
    const book = await customer.book('put', [task]);
    const broken = await inTime(() => customer.play(book, fault.args));
    expect(broken.code, broken.text).toBe(2);
    const why = fault.reason && { reason: expect.stringMatching(fault.reason) };
    expect(broken.result('put')).toMatchObject({ status: 'failed', result: { code: fault.code, path, ...why } });
    expect(broken.recap?.hosts.chat1).toMatchObject({ failed: 1, changed: 0 });
    if (!fault.args) {
      const said = await customer.inRussian(book);
      for (const words of [path, fault.russian]) expect(said).toContain(words);
    }
    expect(await lab.chats.run('cat /srv/small/*/f')).toBe('old');
    expect(await lab.chats.run('find /srv -name "*.chatsctl-*"')).toBe('');
    await lab.chats.run(fault.mends);
    await expectConverges(book);
    expect(await shaOf(path)).toBe(sha256(fault.code === 'host/upload-failed' ? LARGE : NEW));
  });

  test('nothing of ours needs room in /tmp, /run or /var/tmp; a dialogue and a one-way step do not begin without room for their proof', async () => {
    const disks = ['/tmp', '/run', '/run/lock'];
    // Never without a limit: of a tmpfs, size=0 means none, and it lies in the memory of the machine that runs the tests.
    const shrink = disks.map(
      (disk) => `mount -o remount,size=$(( $(df -k --output=used ${disk} | tail -n 1) + 64 ))k ${disk} && ${fill(`${disk}/filler`)}`,
    );
    const small = ['/var/lib/chatsctl', '/var/tmp'].map(
      (disk) => `mkdir -p ${disk} /srv/small && mount -t tmpfs -o size=64k tmpfs ${disk} && ${fill(`${disk}/filler`)}`,
    );
    await lab.chats.run(small.join(' && '));
    await lab.chats.run(shrink.join(' && '));
    const works = await customer.book(
      'works',
      [
        { name: 'long script', shell: `echo run\n${'# a long comment\n'.repeat(8_000)}` },
        { name: 'put', copy: { content: NEW, dest: '/srv/small/f' } },
        { name: 'looks', stat: { path: '/srv/small/f' } },
      ],
      { gather_facts: true },
    );
    const dialogue = await customer.book('dialogue', [
      { name: 'dialogue', expect: { id: 'lab-full', command: 'echo x >>/srv/small/dialogues' } },
    ]);
    const step = await customer.book('step', [
      { name: 'step', command: { cmd: 'sh -c "echo x >>/srv/small/steps"' }, once: { id: 'lab-step' } },
    ]);
    const refused = { path: expect.stringContaining('/var/lib/chatsctl/once'), reason: expect.stringMatching(/^no space is left/) };
    try {
      const run = await customer.play(works);
      expect(run.code, run.text).toBe(0);
      const began = await inTime(() => customer.play(dialogue));
      expect(began.result('dialogue')).toMatchObject({
        status: 'failed',
        result: { code: 'job/not-started', reason: expect.stringMatching(/No space left on device/) },
      });
      const stepped = await inTime(() => customer.play(step));
      expect(stepped.result('step')).toMatchObject({ status: 'failed', result: { code: 'host/write-failed', ...refused } });
      expect(await lab.chats.run('ls /srv/small')).toBe('f\n');
    } finally {
      await lab.chats.run(
        `rm -f ${disks.map((disk) => `${disk}/filler`).join(' ')}; ${disks.map((disk) => `mount -o remount,size=50% ${disk}`).join('; ')}; umount /var/tmp /var/lib/chatsctl`,
      );
    }
    for (const book of [dialogue, step]) {
      const good = await customer.play(book);
      expect(good.code, good.text).toBe(0);
    }
    expect((await customer.play(step)).recap?.hosts.chat1).toMatchObject({ ok: 1, changed: 0 });
    expect(await lab.chats.run('cat /srv/small/dialogues /srv/small/steps')).toBe('x\nx\n');
  });
});

describe('killed in the middle', () => {
  const killSession = 'pkill -KILL -x perl';
  const temporary = '/srv/app/.large.bin.chatsctl-*';
  const grown = (bytes: number) => `s=$(stat -c %s ${temporary} 2>/dev/null) && [ "$s" -ge ${bytes} ]`;

  async function copying(condition: string, blow: () => Promise<unknown>, gated = false): Promise<JsonRun> {
    await lab.chats.run('rm -rf /srv/app; mkdir -p /srv/app; printf old >/srv/app/large.bin');
    const gate = gated ? await gateBefore(lab.chats, 'sha256sum', 'case $* in *.chatsctl-*) true ;; *) false ;; esac') : undefined;
    const book = await customer.book('copying', [{ name: 'copy', copy: { src: large, dest: '/srv/app/large.bin' } }]);
    const running = customer.start(book);
    await lab.chats.run(`until { ${condition}; }; do sleep 0.005; done`, { timeout: 60_000 });
    await blow();
    await gate?.remove();
    const killed = new JsonRun(await running.finished);
    expect([sha256('old'), sha256(LARGE)]).toContain(await shaOf('/srv/app/large.bin'));
    await expectConverges(book);
    expect(await shaOf('/srv/app/large.bin')).toBe(sha256(LARGE));
    expect(await lab.chats.run('ls -A /srv/app')).toBe('large.bin\n');
    return killed;
  }

  test.each([
    ['the session, as the copy begins', grown(0), false],
    ['the session, half-way', grown(LARGE.length / 2), false],
    ['the session, as the checksum is compared', '[ -e /run/lab-gate.waiting ]', true],
  ] as const)('%s', async (_, condition, gated) => {
    const run = await copying(condition, () => lab.chats.run(killSession), gated);
    // One blow may have met the channel that carries the content, or the session.
    expect([2, 3], run.text).toContain(run.code);
    expect(['host/upload-failed', 'host/session-ended']).toContain(codeOf(run, 'copy'));
  });

  test('the connection, half-way', async () => {
    const run = await copying(grown(LARGE.length / 2), () => lab.chats.killSshSessions());
    expect(run.code, run.text).toBe(3);
    expect(run.result('copy')).toMatchObject({ status: 'unreachable', result: { code: 'connect/lost' } });
  });

  test('the host, half-way', async () => {
    const run = await copying(grown(LARGE.length / 2), () => lab.chats.container.restart({ timeout: 0 }));
    expect(run.code, run.text).toBe(3);
    expect(run.result('copy')).toMatchObject({ status: 'unreachable' });
  });

  test('an installation of a package: the session, then the host', async () => {
    await lab.chats.run(`t=$(mktemp -d) && chmod 755 $t && mkdir -p $t/DEBIAN /opt/slow && cd $t &&
      printf 'Package: lab-slow\\nVersion: 1.0\\nArchitecture: all\\nMaintainer: nobody <nobody@localhost>\\nDescription: slow\\n' >DEBIAN/control &&
      printf '#!/bin/sh\\n: >/root/slow.at\\nwhile ! [ -e /root/slow.go ]; do sleep 0.1; done\\n' >DEBIAN/postinst && chmod 755 DEBIAN/postinst &&
      dpkg-deb --build $t /opt/slow/slow.deb >/dev/null && cd /opt/slow &&
      { dpkg-deb -f slow.deb; printf 'Filename: ./slow.deb\\nSize: %s\\nSHA256: %s\\n\\n' "$(stat -c %s slow.deb)" "$(sha256sum slow.deb | cut -d' ' -f1)"; } >Packages &&
      echo 'deb [trusted=yes] file:/opt/slow ./' >/etc/apt/sources.list.d/slow.list &&
      apt-get update -o Dir::Etc::sourcelist=/etc/apt/sources.list.d/slow.list -o Dir::Etc::sourceparts=- -o APT::Get::List-Cleanup=0 >/dev/null`);
    const book = await customer.book('slow', [{ name: 'install', apt: { name: 'lab-slow' } }]);
    const status = () => lab.chats.run("dpkg-query -W -f '${db:Status-Abbrev}' lab-slow");
    const configuring = async () => {
      const running = customer.start(book);
      await lab.chats.run('timeout 60 sh -c "until [ -e /root/slow.at ]; do sleep 0.05; done"');
      return running;
    };
    const bySession = await configuring();
    await lab.chats.run(killSession);
    const killed = new JsonRun(await bySession.finished);
    expect(killed.code, killed.text).toBe(3);
    expect(killed.result('install')).toMatchObject({ result: { code: 'host/session-ended' } });
    // What it had begun goes on; the next run waits for it.
    const next = customer.start(book);
    await lab.chats.run('sleep 1; : >/root/slow.go');
    expect((await next.finished).code).toBe(0);
    await expectConverges(book);
    expect(await status()).toBe('ii ');

    await lab.chats.run('dpkg --purge lab-slow >/dev/null; rm -f /root/slow.at /root/slow.go');
    const byHost = await configuring();
    await lab.chats.container.restart({ timeout: 0 });
    expect((await byHost.finished).code).toBe(3);
    expect(await status()).not.toBe('ii ');
    await lab.chats.run(': >/root/slow.go');
    await expectConverges(book);
    expect(await status()).toBe('ii ');
  });
});

function codeOf(run: JsonRun, task: string): unknown {
  const { result } = run.result(task);
  return typeof result === 'object' && result !== null && 'code' in result ? result.code : undefined;
}
