import { mkdtempSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuthContext, Connection, ServerChannel, Session } from 'ssh2';
import ssh2 from 'ssh2';
import { systemClock } from '../../../src/base/clock.js';
import { Secret } from '../../../src/base/secret.js';
import type { SshTarget } from '../../../src/connection/connection.js';
import type { SshContext } from '../../../src/connection/ssh-context.js';
import { generateKey } from '../../ssh-key.js';

export const hostKey = generateKey();
export const otherHostKey = generateKey();

interface FakeSshd {
  readonly port: number;
  close(): void;
}

interface Behaviour {
  readonly key?: string;
  readonly authenticate?: (auth: AuthContext) => void;
  readonly onExec?: (command: string, channel: ServerChannel, client: Connection) => void;
  /** Of a session's opening: false refuses. */
  readonly acceptSession?: (open: number) => boolean;
  readonly onClient?: (client: Connection) => void;
  readonly banner?: string;
}

/** ssh2's own server with the faults that a test wants. */
export async function fakeSshd(behaviour: Behaviour): Promise<FakeSshd> {
  let open = 0;
  const server = new ssh2.Server(
    { hostKeys: [behaviour.key ?? hostKey.private], ...(behaviour.banner && { banner: behaviour.banner }) },
    (client) => {
      client.on('error', () => {});
      client.on('authentication', behaviour.authenticate ?? ((auth) => auth.accept()));
      behaviour.onClient?.(client);
      client.on('session', (accept, reject) => {
        if (behaviour.acceptSession && !behaviour.acceptSession(open)) return reject();
        open += 1;
        const session: Session = accept();
        session.on('close', () => {
          open -= 1;
        });
        session.on('exec', (acceptExec, _reject, info) => behaviour.onExec?.(info.command, acceptExec(), client));
      });
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return { port: address.port, close: () => server.close() };
}

/** A listener that is no SSH server. */
export async function fakeListener(onSocket: (socket: Socket, count: number) => void): Promise<FakeSshd> {
  let count = 0;
  const server: TcpServer = createServer((socket) => {
    socket.on('error', () => {});
    count += 1;
    onSocket(socket, count);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

export function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'chatsctl-ssh-'));
}

export function target(port: number, more: Partial<SshTarget> = {}): SshTarget {
  return {
    name: 'box',
    host: '127.0.0.1',
    port,
    user: 'deploy',
    password: new Secret('right'),
    privateKeyFile: undefined,
    privateKeyPassphrase: undefined,
    proxyJump: undefined,
    options: {},
    hostKeyChecking: 'accept-new',
    connectTimeoutMs: 5000,
    ...more,
  };
}

export function context(folder: string, more: Partial<SshContext> = {}): SshContext {
  return {
    knownHostsFiles: [join(folder, 'known_hosts')],
    homeDir: folder,
    env: { PATH: process.env['PATH'] },
    // Retries without their pauses.
    clock: { ...systemClock, sleep: () => Promise.resolve() },
    signal: new AbortController().signal,
    ...more,
  };
}

export function keyFile(folder: string, name: string, text: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode });
  return path;
}
