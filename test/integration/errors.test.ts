// What goes wrong says so at once: one error, by its code, with the place and the way out, and with the contract's exit status.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Diagnostic } from '../../src/base/errors.js';
import { createSshKey } from '../lab/credentials.js';
import type { WrittenInventory } from '../lab/inventory.js';
import { type Lab, startLab } from '../lab/lab.js';
import { Customer } from './customer.js';
import { JsonRun } from './json-run.js';

/** For the whole command, also on two busy cores. */
const AT_ONCE = 15_000;

let lab: Lab;
let customer: Customer;
let written: WrittenInventory;
/** Of the machine that runs the tools: names on it are the same as on the control machine. */
let folder: string;

beforeAll(async () => {
  lab = await startLab({ sudo: 'password' });
  customer = await Customer.of(lab, { sudoPassword: true });
  written = await lab.writeInventory(join(lab.folder, 'other'));
  ({ folder } = written);
  await lab.chats.run(`useradd -m barred && install -d -m 700 -o barred -g barred /home/barred/.ssh &&
    install -m 600 -o barred -g barred /home/${lab.user}/.ssh/authorized_keys /home/barred/.ssh/authorized_keys`);
  // A port where somebody answers and never says a word, as behind a firewall that keeps half a connection.
  await lab.chats.writeFile(
    '/root/silent.pl',
    `use IO::Socket::INET; my $s = IO::Socket::INET->new(LocalPort => 2299, Listen => 5, ReuseAddr => 1); my @c; while (my $c = $s->accept) { push @c, $c }`,
  );
  await lab.chats.run('setsid perl /root/silent.pl >/dev/null 2>&1 </dev/null & sleep 0.5');
});
afterAll(() => lab?.stop());

/** Writes a file of the customer's; answers its path. */
async function put(name: string, content: string | object): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : stringify(content), { mode: 0o600 });
  return path;
}

/** An inventory of the Chats server alone; `host` adds to or replaces what reaches it. */
function inventory(name: string, host: object = {}, knownHosts = written.knownHosts): Promise<string> {
  const vars = {
    ansible_host: lab.chats.address,
    ansible_user: lab.user,
    ansible_ssh_private_key_file: written.privateKey,
    ansible_ssh_common_args: `-o UserKnownHostsFile=${knownHosts} -o IdentitiesOnly=yes`,
    ...host,
  };
  return put(`${name}.yaml`, { all: { children: { chats: { hosts: { chat1: vars } } } } });
}

const playbook = (tasks: readonly object[]): object => [{ name: 'a play', hosts: 'chats', gather_facts: false, tasks }];
const LOOK = playbook([{ name: 'looks', command: 'id -un' }]);

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs to the end, and within seconds. */
async function chatsctl(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const started = performance.now();
  const ended = await lab.control.run([...args, '--no-input'], { env, timeout: 60_000 });
  expect(performance.now() - started, `milliseconds until it said:\n${ended.stdout}${ended.stderr}`).toBeLessThan(AT_ONCE);
  return ended;
}

/** Plays for a program and for a person; what they are told is the same. */
async function play(book: string | object, where: string, args: string[] = []): Promise<{ json: JsonRun; plain: Ended }> {
  const path = typeof book === 'string' ? book : await put('play.yaml', book);
  const words = ['play', path, '-i', where, ...args];
  const json = new JsonRun(await chatsctl([...words, '--output', 'json']));
  const plain = await chatsctl([...words, '--output', 'plain']);
  expect(plain.code).toBe(json.code);
  expect(json.recap?.exit, json.text).toBe(json.code);
  return { json, plain };
}

function diagnostics(run: JsonRun): Diagnostic[] {
  return run.events.flatMap((each) => (each.type === 'diagnostic' ? [each.diagnostic] : []));
}

/** The input is wrong: these errors, and no host was contacted. */
function expectInvalid(run: JsonRun, codes: readonly string[]): void {
  expect({ code: run.code, codes: diagnostics(run).map((each) => each.code) }, run.text).toEqual({ code: 4, codes });
  expect(run.events.filter((each) => each.type === 'connect' || each.type === 'task_start')).toEqual([]);
}

/** One task failed or never reached its host: one result says so, by this code. */
function expectFailed(run: JsonRun, exit: 2 | 3, code: string): void {
  expect(run.code, run.text).toBe(exit);
  const bad = run.results.filter((each) => each.status !== 'ok' && each.status !== 'changed');
  expect(bad).toMatchObject([{ host: 'chat1', status: exit === 3 ? 'unreachable' : 'failed', result: { code } }]);
  expect(run.recap?.hosts.chat1).toMatchObject(exit === 3 ? { unreachable: 1, failed: 0 } : { unreachable: 0, failed: 1 });
}

describe('a playbook', () => {
  test('typing errors: all of them, each with its place and the word that was meant', async () => {
    const book = await put(
      'typos.yaml',
      `- hosts: chats
  gather_facts: false
  tasks:
    - name: first
      comand: id
    - name: second
      command: id
      wehn: true
    - name: third
      file: { path: /tmp/x, onwer: root }
    - copy: { dest: /tmp/y, content: x, mode: rwx }
`,
    );
    const { json, plain } = await play(book, await inventory('typos-hosts'));
    expectInvalid(json, ['play/unknown-module', 'play/unknown-keyword', 'args/unknown', 'args/invalid']);
    for (const line of [
      ':5:7: error: there is no module "comand"',
      'did you mean "command"?',
      ':8:7: error: unknown keyword "wehn" in a task',
      'did you mean "when"?',
      ':10:29: error: unknown argument "onwer" of module "file"',
      'did you mean "owner"?',
      ':11:47: error: argument "mode" of copy: found "rwx", expected permission bits',
    ])
      expect(plain.stderr).toContain(line);
    expect(plain.stderr).toContain(
      '   10 |       file: { path: /tmp/x, onwer: root }\n      |                             ^^^^^ did you mean "owner"?',
    );
    expect(plain.stdout).toBe('');
  });

  test('YAML that cannot be read', async () => {
    const book = await put('broken.yaml', '- hosts: chats\n  tasks:\n    - name: a\n     command: id\n');
    const { json, plain } = await play(book, await inventory('broken-hosts'));
    expectInvalid(json, ['yaml/indent']);
    expect(plain.stderr).toContain('broken.yaml:4:6: error:');
  });

  test('an undefined variable in a template: where it is used, and what it is called', async () => {
    await put('page.hbs', 'first line\nserver {{ chat_domian }};\n');
    const book = playbook([{ name: 'the page', template: { src: 'page.hbs', dest: '/tmp/page' } }]);
    const { json, plain } = await play(book, await inventory('template', { chat_domain: 'x.example' }));
    expectFailed(json, 2, 'template/undefined');
    expect(plain.stdout).toContain('the variable "chat_domian" is not defined');
    expect(plain.stdout).toMatch(/page\.hbs:2:11\)/);
    expect(plain.stdout).toContain('did you mean "chat_domain"?');
    expect(await lab.chats.exists('/tmp/page')).toBe(false);
  });

  test('variables that roles need: all at once, before any host', async () => {
    const { json, plain } = await play('playbooks/install.yaml', await inventory('nothing'));
    const missing = ['chat_domain', 'meetings_domain', 'chat_certificate_file', 'chat_certificate_key_file', 'chat_license_file'];
    expect(diagnostics(json).map(({ code, params }) => `${code} ${params.name}`)).toEqual([
      ...missing.map((name) => `role/missing-argument ${name}`),
      'role/missing-secret chat_license_key',
    ]);
    expectInvalid(json, [...missing.map(() => 'role/missing-argument'), 'role/missing-secret']);
    // A secret is never to be typed into a command line.
    expect(plain.stderr).toContain('-e chat_domain=');
    expect(plain.stderr).not.toContain('-e chat_license_key');
    expect(plain.stderr).toContain('chatsctl secrets set chat_license_key -i INVENTORY');
  });
});

describe('the command line', () => {
  test.each([
    [['--chek'], 'unknown option --chek of "chatsctl play"', 'did you mean "--check"?'],
    [['--forks', 'many'], '--forks: found "many", expected a number', ''],
    [['--limit', 'chat9'], 'no host or group matches "chat9"', ''],
    [['-e', '@nowhere.yaml'], 'nowhere.yaml', ''],
  ])('%j', async (flags, message, hint) => {
    const ended = await chatsctl(['play', await put('look.yaml', LOOK), '-i', await inventory('flags'), ...flags]);
    expect(ended.code).toBe(4);
    expect(ended.stderr).toContain(message);
    expect(ended.stderr).toContain(hint);
    expect(ended.stderr.match(/error: /g)).toHaveLength(1);
    expect(ended.stdout).toBe('');
  });

  test('an unknown command, a playbook and an inventory that are not there', async () => {
    const where = await inventory('words');
    expect(await chatsctl(['plya', 'x.yaml'])).toMatchObject({ code: 4, stderr: expect.stringContaining('did you mean "play"?') });
    expect(await chatsctl(['play', 'nowhere.yaml', '-i', where])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('there is no playbook "nowhere.yaml"'),
    });
    expect(await chatsctl(['play', 'playbooks/verify.yaml', '-i', 'nowhere.yaml'])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('there is no inventory'),
    });
    expect(await chatsctl(['exec', 'chats', '-i', where, '-m', 'file', '-a', 'path=/tmp/x stat=absent'])).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/^-a:1:13: error: unknown argument "stat" of module "file"[\s\S]*did you mean "state"\?/),
    });
  });
});

describe('a host that cannot be reached or logged in to', () => {
  const far = '192.0.2.1';
  const cases: [name: string, code: string, host: () => Promise<object>, says: string[]][] = [
    ['nothing listens', 'connect/refused', async () => ({ ansible_port: 2222 }), ['port 2222', 'ansible_port']],
    ['no answer', 'connect/handshake-timeout', async () => ({ ansible_port: 2299 }), ['said nothing for 3 s', '--timeout']],
    [
      'no such name',
      'connect/dns',
      async () => ({ ansible_host: 'nobody.acme-corp.ru' }),
      ['nobody.acme-corp.ru has no address', 'ansible_host'],
    ],
    [
      'a key that opens nothing',
      'connect/auth',
      async () => ({ ansible_ssh_private_key_file: await put('stranger', createSshKey().privateKey) }),
      ['was not let in; tried: key', 'stranger', 'ssh-add'],
    ],
    [
      'a key file that is not there',
      'connect/key-file',
      async () => ({ ansible_ssh_private_key_file: join(folder, 'nokey') }),
      ['nokey', 'there is no such file'],
    ],
    [
      'no SSH on the port',
      'connect/not-ssh',
      async () => ({ ansible_host: lab.meetings.address, ansible_port: 443 }),
      ['port 443 does not speak SSH'],
    ],
    ['another user', 'connect/auth', async () => ({ ansible_user: 'nobody-here' }), ['nobody-here@']],
  ];
  test.each(cases)('%s', async (_name, code, host, says) => {
    const { json, plain } = await play(LOOK, await inventory('host', await host()), ['--timeout', '3']);
    expectFailed(json, 3, code);
    for (const text of says) expect(plain.stdout).toContain(text);
    expect(plain.stdout).toContain(`chatsctl doc ${code}`);
  });

  test('no route, where the network says so', async () => {
    // Packets to documentation addresses go nowhere here; where the machine has a way out they are dropped: then it is the timeout.
    await lab.control.host.exec(`ip route add unreachable ${far} 2>/dev/null || true`);
    const { json } = await play(LOOK, await inventory('far', { ansible_host: far }), ['--timeout', '3']);
    expect(json.code).toBe(3);
    expect(json.result('looks').result).toMatchObject({ code: expect.stringMatching(/^connect\/(unreachable|timeout|not-ssh|refused)$/) });
  });

  test('an unknown host key: the fingerprint, what to compare it with, what accepts it', async () => {
    const unknown = await put('known_none', '');
    const { json, plain } = await play(LOOK, await inventory('unknown', {}, unknown));
    expectFailed(json, 3, 'connect/host-key-unknown');
    const shown = (await lab.chats.run('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub')).split(' ')[1] ?? '';
    expect(plain.stdout).toContain(shown);
    expect(plain.stdout).toContain('--accept-new-host-keys');
    expect(plain.stdout).toContain(`ssh-keyscan -p 22 -t ed25519 ${lab.chats.address} >> ${unknown}`);
    // And what it says is true.
    const accepted = await chatsctl([
      'play',
      await put('look.yaml', LOOK),
      '-i',
      await inventory('unknown', {}, unknown),
      '--accept-new-host-keys',
    ]);
    expect(accepted.code, accepted.stdout).toBe(0);
    expect((await play(LOOK, await inventory('unknown', {}, unknown))).json.code).toBe(0);
  });

  test('a changed host key is refused in any case', async () => {
    const changed = await put('known_other', `# a comment\n${lab.chats.address} ${createSshKey().publicKey}\n`);
    const where = await inventory('changed', {}, changed);
    for (const flags of [[], ['--accept-new-host-keys']]) {
      const { json, plain } = await play(LOOK, where, flags);
      expectFailed(json, 3, 'connect/host-key-changed');
      expect(plain.stdout).toContain('has CHANGED');
      expect(plain.stdout).toContain(`${changed}:2`);
      expect(plain.stdout).toContain(`ssh-keygen -f ${changed} -R '${lab.chats.address}'`);
    }
  });
});

describe('sudo', () => {
  const BECOMES = playbook([{ name: 'looks', command: 'id -un', become: true }]);
  test.each([
    ['no password', 'host/sudo-password-required', {}, ['wants a password', '-K', 'chatsctl secrets set ansible_become_password']],
    [
      'a wrong one',
      'host/sudo-wrong-password',
      { ansible_become_password: 'not-the-password' },
      ['did not accept the password of admin', '-K'],
    ],
    ['not allowed', 'host/sudo-not-allowed', { ansible_user: 'barred' }, ['does not let barred become root', 'usermod -aG sudo barred']],
    ['an unknown user', 'host/become-user', { ansible_become_user: 'no-one', ansible_become_password: 'RIGHT' }, ['no-one']],
  ])('%s', async (_name, code, host: Record<string, string>, says) => {
    if (host.ansible_become_password === 'RIGHT') host.ansible_become_password = lab.secrets.userPassword;
    if (host.ansible_user === 'barred') await lab.chats.run('usermod -p "$(openssl passwd -6 right)" barred');
    const vars = host.ansible_user === 'barred' ? { ...host, ansible_become_password: 'right' } : host;
    const { json, plain } = await play(BECOMES, await inventory('sudo', vars));
    expectFailed(json, 2, code);
    for (const text of says) expect(plain.stdout).toContain(text);
    expect(plain.stdout).not.toContain('not-the-password');
  });

  test('a wrong password is tried once: the account is not locked', async () => {
    const since = await lab.chats.run('date +%s');
    await play(BECOMES, await inventory('once', { ansible_become_password: 'not-the-password' }));
    const log = await lab.chats.run(`journalctl -q -o cat --since @${since.trim()} _COMM=sudo; true`);
    // Twice: `play` plays for a program and for a person.
    expect(log.match(/1 incorrect password attempt/g)).toHaveLength(2);
    expect(log).not.toMatch(/[2-9] incorrect password attempt/);
  });
});

describe('the secrets store', () => {
  const open = (env: Record<string, string>) =>
    chatsctl(['play', 'playbooks/install.yaml', '-i', customer.inventory, '--output', 'json'], env).then((ended) => new JsonRun(ended));

  test.each([
    [
      'a wrong passphrase',
      'secrets/passphrase',
      { CHATSCTL_SECRETS_PASSPHRASE: 'another one' },
      'the passphrase does not open the secrets store',
    ],
    ['none at all', 'secrets/no-key', {}, 'CHATSCTL_SECRETS_PASSPHRASE'],
  ])('%s', async (_name, code, env: Record<string, string>, says) => {
    const run = await open(env);
    expect({ code: run.code, codes: diagnostics(run).map((each) => each.code) }, run.text).toEqual({ code: 5, codes: [code] });
    expect(run.events.filter((each) => each.type === 'connect')).toEqual([]);
    expect(run.ended.stderr).toContain(says);
    expect(run.ended.stderr).toContain(join(customer.folder, 'secrets.age'));
    expect(run.text).not.toContain('another one');
  });
});

describe('two runs, and a run that is stopped', () => {
  const LONG = playbook([
    { name: 'long work', command: 'sleep 61' },
    { name: 'never', command: 'touch /tmp/never' },
  ]);

  /** Starts the long work, and answers once it is running on the host. */
  async function working(where: string, args: string[] = []) {
    const running = lab.control.start(['play', await put('long.yaml', LONG), '-i', where, '--no-input', ...args]);
    const until = Date.now() + AT_ONCE;
    while ((await lab.chats.exec('pgrep -x sleep -a | grep -q "sleep 61"')).code !== 0) {
      if (Date.now() > until) throw new Error(`the work did not begin:\n${running.output}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return running;
  }

  test('a second one is refused: who, from where, since when; by the inventory, and by the host', async () => {
    const where = await inventory('busy');
    const running = await working(where, ['--output', 'json']);
    try {
      const run = running.output.match(/"run":"([^"]+)"/)?.[1] ?? 'no run';
      const today = new Date().toISOString().slice(0, 10);
      for (const [second, code, says] of [
        [where, 'journal/locked', 'another run holds this inventory'],
        // Another customer's folder, the same server.
        [await put('../elsewhere.yaml', {}), 'host/locked', 'chat1 is in use'],
      ] as const) {
        if (code === 'host/locked')
          await writeFile(second, stringify({ all: { children: { chats: { hosts: { chat1: hostVariables() } } } } }));
        const { json, plain } = await play(LOOK, second);
        expect({ code: json.code, codes: diagnostics(json).map((each) => each.code) }, json.text).toEqual({ code: 6, codes: [code] });
        for (const text of [says, run, 'of root@control', `since ${today}`, '--wait']) expect(plain.stderr).toContain(text);
        expect(json.results).toEqual([]);
      }
    } finally {
      await running.kill('SIGKILL');
      await running.finished;
      await lab.chats.run('pkill -x sleep; true');
    }
    await expect.poll(async () => (await chatsctl(['play', await put('look.yaml', LOOK), '-i', where])).code, { timeout: 10_000 }).toBe(0);
  });

  const hostVariables = () => ({
    ansible_host: lab.chats.address,
    ansible_user: lab.user,
    ansible_ssh_private_key_file: written.privateKey,
    ansible_ssh_common_args: `-o UserKnownHostsFile=${written.knownHosts}`,
  });

  test.each([
    ['SIGINT', 130, 'plain'],
    ['SIGTERM', 143, 'plain'],
    ['SIGINT', 130, 'json'],
  ] as const)('%s ends it in order with %d (%s)', async (signal, status, form) => {
    const where = await inventory('stopped');
    const running = await working(where, ['--output', form]);
    const at = performance.now();
    await running.kill(signal);
    const ended = await running.finished;
    expect(performance.now() - at).toBeLessThan(5_000);
    expect(ended.code).toBe(status);
    if (form === 'json') {
      const run = new JsonRun(ended);
      expect(run.recap).toMatchObject({ exit: status, hosts: { chat1: { failed: 0, unreachable: 0 } } });
      expect(run.events.find((each) => each.type === 'interrupted')).toMatchObject({ signal });
    } else {
      expect(ended.stderr).toContain(`${signal}: stopping in order`);
      expect(ended.stdout).toMatch(new RegExp(`Interrupted by ${signal}[\\s\\S]*PLAY RECAP[\\s\\S]*chat1`));
    }
    // No later task runs, nothing is left behind, and the locks are free.
    expect(await lab.chats.exists('/tmp/never')).toBe(false);
    await expect.poll(async () => (await lab.chats.exec('pgrep -x sleep -a | grep "sleep 61"')).stdout, { timeout: 5_000 }).toBe('');
    expect((await chatsctl(['play', await put('look.yaml', LOOK), '-i', where])).code).toBe(0);
  });

  test('SIGINT while the installer works: it goes on on its host, and the same command again collects it', async () => {
    await lab.variant({ silence: 8 });
    const args = ['play', 'playbooks/install.yaml', '-i', customer.inventory, '--no-input'];
    const running = lab.control.start(args, { env: customer.environment });
    const working = async () => (await lab.counters()).answers.filter((each) => each.program === 'install').length === 3;
    await expect.poll(working, { timeout: 60_000, interval: 200 }).toBe(true);
    const at = performance.now();
    await running.kill('SIGINT');
    const stopped = await running.finished;
    expect(performance.now() - at).toBeLessThan(5_000);
    expect(stopped.code, stopped.stdout + stopped.stderr).toBe(130);
    expect(stopped.stdout).toMatch(/Interrupted by SIGINT[\s\S]*chats-install[\s\S]*PLAY RECAP/);
    const again = await lab.control.run(args, { env: customer.environment });
    expect(again.code, again.stdout + again.stderr).toBe(0);
    expect((await lab.counters()).starts).toEqual({ cfglink: 1, install: 1, token: 1 });
  });
});
