import type { Duplex } from 'node:stream';
import type { ChatsctlError } from '../base/errors.js';
import { Authentication } from './authentication.js';
import { ChannelSlots } from './channel-slots.js';
import { attemptsFor, connectError, type Progress } from './connect-error.js';
import type { Connection, SshTarget } from './connection.js';
import { handshake } from './handshake.js';
import { fingerprint, HostKeyCheck } from './host-key.js';
import { PhaseTimer } from './phase-timer.js';
import { SshConnection } from './ssh-connection.js';
import type { SshContext } from './ssh-context.js';
import type { SshSettings } from './ssh-settings.js';

/** Under sshd's MaxStartups (10:30:100): from the tenth connection on that has not logged in yet, it drops some. */
const atOnce = 8;
/** By server: many hosts may lie behind one jump host. */
const paces = new Map<string, ChannelSlots>();

/** The way by a jump host. */
export interface Through {
  open(): Promise<Duplex>;
  /** Says that it is the hop from which the server could not be reached. */
  failed(error: ChatsctlError): ChatsctlError;
}

/** One SSH server: host key, log-in, and again where that can help. */
export async function logIn(
  target: SshTarget,
  settings: SshSettings,
  context: SshContext,
  through: Through | undefined,
  onClosed: () => Promise<void>,
): Promise<Connection> {
  const { hostName, port, user } = settings;
  for (let attempt = 1; ; attempt += 1) {
    const progress: Progress = { phase: 'dial', greeting: '', keyShown: false };
    const timer = new PhaseTimer(progress, settings.connectTimeoutMs);
    const hostKey = await HostKeyCheck.of(settings, context.clock.now());
    const { askPassword, askPassphrase } = context;
    // An operator who is asked may take their time.
    const authentication = await Authentication.of(settings, {
      password: target.password,
      passphrase: target.privateKeyPassphrase,
      askPassword: askPassword && (() => timer.without(() => askPassword(`${user}@${hostName}`))),
      askPassphrase: askPassphrase && ((path) => timer.without(() => askPassphrase(path))),
    });
    try {
      const { ssh, client } = await paced(`${hostName}:${port}`, context.signal, () =>
        handshake(settings, { hostKey, authentication, progress, timer, through: through?.open, context }),
      );
      return new SshConnection(
        ssh,
        client,
        `${user}@${hostName}:${port}`,
        user,
        fingerprint(hostKey.accepted ?? Buffer.alloc(0)),
        onClosed,
      );
    } catch (error) {
      context.signal.throwIfAborted();
      if (hostKey.refusal) throw hostKey.refusal;
      if (attempt >= attemptsFor(error, progress)) {
        const failed = connectError(error, progress, { host: hostName, port, user, tried: authentication.tried });
        throw through && progress.phase === 'dial' ? through.failed(failed) : failed;
      }
      const pause = 200 * 2 ** attempt * (0.5 + Math.random());
      context.onDebug?.(`${hostName}: dropped before the handshake, attempt ${attempt + 1} in ${Math.round(pause)} ms`);
      await context.clock.sleep(pause, context.signal);
    }
  }
}

async function paced<T>(server: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const slots = paces.get(server) ?? new ChannelSlots(atOnce);
  paces.set(server, slots);
  const release = await slots.take(signal);
  try {
    return await work();
  } finally {
    release();
  }
}
