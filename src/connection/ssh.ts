import type { Duplex } from 'node:stream';
import { NodeSSH } from 'node-ssh';
import type { Clock } from '../base/clock.js';
import type { Secret } from '../base/secret.js';
import { Authentication } from './authentication.js';
import { connectError, isTransient, type Progress } from './connect-error.js';
import type { Connection, SshTarget } from './connection.js';
import { fingerprint, HostKeyCheck } from './host-key.js';
import { jumpFailure, parseJumps } from './jump.js';
import { SshConnection } from './ssh-connection.js';
import { type SshSettings, settingsFor } from './ssh-settings.js';

export interface SshContext {
  /** Replaces the user's and the global known_hosts files; the first is written to. */
  readonly knownHostsFiles?: readonly string[];
  readonly homeDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly askPassword?: (description: string) => Promise<Secret | undefined>;
  readonly askPassphrase?: (path: string) => Promise<Secret | undefined>;
  /** One line at a time, without secrets. */
  readonly onDebug?: (line: string) => void;
}

/** In all, for what sshd drops before the handshake when many come at once (MaxStartups). */
const attempts = 5;

/** Logs in to a host, through its jump hosts. Permanent errors (`connect/…`) are never retried. */
export async function connectSsh(target: SshTarget, context: SshContext): Promise<Connection> {
  const settings = await settingsFor(target, context);
  const hops = settings.proxyJump ? parseJumps(settings.proxyJump, target) : [];
  const opened: Connection[] = [];
  const closeHops = async () => {
    for (const hop of opened.reverse()) await hop.close();
  };
  let socket: (() => Promise<Duplex>) | undefined;
  try {
    for (const hop of hops) {
      const hopSettings = await settingsFor(hop, context);
      const via: Connection | undefined = opened.at(-1);
      const through = via && (() => via.forward(hopSettings.hostName, hopSettings.port, context.signal));
      opened.push(
        await logIn(hop, hopSettings, context, through, async () => {}).catch((error) =>
          Promise.reject(jumpFailure(target, hop.host, error)),
        ),
      );
    }
    const last = opened.at(-1);
    const lastHop = hops.at(-1);
    if (last && lastHop) {
      socket = () =>
        last
          .forward(settings.hostName, settings.port, context.signal)
          .catch((error) => Promise.reject(jumpFailure(target, lastHop.host, error)));
    }
    return await logIn(target, settings, context, socket, closeHops);
  } catch (error) {
    await closeHops();
    throw error;
  }
}

async function logIn(
  target: SshTarget,
  settings: SshSettings,
  context: SshContext,
  socket: (() => Promise<Duplex>) | undefined,
  onClosed: () => Promise<void>,
): Promise<Connection> {
  for (let attempt = 1; ; attempt += 1) {
    context.signal.throwIfAborted();
    const progress: Progress = { connected: false, handshaken: false };
    const hostKey = await HostKeyCheck.of(settings);
    const authentication = await Authentication.of(settings, {
      password: target.password,
      passphrase: target.privateKeyPassphrase,
      askPassword:
        context.askPassword && (() => context.askPassword?.(`${settings.user}@${settings.hostName}`) ?? Promise.resolve(undefined)),
      askPassphrase: context.askPassphrase,
    });
    try {
      return await once(settings, context, { hostKey, authentication, progress, socket, onClosed });
    } catch (error) {
      context.signal.throwIfAborted();
      if (hostKey.refusal) throw hostKey.refusal;
      if (attempt < attempts && isTransient(error, progress)) {
        const pause = 200 * 2 ** attempt * (0.5 + Math.random());
        context.onDebug?.(`${settings.hostName}: dropped before the handshake, attempt ${attempt + 1} in ${Math.round(pause)} ms`);
        await context.clock.sleep(pause, context.signal);
        continue;
      }
      throw connectError(error, progress, {
        host: settings.hostName,
        port: settings.port,
        user: settings.user,
        timeoutMs: settings.connectTimeoutMs,
        tried: authentication.tried,
      });
    }
  }
}

interface Parts {
  readonly hostKey: HostKeyCheck;
  readonly authentication: Authentication;
  readonly progress: Progress;
  readonly socket: (() => Promise<Duplex>) | undefined;
  readonly onClosed: () => Promise<void>;
}

async function once(settings: SshSettings, context: SshContext, parts: Parts): Promise<Connection> {
  const { hostKey, authentication, progress } = parts;
  const sock = await parts.socket?.();
  const ssh = new NodeSSH();
  let hostKeyFailure: unknown;
  const connecting = ssh.connect({
    host: settings.hostName,
    port: settings.port,
    username: settings.user,
    ...(sock && { sock }),
    readyTimeout: settings.connectTimeoutMs,
    keepaliveInterval: settings.keepaliveIntervalMs,
    keepaliveCountMax: settings.keepaliveCountMax,
    algorithms: { serverHostKey: hostKey.algorithms() },
    hostVerifier: (key: Buffer, done: (accepted: boolean) => void) => {
      hostKey.verify(key).then(done, (error: unknown) => {
        hostKeyFailure = error;
        done(false);
      });
    },
    authHandler: authentication.handler(),
    ...(context.onDebug && { debug: context.onDebug }),
  });
  // node-ssh makes its client before it waits for anything; without a listener a late error would end the process.
  const client = ssh.connection;
  client?.on('error', () => {});
  client?.on('connect', () => {
    progress.connected = true;
  });
  client?.on('handshake', () => {
    progress.handshaken = true;
  });
  const abort = () => client?.destroy();
  context.signal.addEventListener('abort', abort, { once: true });
  try {
    await connecting;
  } catch (error) {
    client?.destroy();
    throw hostKeyFailure ?? error;
  } finally {
    context.signal.removeEventListener('abort', abort);
  }
  if (!client) throw new Error('node-ssh has no connection after connect');
  // Nagle's algorithm costs 40 ms and more on every command.
  client.setNoDelay(true);
  const description = `${settings.user}@${settings.hostName}:${settings.port}`;
  return new SshConnection(ssh, client, description, settings.user, fingerprint(hostKey.accepted ?? Buffer.alloc(0)), parts.onClosed);
}
