import type { Duplex } from 'node:stream';
import { NodeSSH } from 'node-ssh';
import type { Client } from 'ssh2';
import { failure } from '../base/errors.js';
import type { Authentication } from './authentication.js';
import { askForCertificate } from './certificate-probe.js';
import { PhaseTimeout, type Progress } from './connect-error.js';
import { dial } from './dial.js';
import type { HostKeyCheck } from './host-key.js';
import type { PhaseTimer } from './phase-timer.js';
import type { SshSettings } from './ssh-settings.js';
import type { Wire } from './wire.js';

interface Parts {
  readonly hostKey: HostKeyCheck;
  readonly authentication: Authentication;
  readonly progress: Progress;
  readonly timer: PhaseTimer;
  readonly through: (() => Promise<Duplex>) | undefined;
  readonly context: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly signal: AbortSignal;
    readonly onDebug?: (line: string) => void;
  };
}

/** From nothing to a connection that is logged in, once. What goes wrong is in the words of whom it went wrong for; `progress` says where. */
export async function handshake(settings: SshSettings, parts: Parts): Promise<{ ssh: NodeSSH; client: Client }> {
  const { hostKey, timer } = parts;
  try {
    if (hostKey.wantsCertificate) {
      const certificate = await over(await way(settings, parts), settings, parts, (wire) => askForCertificate(wire.stream));
      if (certificate) hostKey.present(certificate);
    }
    return await over(await way(settings, parts), settings, parts, (wire) => speak(wire.stream, settings, parts));
  } finally {
    timer.stop();
  }
}

async function way(settings: SshSettings, { timer, through, context }: Parts): Promise<Wire> {
  const stop = new AbortController();
  timer.enter('dial');
  const dialling = dial(settings, through, { env: context.env, signal: AbortSignal.any([context.signal, stop.signal]) });
  try {
    return await Promise.race([dialling, timer.late]);
  } catch (error) {
    stop.abort();
    // What opens after all is of no use to anybody.
    dialling.then(
      ({ stream }) => stream.destroy(),
      () => {},
    );
    throw error;
  }
}

async function over<T>(wire: Wire, settings: SshSettings, parts: Parts, work: (wire: Wire) => Promise<T>): Promise<T> {
  const { progress, timer, context } = parts;
  const { stream } = wire;
  timer.enter('handshake');
  progress.greeting = '';
  const abort = () => stream.destroy();
  context.signal.addEventListener('abort', abort, { once: true });
  const working = work(wire);
  // Whoever works paused the stream first, so that nothing is lost to this look at it.
  stream.once('data', (chunk: Buffer) => {
    progress.greeting = chunk.toString('latin1').slice(0, 200);
  });
  try {
    return await Promise.race([working, timer.late]);
  } catch (error) {
    working.catch(() => {});
    const complaint = progress.phase === 'handshake' && !(error instanceof PhaseTimeout) ? await wire.complaint?.() : undefined;
    stream.destroy();
    if (complaint === undefined || settings.proxyCommand === undefined) throw error;
    throw failure(
      'connect/proxy-command',
      { host: settings.hostName, command: settings.proxyCommand, reason: complaint },
      { cause: error },
    );
  } finally {
    context.signal.removeEventListener('abort', abort);
  }
}

async function speak(sock: Duplex, settings: SshSettings, parts: Parts): Promise<{ ssh: NodeSSH; client: Client }> {
  const { hostKey, authentication, progress, timer, context } = parts;
  const ssh = new NodeSSH();
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  const attempt = authentication.handler(fail);
  const connecting = ssh.connect({
    sock,
    host: settings.hostName,
    username: settings.user,
    // The phases have their own clocks.
    readyTimeout: 0,
    keepaliveInterval: settings.keepaliveIntervalMs,
    keepaliveCountMax: settings.keepaliveCountMax,
    algorithms: { serverHostKey: hostKey.algorithms() },
    hostVerifier: (key: Buffer, done: (accepted: boolean) => void) => {
      progress.keyShown = true;
      hostKey.verify(key).then(done, (error: unknown) => {
        fail(error);
        done(false);
      });
    },
    authHandler: (left, partial, next) => {
      timer.enter('login');
      attempt(left, partial, next);
    },
    ...(context.onDebug && { debug: context.onDebug }),
  });
  // node-ssh makes its client before it waits for anything; without a listener a late error would end the process.
  const client = ssh.connection;
  if (!client) throw new Error('node-ssh has no client');
  client.on('error', () => {});
  client.on('handshake', () => timer.enter('login'));
  client.on('change password', () => fail(failure('connect/password-expired', { host: settings.hostName, user: settings.user })));
  try {
    await Promise.race([connecting, failed]);
  } catch (error) {
    connecting.catch(() => {});
    client.destroy();
    throw error;
  }
  return { ssh, client };
}
