import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect as dial } from 'node:net';
import { join } from 'node:path';
import type { Connection as ServerConnection } from 'ssh2';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.js';
import { Secret } from '../../../src/base/secret.js';
import type { Connection } from '../../../src/connection/connection.js';
import { connectSsh } from '../../../src/connection/ssh.js';
import { generateKey } from '../../ssh-key.js';
import { context, fakeListener, fakeSshd, hostKey, keyFile, otherHostKey, scratch, target } from './fake-sshd.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
const sshd = async (...args: Parameters<typeof fakeSshd>) => {
  const server = await fakeSshd(...args);
  closing.push(() => server.close());
  return server;
};
const listener = async (...args: Parameters<typeof fakeListener>) => {
  const server = await fakeListener(...args);
  closing.push(() => server.close());
  return server;
};
const connect = async (...args: Parameters<typeof connectSsh>): Promise<Connection> => {
  const connection = await connectSsh(...args);
  closing.push(() => connection.close());
  return connection;
};
const echo = (command: string, channel: { write(text: string): void; exit(code: number): void; end(): void }) => {
  channel.write(command);
  channel.exit(0);
  channel.end();
};

/** ssh2's server says "by application" whenever it ends a connection; sshd gives its reason. */
function disconnect(client: ServerConnection, reason: number): void {
  Reflect.get(client, '_protocol').disconnect(reason);
}

describe('host keys', () => {
  it('refuses an unknown one, with fingerprint and the command that accepts it', async () => {
    const server = await sshd({});
    const folder = scratch();
    const failed = connectSsh(target(server.port, { hostKeyChecking: 'strict' }), context(folder));
    await expect(failed).rejects.toMatchObject({ code: 'connect/host-key-unknown', exitStatus: 3 });
    const { diagnostics } = await failed.catch((error) => error);
    expect(diagnostics[0].params.fingerprint).toMatch(/^SHA256:[\w+/]{43}$/);
    expect(diagnostics[0].hint).toContain(`ssh-keyscan -p ${server.port} -t ed25519 127.0.0.1 >> ${join(folder, 'known_hosts')}`);
  });

  it('records one at first sight when told to, and knows it then', async () => {
    const server = await sshd({});
    const folder = scratch();
    await connect(target(server.port), context(folder));
    const file = join(folder, 'known_hosts');
    expect(readFileSync(file, 'utf8')).toBe(`[127.0.0.1]:${server.port} ${hostKey.public.split(' ').slice(0, 2).join(' ')}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = await connect(target(server.port, { hostKeyChecking: 'strict' }), context(folder));
    expect(again.hostKeyFingerprint).toMatch(/^SHA256:/);
  });

  it('does not glue its line to one without an end', async () => {
    const server = await sshd({});
    const folder = scratch();
    writeFileSync(join(folder, 'known_hosts'), 'other ssh-ed25519 AAAA');
    await connect(target(server.port), context(folder));
    expect(readFileSync(join(folder, 'known_hosts'), 'utf8').split('\n')).toHaveLength(3);
  });

  it('refuses a changed one also with accept-new, and says where the old one is', async () => {
    const server = await sshd({});
    const folder = scratch();
    const file = join(folder, 'known_hosts');
    writeFileSync(file, `# old\n[127.0.0.1]:${server.port} ${otherHostKey.public}\n`);
    await expect(connectSsh(target(server.port), context(folder))).rejects.toMatchObject({
      code: 'connect/host-key-changed',
      diagnostics: [{ params: { place: `${file}:2` } }],
    });
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3);
  });

  it('refuses a revoked one', async () => {
    const server = await sshd({});
    const folder = scratch();
    writeFileSync(join(folder, 'known_hosts'), `@revoked * ${hostKey.public}\n`);
    await expect(connectSsh(target(server.port), context(folder))).rejects.toMatchObject({ code: 'connect/host-key-revoked' });
  });
});

describe('logging in', () => {
  const onlyPassword = (right: string) => (auth: Parameters<NonNullable<Parameters<typeof fakeSshd>[0]['authenticate']>>[0]) => {
    if (auth.method === 'password' && auth.password === right) auth.accept();
    else auth.reject(['password']);
  };

  it('says what was tried when nothing was accepted', async () => {
    const server = await sshd({ authenticate: onlyPassword('other') });
    const failed = connectSsh(target(server.port), context(scratch()));
    await expect(failed).rejects.toMatchObject({ code: 'connect/auth' });
    expect((await failed.catch((error) => error)).diagnostics[0].params.tried).toContain('password');
  });

  it('asks for a password where there is a way to ask', async () => {
    const server = await sshd({ authenticate: onlyPassword('asked') });
    const asked: string[] = [];
    const askPassword = async (description: string) => {
      asked.push(description);
      return new Secret('asked');
    };
    await connect(target(server.port, { password: undefined }), context(scratch(), { askPassword }));
    expect(asked).toEqual(['deploy@127.0.0.1']);
  });

  it('answers keyboard-interactive with the password', async () => {
    const server = await sshd({
      authenticate: (auth) => {
        if (auth.method !== 'keyboard-interactive') return auth.reject(['keyboard-interactive']);
        auth.prompt([{ prompt: 'Password: ', echo: false }], (answers) => (answers?.[0] === 'right' ? auth.accept() : auth.reject()));
      },
    });
    await connect(target(server.port), context(scratch()));
  });

  it('logs in with a key, also with an encrypted one', async () => {
    const server = await sshd({ authenticate: (auth) => (auth.method === 'publickey' ? auth.accept() : auth.reject(['publickey'])) });
    const folder = scratch();
    const plain = keyFile(folder, 'plain', generateKey().private);
    const locked = keyFile(folder, 'locked', generateKey({ passphrase: 'open', cipher: 'aes256-cbc', rounds: 4 }).private);
    const one = { password: undefined };
    await connect(target(server.port, { ...one, privateKeyFile: plain }), context(folder));
    await connect(target(server.port, { ...one, privateKeyFile: locked, privateKeyPassphrase: new Secret('open') }), context(folder));
    const asking = context(folder, { askPassphrase: async () => new Secret('open') });
    await connect(target(server.port, { ...one, privateKeyFile: locked }), asking);
    const refused = (more: object) => connectSsh(target(server.port, { ...one, ...more }), context(folder));
    const reason = async (more: object) => (await refused(more).catch((error) => error)).diagnostics[0].params.reason;
    await expect(refused({ privateKeyFile: locked })).rejects.toMatchObject({ code: 'connect/key-passphrase' });
    const wrong = { privateKeyFile: locked, privateKeyPassphrase: new Secret('wrong') };
    await expect(refused(wrong)).rejects.toMatchObject({ code: 'connect/key-passphrase-wrong' });
    expect(await reason({ privateKeyFile: join(folder, 'none') })).toMatch(/no such file/);
    const open = keyFile(folder, 'open', generateKey().private, 0o644);
    chmodSync(open, 0o644);
    expect(await reason({ privateKeyFile: open })).toMatch(/0644/);
    await expect(refused({ privateKeyFile: keyFile(folder, 'text', 'hello') })).rejects.toMatchObject({ code: 'connect/key-file' });
  });

  it('tells too many attempts, by the reason that sshd gives, from a connection that was just closed', async () => {
    const folder = scratch();
    const privateKeyFile = keyFile(folder, 'key', generateKey().private);
    const code = async (end: (client: ServerConnection) => void) => {
      const server = await sshd({
        onClient: (client) => client.on('authentication', (auth) => auth.method === 'publickey' && end(client)),
        authenticate: (auth) => auth.method !== 'publickey' && auth.reject(['password', 'publickey']),
      });
      return connectSsh(target(server.port, { privateKeyFile }), context(folder)).then(
        () => 'connected',
        (error) => error.code,
      );
    };
    expect(await code((client) => disconnect(client, 2))).toBe('connect/too-many-auth-failures');
    expect(await code((client) => disconnect(client, 14))).toBe('connect/too-many-auth-failures');
    expect(await code((client) => client.end())).toBe('connect/login-closed');
  });

  it('sends a password once, by the way that the server offers', async () => {
    const sent: string[] = [];
    const server = async (offered: ('password' | 'keyboard-interactive')[]) =>
      sshd({
        authenticate: (auth) => {
          if (auth.method !== 'none') sent.push(auth.method);
          if (auth.method !== 'keyboard-interactive') return auth.reject(offered);
          auth.prompt([{ prompt: 'Password: ', echo: false }], () => auth.reject(offered));
        },
      });
    for (const offered of [['password', 'keyboard-interactive'], ['keyboard-interactive']] as const) {
      sent.length = 0;
      const { port } = await server([...offered]);
      await expect(connectSsh(target(port), context(scratch()))).rejects.toMatchObject({ code: 'connect/auth' });
      expect(sent).toEqual([offered[0]]);
    }
  });

  it('asks for the passphrase of a usual key only when the server would take the key, and once', async () => {
    const folder = scratch();
    mkdirSync(join(folder, '.ssh'));
    const pair = generateKey({ passphrase: 'open', cipher: 'aes256-cbc', rounds: 4 });
    keyFile(join(folder, '.ssh'), 'id_ed25519', pair.private);
    const asked: string[] = [];
    const asking = context(folder, {
      env: { PATH: '/nonexistent' },
      askPassphrase: async (path) => {
        asked.push(path);
        return new Secret('open');
      },
    });
    const server = async (takes: boolean) =>
      sshd({ authenticate: (auth) => (takes && auth.method === 'publickey' ? auth.accept() : auth.reject(['publickey'])) });
    const refusing = await server(false);
    await expect(connectSsh(target(refusing.port, { password: undefined }), asking)).rejects.toMatchObject({ code: 'connect/auth' });
    expect(asked).toEqual([]);
    await connect(target((await server(true)).port, { password: undefined }), asking);
    expect(asked).toEqual([join(folder, '.ssh/id_ed25519')]);
    const wrong = { ...asking, askPassphrase: async () => new Secret('wrong') };
    await expect(connectSsh(target((await server(true)).port, { password: undefined }), wrong)).rejects.toMatchObject({
      code: 'connect/key-passphrase-wrong',
    });
  });

  it('an operator who is asked may take longer than the server', async () => {
    const server = await sshd({ authenticate: onlyPassword('asked') });
    const askPassword = () => new Promise<Secret>((resolve) => setTimeout(resolve, 500, new Secret('asked')));
    await connect(target(server.port, { password: undefined, connectTimeoutMs: 200 }), context(scratch(), { askPassword }));
  });
});

describe('what is no SSH server', () => {
  it('refused, unresolved, silent, of another protocol: each has its code', async () => {
    const gone = await fakeListener(() => {});
    gone.close();
    const code = (port: number, more: object = {}) =>
      connectSsh(target(port, more), context(scratch())).then(
        () => 'connected',
        (error) => error.code,
      );
    expect(await code(gone.port)).toBe('connect/refused');
    expect(await code(22, { host: 'no-such-host.invalid' })).toBe('connect/dns');
    const silent = await listener(() => {});
    expect(await code(silent.port, { connectTimeoutMs: 300 })).toBe('connect/handshake-timeout');
    let answered = 0;
    const web = await listener((socket) => {
      answered += 1;
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    expect(await code(web.port)).toBe('connect/not-ssh');
    expect(answered).toBe(1);
  });

  it.each([
    ['at once', ''],
    ['with OpenSSH’s words', 'Exceeded MaxStartups\r\n'],
  ])('tries again when dropped before the handshake %s, up to a limit', async (_, words) => {
    let dropped = 0;
    const dropping = await listener((socket) => {
      dropped += 1;
      socket.end(words);
    });
    const pauses: number[] = [];
    const clock = { ...systemClock, sleep: async (ms: number) => void pauses.push(ms) };
    await expect(connectSsh(target(dropping.port), context(scratch(), { clock }))).rejects.toMatchObject({ code: 'connect/dropped' });
    expect(dropped).toBe(5);
    expect(pauses).toHaveLength(4);
    expect(pauses.every((pause, index) => pause >= 200 * 2 ** index && pause <= 600 * 2 ** index)).toBe(true);
  });

  it('logs in as soon as it is not dropped any more', async () => {
    const server = await sshd({});
    let seen = 0;
    const busy = await listener((socket) => {
      seen += 1;
      if (seen < 3) return socket.end('Exceeded MaxStartups\r\n');
      const inner = dial(server.port, '127.0.0.1');
      inner.on('error', () => {});
      socket.pipe(inner).pipe(socket);
    });
    await connect(target(busy.port), context(scratch()));
    expect(seen).toBe(3);
  });

  it('knocks at one server with at most 8 at once, the others after them', async () => {
    let seen = 0;
    const silent = await listener(() => {
      seen += 1;
    });
    const folder = scratch();
    const all = Array.from({ length: 12 }, () => connectSsh(target(silent.port, { connectTimeoutMs: 500 }), context(folder)));
    const ended = Promise.allSettled(all);
    await expect.poll(() => seen).toBe(8);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(seen).toBe(8);
    expect((await ended).map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 'rejected'));
    expect(seen).toBe(12);
  });

  it('stops when aborted', async () => {
    const silent = await listener(() => {});
    const abort = new AbortController();
    const waiting = connectSsh(target(silent.port), context(scratch(), { signal: abort.signal }));
    setTimeout(() => abort.abort(new Error('stopped')), 100);
    await expect(waiting).rejects.toThrow('stopped');
  });
});

describe('channels', () => {
  it('returns bytes as they are, wherever they were split', async () => {
    const text = Buffer.from('Привет, мир');
    const server = await sshd({
      banner: 'Welcome, banner noise\n',
      onExec: (_command, channel) => {
        channel.write(text.subarray(0, 3));
        setTimeout(() => {
          channel.write(text.subarray(3));
          channel.stderr.write(Buffer.from([0, 255, 10]));
          channel.exit(3);
          channel.end();
        }, 20);
      },
    });
    const connection = await connect(target(server.port), context(scratch()));
    const result = await connection.exec('x');
    expect(result).toEqual({ code: 3, signal: null, stdout: text, stderr: Buffer.from([0, 255, 10]) });
  });

  it('a lost connection is no success', async () => {
    const server = await sshd({ onExec: (_command, channel, client) => channel.write('half') && setTimeout(() => client.end(), 20) });
    const connection = await connect(target(server.port), context(scratch()));
    await expect(connection.exec('x')).rejects.toMatchObject({ code: 'connect/lost' });
    expect(await connection.lost).toMatchObject({ code: 'connect/lost' });
    await expect(connection.exec('again')).rejects.toMatchObject({ code: 'connect/lost' });
  });

  it('waits for a channel where the server refuses more', async () => {
    let most = 0;
    const server = await sshd({
      acceptSession: (open) => {
        most = Math.max(most, open);
        return open < 2;
      },
      onExec: (command, channel) => setTimeout(() => echo(command, channel), 20),
    });
    const connection = await connect(target(server.port), context(scratch()));
    const commands = Array.from({ length: 12 }, (_, index) => `command ${index}`);
    const results = await Promise.all(commands.map((command) => connection.exec(command)));
    expect(results.map((each) => each.stdout.toString())).toEqual(commands);
    expect(most).toBe(2);
  });

  it('says so when the server opens none', async () => {
    const server = await sshd({ acceptSession: () => false });
    const connection = await connect(target(server.port), context(scratch()));
    await expect(connection.exec('x')).rejects.toMatchObject({ code: 'connect/channel-refused' });
  });

  it('tells a refused forward from a refused port', async () => {
    const server = await sshd({});
    const connection = await connect(target(server.port), context(scratch()));
    await expect(connection.forward('127.0.0.1', 9)).rejects.toMatchObject({ code: 'connect/forward-refused' });
  });
});

describe('jump hosts', () => {
  it('goes through, and names the hop that fails', async () => {
    const inner = await sshd({ onExec: echo });
    const jump = await sshd({
      onClient: (client) =>
        client.on('tcpip', (accept, reject, info) => {
          if (info.destPort !== inner.port) return reject();
          const stream = accept();
          const socket = dial(info.destPort, info.destIP);
          socket.on('error', () => {});
          stream.on('error', () => {});
          stream.pipe(socket).pipe(stream);
        }),
    });
    const folder = scratch();
    const proxyJump = `ops@127.0.0.1:${jump.port}`;
    const askPassword = async () => new Secret('right');
    const connection = await connect(target(inner.port, { proxyJump }), context(folder, { askPassword }));
    expect((await connection.exec('through')).stdout.toString()).toBe('through');
    const elsewhere = connectSsh(target(9, { proxyJump }), context(folder, { askPassword }));
    await expect(elsewhere).rejects.toMatchObject({ code: 'connect/jump' });
    const dead = connectSsh(target(inner.port, { proxyJump: '127.0.0.1:1' }), context(folder, { askPassword }));
    await expect(dead).rejects.toMatchObject({ code: 'connect/jump', diagnostics: [{}, { code: 'connect/refused' }] });
  });
});
