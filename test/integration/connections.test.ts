// Every way to a host, right and wrong: one error by its code, with the contract's status and within its time, and the good run after it.
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { createSshKey } from '../lab/credentials.js';
import { docker } from '../lab/docker.js';
import type { LabHost } from '../lab/host.js';
import type { WrittenInventory } from '../lab/inventory.js';
import { type Lab, startLab } from '../lab/lab.js';
import { JsonRun } from './json-run.js';

/** What reaches the Chats server in the inventory. */
type Variables = Record<string, unknown>;

interface Expected {
  readonly exit: 2 | 3;
  readonly code: string;
  /** Of a jump host's error: what stands behind it. */
  readonly causes?: readonly string[];
  /** Seconds at least, where waiting is the point. */
  readonly after?: number;
  /** Seconds at most, of the whole command, on two busy cores. */
  readonly within?: number;
}

const password = 'correct horse 1';
let lab: Lab;
let chats: LabHost;
let written: WrittenInventory;
let home: string;
/** Undoes what a test broke. */
const mends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  lab = await startLab();
  chats = lab.chats;
  written = await lab.writeInventory();
  home = join(lab.folder, 'home');
  await mkdir(join(home, '.ssh'), { recursive: true, mode: 0o700 });
  // asks: sudo wants the password; free: it does not; barred: no sudo. All have the operator's key and the same password.
  await chats.run(`for u in asks free barred; do
      useradd -m -s /bin/bash $u && install -d -m 700 -o $u -g $u /home/$u/.ssh
      install -m 600 -o $u -g $u /home/${lab.user}/.ssh/authorized_keys /home/$u/.ssh/authorized_keys
      echo "$u:${password}" | chpasswd
    done
    install -D -m 600 /home/${lab.user}/.ssh/authorized_keys /root/.ssh/authorized_keys
    printf '%s\\n' 'asks ALL=(ALL) ALL' 'free ALL=(ALL) NOPASSWD: ALL' | (umask 227; cat >/etc/sudoers.d/users)`);
});
afterEach(async () => {
  for (const mend of mends.splice(0).reverse()) await mend();
});
afterAll(() => lab?.stop());

/** Changes something on the host until the test ends. */
async function until(change: string, mend: string, on = chats): Promise<void> {
  mends.push(() => on.run(mend));
  await on.run(change);
}

const restarted = (ports = [22]) =>
  `sshd -t && systemctl reset-failed ssh && systemctl restart ssh && for port in ${ports.join(' ')}; do until perl -MSocket -e '
    socket S, PF_INET, SOCK_STREAM, 0; connect S, sockaddr_in(shift, INADDR_LOOPBACK) or exit 1' $port; do sleep 0.05; done; done`;

/** These lines go before sshd's own configuration. */
async function sshd(lines: string, ports = [22]): Promise<void> {
  const file = '/etc/ssh/sshd_config.d/00-test.conf';
  mends.push(() => chats.run(`rm ${file}; ${restarted()}`));
  await chats.writeFile(file, `${lines}\n`);
  await chats.run(restarted(ports));
}

const sudoers = (line: string) => until(`umask 227; echo '${line}' >/etc/sudoers.d/zz-test && visudo -cq`, 'rm -f /etc/sudoers.d/zz-test');

async function put(name: string, content: string): Promise<string> {
  const path = join(lab.folder, name);
  await writeFile(path, content, { mode: 0o600 });
  return path;
}

const knownHosts = (...lines: string[]) => put('known_hosts', lines.map((line) => `${line}\n`).join(''));

function inventory(variables: Variables, known = written.knownHosts): Promise<string> {
  const chat1 = {
    ansible_host: chats.address,
    ansible_user: lab.user,
    ansible_ssh_private_key_file: written.privateKey,
    ansible_ssh_common_args: `-o UserKnownHostsFile=${known} -o IdentitiesOnly=yes`,
    ...variables,
  };
  const set = Object.entries(chat1).filter(([, value]) => value !== undefined);
  return put('hosts.yaml', stringify({ all: { hosts: { chat1: Object.fromEntries(set) } } }));
}

interface Options {
  readonly known?: string;
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
  readonly become?: boolean;
  /** What the task runs; default: who it is. */
  readonly script?: string;
}

const stranger = () => createSshKey().publicKey;
const LOOK = 'id -un';

async function command(variables: Variables, { known, args = [], become = false, script = LOOK }: Options): Promise<string[]> {
  const task = { name: 'looks', shell: script, become };
  const book = await put('look.yaml', stringify([{ hosts: 'all', gather_facts: false, tasks: [task] }]));
  return ['play', book, '-i', await inventory(variables, known), ...args];
}

async function play(variables: Variables, options: Options = {}): Promise<{ run: JsonRun; seconds: number }> {
  const words = await command(variables, options);
  const started = performance.now();
  const ended = await lab.control.run([...words, '--no-input', '--output', 'json'], { env: options.env ?? {}, timeout: 120_000 });
  return { run: new JsonRun(ended), seconds: (performance.now() - started) / 1000 };
}

async function fails(variables: Variables, expected: Expected, options: Options = {}): Promise<JsonRun> {
  const { run, seconds } = await play(variables, { args: ['--timeout', '3'], ...options });
  const { exit, code, causes, after = 0, within = 15 } = expected;
  expect(run.code, run.text).toBe(exit);
  const status = exit === 3 ? 'unreachable' : 'failed';
  expect(run.results, run.text).toMatchObject([{ task: 'looks', host: 'chat1', status, result: { code, ...(causes && { causes }) } }]);
  expect(run.recap).toMatchObject({ exit, hosts: { chat1: { failed: exit === 2 ? 1 : 0, unreachable: exit === 3 ? 1 : 0 } } });
  expect(seconds, `seconds of ${code}`).toBeGreaterThan(after);
  expect(seconds, `seconds of ${code}`).toBeLessThan(within);
  return run;
}

/** The good run: what the task printed. */
async function works(variables: Variables = {}, options: Options = {}): Promise<string> {
  const { run, seconds } = await play(variables, options);
  expect(run.code, run.text).toBe(0);
  expect(seconds).toBeLessThan(15);
  const { stdout } = run.result('looks').result as { stdout: string };
  return stdout;
}

/** Everything that a test broke is mended, and the usual way leads to the host again. */
async function worksAgain(): Promise<void> {
  for (const mend of mends.splice(0).reverse()) await mend();
  expect(await works()).toBe(lab.user);
}

describe('on the way', () => {
  const listener = (port: number, act: string) => async () => {
    const program = `use IO::Socket::INET; my $s = IO::Socket::INET->new(LocalPort => ${port}, Listen => 5, ReuseAddr => 1); my @c;
      while (my $c = $s->accept) { ${act} }`;
    await chats.writeFile('/root/listener.pl', program);
    await until(
      'setsid perl /root/listener.pl >/dev/null 2>&1 </dev/null & echo $! >/root/listener.pid; sleep 0.3',
      'kill "$(cat /root/listener.pid)"',
    );
    return { ansible_port: port };
  };
  const cases: [name: string, expected: Expected, variables: () => Promise<Variables>][] = [
    ['no such name', { exit: 3, code: 'connect/dns' }, async () => ({ ansible_host: 'nobody.invalid' })],
    ['nothing listens', { exit: 3, code: 'connect/refused' }, async () => ({ ansible_port: 2222 })],
    [
      'packets are dropped',
      { exit: 3, code: 'connect/timeout', after: 3 },
      async () => {
        const route = `blackhole ${lab.control.host.address}/32`;
        await until(`ip route add ${route}`, `ip route del ${route}`);
        return {};
      },
    ],
    ['no route', { exit: 3, code: 'connect/unreachable' }, async () => ({ ansible_host: '2001:db8::1' })],
    ['a port that is silent', { exit: 3, code: 'connect/handshake-timeout', after: 3 }, listener(2299, 'push @c, $c')],
    ['another protocol', { exit: 3, code: 'connect/not-ssh' }, async () => ({ ansible_host: lab.meetings.address, ansible_port: 443 })],
    // Five attempts with pauses of 0.4, 0.8, 1.6 and 3.2 s, each between its half and one and a half of it.
    ['dropped each time', { exit: 3, code: 'connect/dropped', after: 3, within: 20 }, listener(2298, 'close $c')],
    [
      'no algorithm in common',
      { exit: 3, code: 'connect/algorithms' },
      async () => {
        await sshd('KexAlgorithms sntrup761x25519-sha512@openssh.com');
        return {};
      },
    ],
  ];
  test.each(cases)('%s', async (_name, expected, variables) => {
    await fails(await variables(), expected);
    await worksAgain();
  });

  test('MaxStartups: dropped at first, let in after a while', async () => {
    await sshd('MaxStartups 1:100:1\nLoginGraceTime 60');
    const holder = lab.control.startProgram([
      'perl',
      '-MIO::Socket::INET',
      '-e',
      `my $s = IO::Socket::INET->new('${chats.address}:22'); print scalar <$s>; $| = 1; print "held\\n"; sleep 60`,
    ]);
    try {
      await holder.waitForOutput(/held|SSH-/);
      await fails({}, { exit: 3, code: 'connect/dropped', after: 3, within: 20 });
      const running = works();
      setTimeout(() => holder.kill('SIGKILL').catch(() => {}), 2500);
      expect(await running).toBe(lab.user);
    } finally {
      await holder.kill('SIGKILL').catch(() => {});
    }
    await worksAgain();
  });

  test('a host that vanishes in the middle is noticed: here after two unanswered questions, one a second', async () => {
    const args = `-o UserKnownHostsFile=${written.knownHosts} -o ServerAliveInterval=1 -o ServerAliveCountMax=2`;
    const running = fails(
      { ansible_ssh_common_args: args },
      { exit: 3, code: 'connect/lost', after: 2, within: 20 },
      { script: 'touch /tmp/began; sleep 50' },
    );
    await expect.poll(() => chats.exists('/tmp/began'), { timeout: 10_000 }).toBe(true);
    mends.push(() => docker(['unpause', chats.id]));
    await docker(['pause', chats.id]);
    await running;
    await worksAgain();
  });
});

describe('host keys', () => {
  const makeKeys = `for t in rsa ecdsa; do [ -f /etc/ssh/test_$t ] || ssh-keygen -q -N '' -t $t -f /etc/ssh/test_$t; done`;
  const publicKey = async (path: string) => (await chats.readFile(path)).split(' ').slice(0, 2).join(' ').trim();

  test.each([
    ['unknown', 'connect/host-key-unknown', () => []],
    ['changed', 'connect/host-key-changed', () => [`${chats.address} ${stranger()}`]],
    ['revoked', 'connect/host-key-revoked', () => [`${chats.address} ${chats.hostKey}`, `@revoked * ${chats.hostKey}`]],
  ] as const)('%s', async (_name, code, lines) => {
    await fails({}, { exit: 3, code }, { known: await knownHosts(...lines()) });
    await worksAgain();
  });

  test('of several types: the one that is known is asked for', async () => {
    await chats.run(makeKeys);
    await sshd(
      ['ed25519_key', 'rsa', 'ecdsa'].map((name) => `HostKey /etc/ssh/${name === 'ed25519_key' ? 'ssh_host_' : 'test_'}${name}`).join('\n'),
    );
    for (const type of ['rsa', 'ecdsa']) {
      const known = await knownHosts(`${chats.address} ${await publicKey(`/etc/ssh/test_${type}.pub`)}`);
      expect(await works({}, { known })).toBe(lab.user);
    }
    await fails(
      {},
      { exit: 3, code: 'connect/host-key-changed' },
      {
        known: await knownHosts(
          `${chats.address} ssh-rsa ${(await publicKey('/etc/ssh/test_rsa.pub')).split(' ')[1]?.replace(/.{4}$/, 'AAAA')}`,
        ),
      },
    );
    await worksAgain();
  });

  test('hashed names, and names with a port: as ssh-keygen -H and ssh-keyscan write them', async () => {
    await sshd('Port 22\nPort 2222', [22, 2222]);
    const key = chats.hostKey;
    const known = await knownHosts(`[${chats.address}]:2222 ${key}`);
    const hash = () => lab.control.startProgram(['ssh-keygen', '-q', '-H', '-f', known]).finished;
    expect(await works({ ansible_port: 2222 }, { known })).toBe(lab.user);
    await fails({ ansible_port: 22 }, { exit: 3, code: 'connect/host-key-unknown' }, { known });
    expect((await hash()).code).toBe(0);
    expect(await works({ ansible_port: 2222 }, { known })).toBe(lab.user);
    await appendFile(known, `[${chats.address}]:2222 ${stranger()}\n`);
    expect(await works({ ansible_port: 2222 }, { known })).toBe(lab.user);
    await worksAgain();
  });

  describe('an authority of hosts', () => {
    const trust = async (pattern = '*') => knownHosts(`@cert-authority ${pattern} ${await publicKey('/etc/ssh/authority.pub')}`);
    const issue = async (flags: string, authority = 'authority', key = 'ssh_host_ed25519_key') => {
      await chats.run(`cd /etc/ssh; ${makeKeys}
        for a in authority other; do [ -f $a ] || ssh-keygen -q -N '' -t ed25519 -f $a; done
        ssh-keygen -q -s ${authority} -I host -h ${flags} ${key}.pub`);
      const certificate = `/etc/ssh/${key}-cert.pub`;
      await sshd(`HostKey /etc/ssh/${key}\nHostCertificate ${certificate}`);
      mends.push(() => chats.run(`rm ${certificate}`));
    };

    test.each(['ssh_host_ed25519_key', 'test_rsa', 'test_ecdsa'])('its certificate of %s vouches for the host', async (key) => {
      await issue(`-n chat1,${chats.address}`, 'authority', key);
      expect(await works({}, { known: await trust() })).toBe(lab.user);
      await worksAgain();
    });

    test.each([
      ['expired', '-V 20200101:20210101', 'authority', /expired/],
      ['of another host', '-n meet1', 'authority', /names meet1/],
      ['of another authority', '', 'other', /another authority/],
    ])('a certificate %s does not', async (_name, flags, authority, reason) => {
      await issue(flags, authority);
      for (const args of [
        ['--timeout', '3'],
        ['--timeout', '3', '--accept-new-host-keys'],
      ]) {
        const run = await fails({}, { exit: 3, code: 'connect/host-certificate' }, { known: await trust(), args });
        expect(run.result('looks').result).toMatchObject({ reason: expect.stringMatching(reason) });
      }
      await worksAgain();
    });

    test('a revoked key is refused, whoever vouches for it', async () => {
      await issue('');
      const known = await trust();
      await appendFile(known, `@revoked * ${chats.hostKey}\n`);
      await fails({}, { exit: 3, code: 'connect/host-key-revoked' }, { known });
      await worksAgain();
    });

    test('a host without a certificate is told so', async () => {
      await issue('');
      const known = await trust();
      for (const mend of mends.splice(0).reverse()) await mend();
      await fails({}, { exit: 3, code: 'connect/host-certificate' }, { known });
      await worksAgain();
    });
  });
});

describe('logging in', () => {
  const withPassword = (ansible_password: string, more: Variables = {}): Variables => ({
    ansible_user: 'asks',
    ansible_ssh_private_key_file: undefined,
    ansible_password,
    ...more,
  });
  const tries = async (since: string) => {
    const log = await chats.run(`journalctl -q -o cat --since @${since} -t sshd; true`);
    return log.match(/Failed \S+ for asks/g)?.length ?? 0;
  };
  const now = async () => (await chats.run('date +%s')).trim();

  test.each<[string, Expected, () => Promise<Variables>]>([
    [
      'a key that opens nothing',
      { exit: 3, code: 'connect/auth' },
      async () => ({ ansible_ssh_private_key_file: await put('stranger', createSshKey().privateKey) }),
    ],
    ['a user that does not exist', { exit: 3, code: 'connect/auth' }, async () => ({ ansible_user: 'nobody-here' })],
    ['a key file that is not there', { exit: 3, code: 'connect/key-file' }, async () => ({ ansible_ssh_private_key_file: '/nowhere/key' })],
    [
      'no login for now',
      { exit: 3, code: 'connect/login-closed' },
      async () => {
        await until('touch /etc/nologin', 'rm /etc/nologin');
        return {};
      },
    ],
  ])('%s', async (_name, expected, variables) => {
    await fails(await variables(), expected);
    await worksAgain();
  });

  test('an encrypted key: its passphrase is given, wrong, missing, in the agent', async () => {
    const key = await put('locked', lab.clientKey.privateKey);
    const lock = ['ssh-keygen', '-q', '-p', '-P', '', '-N', 'a pass phrase', '-f', key];
    expect(await lab.control.startProgram(lock).finished).toMatchObject({ code: 0 });
    const locked = { ansible_ssh_private_key_file: key };
    const passphrase = (text: string) => ({ ...locked, ansible_ssh_private_key_passphrase: text });
    expect(await works(passphrase('a pass phrase'))).toBe(lab.user);
    await fails(passphrase('another'), { exit: 3, code: 'connect/key-passphrase-wrong' });
    await fails(locked, { exit: 3, code: 'connect/key-passphrase' });
    const agent = await startAgent([written.privateKey]);
    expect(await works(locked, { env: agent })).toBe(lab.user);
    await worksAgain();
  });

  test('a passphrase is asked for once, for all hosts', async () => {
    const key = await put('locked-asked', lab.clientKey.privateKey);
    await lab.control.startProgram(['ssh-keygen', '-q', '-p', '-P', '', '-N', 'a pass phrase', '-f', key]).finished;
    const words = await command({}, {});
    const vars = {
      ansible_user: lab.user,
      ansible_ssh_private_key_file: key,
      ansible_ssh_common_args: `-o UserKnownHostsFile=${written.knownHosts}`,
    };
    const hosts = { chat1: { ansible_host: chats.address }, meet1: { ansible_host: lab.meetings.address } };
    await put('hosts.yaml', stringify({ all: { vars, hosts } }));
    const running = lab.control.start([...words, '--output', 'plain'], { terminal: true });
    await running.waitForOutput(/locked-asked/);
    running.write('a pass phrase\r');
    const ended = await running.finished;
    expect(ended.code, ended.stdout).toBe(0);
    expect(ended.stdout).not.toContain('a pass phrase');
    expect(ended.stdout).toMatch(/chat1[\s\S]*meet1/);
    // The question is shown once, and once more as it was answered.
    expect(ended.stdout.match(/\?[^\n]*locked-asked/g)?.length ?? 0).toBeLessThanOrEqual(2);
    await worksAgain();
  });

  test('a password: right, from the inventory and asked for; a wrong one is sent once', async () => {
    expect(await works(withPassword(password))).toBe('asks');
    const since = await now();
    await fails(withPassword('not the password'), { exit: 3, code: 'connect/auth' });
    expect(await tries(since)).toBe(1);
    const words = await command(withPassword(password, { ansible_password: undefined }), {});
    const running = lab.control.start([...words, '-k', '--output', 'plain'], { terminal: true });
    await running.waitForOutput(/\?/);
    running.write(`${password}\r`);
    const ended = await running.finished;
    expect(ended.code, ended.stdout).toBe(0);
    expect(ended.stdout).not.toContain(password);
    await worksAgain();
  });

  test('keyboard-interactive alone', async () => {
    await sshd('PasswordAuthentication no\nKbdInteractiveAuthentication yes');
    expect(await works(withPassword(password))).toBe('asks');
    await fails(withPassword('not the password'), { exit: 3, code: 'connect/auth' });
    await worksAgain();
  });

  test('a key and then the password, where the server wants both', async () => {
    await sshd('AuthenticationMethods publickey,password publickey,keyboard-interactive');
    const both = withPassword(password, { ansible_ssh_private_key_file: written.privateKey });
    expect(await works(both)).toBe('asks');
    await fails({ ansible_user: 'asks' }, { exit: 3, code: 'connect/auth' });
    await worksAgain();
  });

  test('an agent with more keys than the server takes, and its remedy', async () => {
    await sshd('MaxAuthTries 2');
    const strangers = await Promise.all([1, 2, 3].map((n) => put(`agent-${n}`, createSshKey().privateKey)));
    const env = await startAgent([...strangers, written.privateKey]);
    const agentOnly = { ansible_ssh_private_key_file: undefined, ansible_ssh_common_args: `-o UserKnownHostsFile=${written.knownHosts}` };
    await fails(agentOnly, { exit: 3, code: 'connect/too-many-auth-failures' }, { env });
    // The remedy that the error names.
    expect(await works({}, { env })).toBe(lab.user);
    await worksAgain();
    expect(await works(agentOnly, { env: await startAgent([...strangers, written.privateKey]) })).toBe(lab.user);
  });

  async function startAgent(keys: string[]): Promise<Record<string, string>> {
    const SSH_AUTH_SOCK = join(lab.folder, `agent-${Date.now()}`);
    const agent = lab.control.startProgram(['ssh-agent', '-D', '-a', SSH_AUTH_SOCK]);
    mends.push(() => agent.kill('SIGTERM'));
    await agent.waitForOutput(/SSH_AUTH_SOCK/);
    const added = await lab.control.startProgram(['ssh-add', '-q', ...keys], { env: { SSH_AUTH_SOCK } }).finished;
    expect(added.code, added.stderr).toBe(0);
    return { SSH_AUTH_SOCK };
  }
});

describe('jump hosts', () => {
  const hop = (host: LabHost, user = lab.user) => `${user}@${host.address}`;
  const via = (jumps: string, known = written.knownHosts) => ({
    ansible_port: 2222,
    ansible_ssh_common_args: `-J ${jumps} -o UserKnownHostsFile=${known}`,
  });
  /** Jump hosts are logged in to with what ssh's own configuration says. */
  const config = async (text: string) => {
    mends.push(() => rm(join(home, '.ssh/config'), { force: true }));
    await writeFile(join(home, '.ssh/config'), text, { mode: 0o600 });
  };
  const second = async () => {
    await config(`Host *\n  IdentityFile ${written.privateKey}\n`);
    await sshd('Port 22\nPort 2222', [22, 2222]);
    return knownHosts(
      `[${chats.address}]:2222 ${chats.hostKey}`,
      `${chats.address} ${chats.hostKey}`,
      `${lab.meetings.address} ${lab.meetings.hostKey}`,
    );
  };

  test('two, one behind the other; each that fails is named, with its cause', async () => {
    const known = await second();
    const [first, then] = [hop(lab.meetings), hop(chats)];
    expect(await works(via(`${first},${then}`, known))).toBe(lab.user);
    const cases: [jumps: string, at: string, causes: string[]][] = [
      [`${hop(lab.meetings, 'nobody-here')},${then}`, lab.meetings.address, ['connect/auth']],
      [`${first},${hop(chats, 'nobody-here')}`, chats.address, ['connect/auth']],
      [`${first},${lab.user}@${chats.address}:2223`, lab.meetings.address, ['connect/refused']],
      [`nobody.invalid,${then}`, 'nobody.invalid', ['connect/dns']],
    ];
    for (const [jumps, at, causes] of cases) {
      const run = await fails(via(jumps, known), { exit: 3, code: 'connect/jump', causes });
      expect(run.result('looks').result).toMatchObject({ hop: at, host: chats.address });
    }
    const beyond = await fails(
      { ...via(`${first},${then}`, known), ansible_port: 2224 },
      { exit: 3, code: 'connect/jump', causes: ['connect/refused'] },
    );
    expect(beyond.result('looks').result).toMatchObject({ hop: chats.address });
    await worksAgain();
  });

  test('each hop’s host key is checked', async () => {
    await second();
    const all = [
      `[${chats.address}]:2222 ${chats.hostKey}`,
      `${chats.address} ${chats.hostKey}`,
      `${lab.meetings.address} ${lab.meetings.hostKey}`,
    ];
    const jumps = `${hop(lab.meetings)},${hop(chats)}`;
    for (const [missing, at] of [
      [2, lab.meetings.address],
      [1, chats.address],
    ] as const) {
      const known = await knownHosts(...all.filter((_, index) => index !== missing));
      const run = await fails(via(jumps, known), { exit: 3, code: 'connect/jump', causes: ['connect/host-key-unknown'] });
      expect(run.result('looks').result).toMatchObject({ hop: at });
    }
    const changed = [`[${chats.address}]:2222 ${stranger()}`, ...all.slice(1)];
    await fails(via(jumps, await knownHosts(...changed)), { exit: 3, code: 'connect/host-key-changed' });
    await worksAgain();
  });

  test('one that forwards nothing', async () => {
    const known = await second();
    await chats.run(`echo 'AllowTcpForwarding no' >>/etc/ssh/sshd_config.d/00-test.conf; ${restarted([22, 2222])}`);
    await fails(via(hop(chats), known), { exit: 3, code: 'connect/jump', causes: ['connect/forward-refused'] });
    await worksAgain();
  });

  test('ProxyCommand of ssh’s configuration: honoured, and its end told', async () => {
    const block = (program: string) => `Host ${chats.address}\n  ProxyCommand ${program}\n`;
    await config(block(`ssh -F none -i ${written.privateKey} -o UserKnownHostsFile=${written.knownHosts} -W %h:%p ${hop(lab.meetings)}`));
    expect(await works()).toBe(lab.user);
    await config(block('perl -e "print STDERR qq(no way\\n); exit 3"'));
    const run = await fails({}, { exit: 3, code: 'connect/proxy-command' });
    expect(run.result('looks').result).toMatchObject({ reason: 'no way' });
    await worksAgain();
  });
});

describe('sessions', () => {
  test('MaxSessions 1, a banner, a shell that talks: the work is done', async () => {
    await sshd('MaxSessions 1\nBanner /etc/issue.net');
    const noise = 'echo "Welcome!"; echo "Attention!" >&2';
    await until(
      `echo "Authorised people only" >/etc/issue.net; cp /home/${lab.user}/.bashrc /root/bashrc; (echo '${noise}'; cat /root/bashrc) >/home/${lab.user}/.bashrc`,
      `cp /root/bashrc /home/${lab.user}/.bashrc`,
    );
    expect(await works()).toBe(lab.user);
    expect(await works({}, { become: true })).toBe('root');
    await worksAgain();
  });

  test('a login shell that is not POSIX', async () => {
    await chats.run('apt-get -q update && apt-get -qy install --no-install-recommends csh fish');
    for (const shell of ['/bin/csh', '/usr/bin/fish']) {
      await until(`chsh -s ${shell} ${lab.user}`, `chsh -s /bin/bash ${lab.user}`);
      expect(await works()).toBe(lab.user);
      expect(await works({ ansible_become_user: 'nobody' }, { become: true })).toBe('nobody');
      expect(await works({ ansible_user: 'asks', ansible_become_password: password }, { become: true })).toBe('root');
    }
    await worksAgain();
  });

  test.each(['/usr/sbin/nologin', '/bin/false'])('%s', async (shell) => {
    await until(`chsh -s ${shell} ${lab.user}`, `chsh -s /bin/bash ${lab.user}`);
    await fails({}, { exit: 3, code: 'host/session-refused' });
    await worksAgain();
  });
});

describe('sudo', () => {
  test('asks: the right password, a wrong one, none', async () => {
    const asks = (ansible_become_password?: string): Variables => ({ ansible_user: 'asks', ansible_become_password });
    expect(await works(asks(password), { become: true })).toBe('root');
    expect(await works({ ...asks(password), ansible_become_user: 'free' }, { become: true })).toBe('free');
    await fails(asks('not the password'), { exit: 2, code: 'host/sudo-wrong-password' }, { become: true });
    await fails(asks(), { exit: 2, code: 'host/sudo-password-required' }, { become: true });
    await fails(
      { ansible_user: 'barred', ansible_become_password: password },
      { exit: 2, code: 'host/sudo-not-allowed' },
      { become: true },
    );
    await worksAgain();
  });

  test('requiretty is told, use_pty is no matter', async () => {
    await sudoers('Defaults requiretty');
    await fails({}, { exit: 2, code: 'host/sudo-tty-required' }, { become: true });
    await sudoers('Defaults use_pty');
    expect(await works({}, { become: true })).toBe('root');
    await worksAgain();
  });

  test.each([
    ['root', 'Defaults log_input'],
    ['root', 'Defaults:asks log_output'],
    ['free', 'Defaults log_input, log_output'],
  ])('to become %s with %s: refused before anything is sent', async (becomeUser, line) => {
    await sudoers(line);
    await chats.run('rm -rf /var/log/sudo-io');
    const canary = `canary-${Date.now()}`;
    const variables = { ansible_user: 'asks', ansible_become_password: password, ansible_become_user: becomeUser };
    await fails(variables, { exit: 2, code: 'host/sudo-records' }, { become: true, script: `echo ${canary}` });
    const recorded = await chats.run('find /var/log/sudo-io -type f -exec zcat -f {} + 2>/dev/null; true');
    expect(recorded).not.toContain(canary);
    expect(recorded).not.toContain(password);
    await worksAgain();
  });

  test('none on the host: root logs in as root; another is told', async () => {
    await until('mv /usr/bin/sudo /usr/bin/sudo.away', 'mv /usr/bin/sudo.away /usr/bin/sudo');
    expect(await works({ ansible_user: 'root' }, { become: true })).toBe('root');
    await fails({}, { exit: 2, code: 'host/sudo-missing' }, { become: true });
    await fails({ ansible_user: 'root', ansible_become_user: 'nobody' }, { exit: 2, code: 'host/sudo-missing' }, { become: true });
    await worksAgain();
  });

  test('another user, and one who does not exist', async () => {
    expect(await works({ ansible_become_user: 'nobody' }, { become: true })).toBe('nobody');
    await fails({ ansible_become_user: 'no-one' }, { exit: 2, code: 'host/become-user' }, { become: true });
    await worksAgain();
  });

  test('another way than sudo is refused before anything is contacted', async () => {
    const { run } = await play({ ansible_become_method: 'su' }, { become: true });
    const found = run.events.flatMap((each) => (each.type === 'diagnostic' ? [each.diagnostic.code] : []));
    expect({ code: run.code, found }, run.text).toEqual({ code: 4, found: ['host/become-method'] });
    expect(run.events.filter((each) => each.type === 'connect')).toEqual([]);
    await worksAgain();
  });
});
