// Connections, sessions and operations on a real Debian 12 with systemd, sshd and sudo.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.js';
import { Secret } from '../../src/base/secret.js';
import { connectSsh } from '../../src/connection/ssh.js';
import { openHost } from '../../src/host/host.js';
import { type Host, type HostEvent, type HostPort, type Identity, loginIdentity } from '../../src/host/port.js';
import type { Operation } from '../../src/sdk/operation.js';
import { type Lab, startLab } from '../lab/lab.js';
import { sampleArgv } from '../lab/sample-argv.js';

let lab: Lab;
let keyFile: string;
let knownHosts: string;
let host: Host;
let root: HostPort;
const events: HostEvent[] = [];
const opened: Host[] = [];
const asRoot: Identity = { becomeUser: 'root', method: 'sudo', flags: [], password: undefined };
const password = 'correct horse 1';

beforeAll(async () => {
  lab = await startLab({ faults: ['noisy-bashrc'] });
  keyFile = join(lab.folder, 'host-test-key');
  writeFileSync(keyFile, lab.clientKey.privateKey, { mode: 0o600 });
  knownHosts = join(lab.folder, 'host-test-known');
  writeFileSync(knownHosts, `${lab.chats.address} ${lab.chats.hostKey}\n`);
  await lab.chats.run(`for u in asked other barred; do
    useradd -m -s /bin/bash $u && install -d -m 700 -o $u -g $u /home/$u/.ssh
    install -m 600 -o $u -g $u /home/${lab.user}/.ssh/authorized_keys /home/$u/.ssh/authorized_keys
    echo "$u:${password}" | chpasswd
  done`);
  await lab.chats.run(`printf '%s\\n' 'asked ALL=(ALL) ALL' 'other ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/host-test`);
  host = await open(lab.user, events);
  root = host.as(asRoot);
});
afterAll(async () => {
  for (const each of opened) await each.close();
  await lab?.stop();
});

async function open(user: string, seen: HostEvent[] = [], more: object = {}): Promise<Host> {
  const target = {
    name: 'box',
    host: lab.chats.address,
    port: undefined,
    user,
    password: undefined,
    privateKeyFile: keyFile,
    privateKeyPassphrase: undefined,
    proxyJump: undefined,
    options: {},
    hostKeyChecking: 'strict' as const,
    connectTimeoutMs: 10_000,
    ...more,
  };
  const context = {
    knownHostsFiles: [knownHosts],
    homeDir: lab.folder,
    env: { PATH: process.env['PATH'] },
    clock: systemClock,
    signal: new AbortController().signal,
  };
  const made = await openHost({
    name: 'box',
    connect: () => connectSsh(target, context),
    clock: systemClock,
    onEvent: (event) => seen.push(event),
  });
  opened.push(made);
  return made;
}
const write = (path: string, content: string, more: object = {}): Operation => ({
  kind: 'write',
  path,
  content: Buffer.from(content),
  attributes: {},
  ...more,
});

describe('becoming another user', () => {
  test('root by sudo, behind a noisy shell; the login user without', async () => {
    expect((await root.exec({ argv: ['id', '-un'] })).stdout).toBe('root\n');
    expect((await host.as(loginIdentity).exec({ argv: ['id', '-un'] })).stdout).toBe(`${lab.user}\n`);
    expect((await host.as({ ...asRoot, becomeUser: 'nobody' }).exec({ argv: ['id', '-un'] })).stdout).toBe('nobody\n');
    expect((await root.read.user('asked'))?.passwordHash).toMatch(/^\$/);
    expect((await host.as(loginIdentity).read.user('asked'))?.passwordHash).toBeUndefined();
  });

  test('with a password, which is in no argv and is not asked for in vain', async () => {
    const asked = await open('asked');
    const sampler = sampleArgv([lab.chats]);
    const port = asked.as({ ...asRoot, password: new Secret(password) });
    expect((await port.exec({ script: 'id -un; cat', stdin: 'payload' })).stdout).toBe('root\npayload');
    await port.apply([write('/root/by-password', 'x')]);
    const lines = Object.values(await sampler.stop()).flat();
    expect(lines.some((line) => line.includes('sudo -H -S'))).toBe(true);
    expect(lines.filter((line) => line.includes(password))).toEqual([]);
    // NOPASSWD: the password must not reach the command.
    const unasked = await open('other');
    const other = unasked.as({ ...asRoot, password: new Secret(password) });
    expect((await other.exec({ script: 'cat', stdin: 'own input' })).stdout).toBe('own input');
  });

  test('each way that it fails has its own error', async () => {
    const code = async (user: string, identity: Partial<Identity>) => {
      const made = await open(user);
      return made
        .as({ ...asRoot, ...identity })
        .read.stat('/')
        .then(
          () => 'ok',
          (error) => error.code,
        );
    };
    expect(await code('asked', { password: new Secret('wrong') })).toBe('host/sudo-wrong-password');
    expect(await code('asked', {})).toBe('host/sudo-password-required');
    expect(await code('barred', { password: new Secret(password) })).toBe('host/sudo-not-allowed');
    expect(await code('other', { becomeUser: 'no-such-user' })).toBe('host/become-user');
    await lab.chats.run('echo "Defaults:other log_input" >/etc/sudoers.d/zz-log');
    expect(await code('other', {})).toBe('host/sudo-records');
    await lab.chats.run('printf "Defaults log_output\\nDefaults:other !log_output\\n" >/etc/sudoers.d/zz-log');
    expect(await code('other', {})).toBe('ok');
    await lab.chats.run('echo "Defaults log_output" >/etc/sudoers.d/zz-log');
    expect(await code('other', {})).toBe('host/sudo-records');
    await lab.chats.run('echo "Defaults:other requiretty" >/etc/sudoers.d/zz-log');
    expect(await code('other', {})).toBe('host/sudo-tty-required');
    await lab.chats.run('rm /etc/sudoers.d/zz-log; mv /usr/bin/sudo /usr/bin/sudo.away');
    expect(await code('other', {})).toBe('host/sudo-missing');
    await lab.chats.run('mv /usr/bin/sudo.away /usr/bin/sudo');
  });

  test('use_pty and log_output spoil no binary content', async () => {
    await lab.chats.run('echo "Defaults:other use_pty" >/etc/sudoers.d/zz-pty');
    const port = (await open('other')).as(asRoot);
    const content = Buffer.from(Array.from({ length: 4_000_000 }, (_, index) => (index * 31) % 256));
    await port.apply([{ kind: 'write', path: '/root/binary', content, attributes: {} }]);
    expect(await port.read.checksum('/root/binary', 'sha256')).toBe(createHash('sha256').update(content).digest('hex'));
    expect((await port.read.readFile('/root/binary'))?.equals(content)).toBe(true);
    await lab.chats.run('rm /etc/sudoers.d/zz-pty');
  });
});

describe('reading', () => {
  test('packages, units, users, files: one round trip for all', async () => {
    await root.freshRead.stat('/');
    const before = host.counters.roundTrips;
    const [installed, absent, unit, none, user, sudo, link] = await Promise.all([
      root.read.package('perl-base'),
      root.read.package('no-such-package'),
      root.read.unit('ssh'),
      root.read.unit('no-such-unit.service'),
      root.read.user('asked'),
      root.read.group('sudo'),
      root.read.stat('/etc/os-release'),
    ]);
    expect(host.counters.roundTrips - before).toBe(1);
    expect(installed).toMatchObject({ status: 'installed', version: expect.stringMatching(/^5\.36/), held: false });
    expect(absent).toEqual({ name: 'no-such-package', status: 'absent', held: false, providedBy: [] });
    expect(unit).toMatchObject({ loadState: 'loaded', activeState: 'active', unitFileState: 'enabled' });
    expect(none).toMatchObject({ loadState: 'not-found', activeState: 'inactive' });
    expect(user).toMatchObject({ name: 'asked', home: '/home/asked', shell: '/bin/bash', homeExists: true });
    expect(sudo?.name).toBe('sudo');
    expect(link).toMatchObject({ type: 'link', target: '../usr/lib/os-release' });
  });

  test('a mount point is told, and a file behind it is written in place', async () => {
    expect(await root.freshRead.stat('/etc/hosts')).toMatchObject({ type: 'file', mountPoint: true });
    const old = String(await root.freshRead.readFile('/etc/hosts'));
    await root.apply([write('/etc/hosts', `${old}10.9.9.9 added\n`)]);
    expect(await lab.chats.run('cat /etc/hosts; ls -A /etc | grep chatsctl; true')).toBe(`${old}10.9.9.9 added\n`);
    await root.apply([write('/etc/hosts', old)]);
    expect(await lab.chats.readFile('/etc/hosts')).toBe(old);
  });

  test('what is asked at the same time travels in one message', async () => {
    const before = host.counters.roundTrips;
    await Promise.all(Array.from({ length: 30 }, (_, index) => root.freshRead.stat(`/etc/passwd${index || ''}`)));
    expect(host.counters.roundTrips - before).toBe(1);
  });

  test('facts are Debian’s', async () => {
    const facts = await root.facts();
    expect(facts).toMatchObject({
      distribution: 'Debian',
      distribution_major_version: '12',
      distribution_release: 'bookworm',
      os_family: 'Debian',
      service_mgr: 'systemd',
      pkg_mgr: 'apt',
      user_id: 'root',
      default_ipv4: { address: lab.chats.address },
    });
  });
});

describe('writing', () => {
  test('a full disk leaves the old file whole, and says so', async () => {
    await lab.chats.run('mkdir -p /mnt/small && mount -t tmpfs -o size=300k tmpfs /mnt/small && echo old >/mnt/small/f');
    const large = write('/mnt/small/f', 'x'.repeat(200_000));
    await root.apply([write('/mnt/small/filler', 'y'.repeat(150_000))]);
    await expect(root.apply([large])).rejects.toMatchObject({
      code: 'host/write-failed',
      diagnostics: [{ params: { path: '/mnt/small/f', reason: expect.stringContaining('no space') } }],
    });
    const sent = Buffer.alloc(700_000, 'z');
    await expect(root.apply([{ kind: 'write', path: '/mnt/small/f', content: sent, attributes: {} }])).rejects.toMatchObject({
      code: 'host/upload-failed',
    });
    expect(await lab.chats.run('ls -A /mnt/small; cat /mnt/small/f')).toBe('f\nfiller\nold\n');
    await lab.chats.run('mount -o remount,ro /mnt/small');
    await expect(root.apply([write('/mnt/small/f', 'new')])).rejects.toMatchObject({
      diagnostics: [{ params: { reason: expect.stringContaining('read-only') } }],
    });
    await lab.chats.run('umount /mnt/small');
  });

  test('owner and mode are there before the content; a stranger’s link is not followed', async () => {
    await root.apply([write('/root/owned', 'x', { attributes: { owner: 'asked', group: 'asked', mode: 0o640 } })]);
    expect(await lab.chats.run('stat -c "%U %G %a" /root/owned')).toBe('asked asked 640\n');
    await lab.chats.run('su asked -c "ln -s /etc/shadow /tmp/trap"');
    const through: Operation = { kind: 'attributes', path: '/tmp/trap', follow: true, attributes: { mode: 0o666 } };
    await expect(root.apply([through])).rejects.toMatchObject({ code: 'host/write-failed' });
    expect(await lab.chats.run('stat -c %a /etc/shadow')).toBe('640\n');
  });

  test('the version before the first change is kept under the state directory', async () => {
    await lab.chats.run('echo first >/etc/motd');
    const kept = async () =>
      (await root.apply([{ kind: 'backup', path: '/etc/motd', under: 'state-directory' }, write('/etc/motd', 'later')]))[0]?.backup;
    expect(await kept()).toBe('/var/lib/chatsctl/backups/etc%2Fmotd');
    await kept();
    expect(await lab.chats.run('cat /var/lib/chatsctl/backups/etc%2Fmotd; stat -c %a /var/lib/chatsctl/backups')).toBe('first\n700\n');
  });

  test('user text runs where /tmp is noexec', async () => {
    await lab.chats.run('mount -t tmpfs -o noexec tmpfs /tmp');
    expect((await root.exec({ script: `echo run\n${'# x\n'.repeat(40_000)}` })).stdout).toBe('run\n');
    await lab.chats.run('umount /tmp');
  });
});

/** sshd replaces itself on a reload, and does not listen for a moment. */
async function sshdWith(line: string): Promise<void> {
  await lab.chats.run(`echo "${line}" >/etc/ssh/sshd_config.d/host-test.conf && systemctl restart ssh && until perl -MSocket -e '
    socket S, PF_INET, SOCK_STREAM, 0; connect S, sockaddr_in(22, INADDR_LOOPBACK) or exit 1'; do sleep 0.1; done`);
}

describe('connections', () => {
  test('fewer sessions than wanted are waited for', async () => {
    await sshdWith('MaxSessions 2');
    const made = await open(lab.user);
    const port = made.as(asRoot);
    const results = await Promise.all(Array.from({ length: 8 }, (_, index) => port.exec({ script: `sleep 0.1; echo ${index}` })));
    expect(results.map((each) => each.stdout.trim())).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
    // One is the session's own: it gives way to user text, and is opened again for the next read.
    await sshdWith('MaxSessions 1');
    const narrow = (await open(lab.user)).as(asRoot);
    expect((await narrow.read.stat('/'))?.type).toBe('directory');
    expect((await narrow.exec({ script: 'echo alone' })).stdout).toBe('alone\n');
    expect((await narrow.freshRead.stat('/'))?.type).toBe('directory');
    await sshdWith('AllowTcpForwarding no');
    const closed = (await open(lab.user)).as(asRoot);
    const stream = await closed.connect('127.0.0.1', 22);
    const hello = await new Promise<string>((resolve) => stream.once('data', (data: Buffer) => resolve(data.toString())));
    stream.destroy();
    expect(hello).toMatch(/^SSH-2\.0/);
    await expect(closed.connect('127.0.0.1', 1)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await sshdWith('# nothing');
    await expect(root.connect('127.0.0.1', 1)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('a lost one is made again for a read; what ran is reported as lost; the lock is taken anew', async () => {
    await host.lock({ run: 'run-1', operator: 'ann', from: 'laptop', pid: 1, waitMs: 0 }, asRoot);
    const other = await open('other');
    const claim = { run: 'run-2', operator: 'bob', from: 'desk', pid: 2, waitMs: 0 };
    await expect(other.lock(claim, asRoot)).rejects.toMatchObject({
      code: 'host/locked',
      diagnostics: [{ params: { run: 'run-1', operator: 'ann' } }],
    });
    const running = root.exec({ script: 'sleep 30' });
    const lost = expect(running).rejects.toMatchObject({ code: 'connect/lost' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await lab.chats.killSshSessions();
    await lost;
    expect((await root.freshRead.stat('/'))?.type).toBe('directory');
    expect(events.map((event) => event.state)).toEqual(['connecting', 'connected', 'lost', 'connecting', 'reconnected']);
    await expect((await open('other')).lock(claim, asRoot)).rejects.toMatchObject({ code: 'host/locked' });
    await host.close();
    await (await open('other')).lock({ ...claim, waitMs: 5000 }, asRoot);
  });
});
