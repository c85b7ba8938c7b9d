import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { NodeSSH } from 'node-ssh';
import type { Client } from 'ssh2';
import { type ChatsctlError, failure } from '../base/errors.js';
import { ChannelSlots } from './channel-slots.js';
import type { Channel, Connection, ExecOptions, ExecResult, OpenOptions } from './connection.js';
import { gather } from './gather.js';
import { sshChannel } from './ssh-channel.js';

/** Under sshd's MaxSessions (10), with room for a session that is just closing. */
const maxChannels = 8;

/** SSH's open failure reasons (RFC 4254, 5.1). */
const prohibited = 1;
const connectFailed = 2;

export class SshConnection implements Connection {
  readonly lost: Promise<Error>;
  private readonly slots = new ChannelSlots(maxChannels);
  private gone: ChatsctlError | undefined;
  private closing = false;

  constructor(
    private readonly ssh: NodeSSH,
    private readonly client: Client,
    readonly description: string,
    readonly user: string,
    readonly hostKeyFingerprint: string,
    private readonly onClosed: () => Promise<void>,
  ) {
    this.lost = new Promise((resolve) => {
      const end = (reason: string, cause?: unknown) => {
        this.gone ??= failure('connect/lost', { host: description, reason }, { cause });
        if (!this.closing) resolve(this.gone);
      };
      client.on('error', (error) => end(error.message, error));
      client.on('close', () => end('it was closed by the other side'));
      client.on('end', () => end('it was closed by the other side'));
    });
  }

  async open(command: string, options: OpenOptions = {}): Promise<Channel> {
    for (let alone = 0; ; ) {
      const release = await this.slots.take(options.signal);
      try {
        // The channel is wrapped in the callback itself: its exit may be in the very packet that opens it.
        return await this.request<Channel>((done) =>
          this.client.exec(command, options.pty ? { pty: options.pty } : {}, (error, raw) =>
            done(error, error ? undefined : sshChannel(raw, this.lost, release)),
          ),
        );
      } catch (error) {
        const others = this.slots.inUse - 1;
        release();
        // A server with a lower MaxSessions refuses: wait until one of the others ends, and ask for fewer from now on.
        if (reasonOf(error) === undefined || this.gone) throw this.refused(error);
        if (others < 1) {
          // sshd counts a session a little longer than its channel is open.
          alone += 1;
          if (alone > 10) throw this.refused(error);
          await delay(100);
          continue;
        }
        this.slots.lower(others);
        options.onRefused?.();
      }
    }
  }

  async exec(command: string, options: ExecOptions = {}): Promise<ExecResult> {
    return await gather(await this.open(command, options), options);
  }

  async forward(host: string, port: number, signal?: AbortSignal): Promise<Duplex> {
    signal?.throwIfAborted();
    const opening = this.request<Duplex>((done) => this.client.forwardOut('127.0.0.1', 0, host, port, done));
    let abort: (() => void) | undefined;
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
    });
    try {
      return await Promise.race([opening, aborted]);
    } catch (error) {
      if (signal?.aborted) {
        // What opens after all is of no use to anybody.
        opening.then(
          (late) => late.destroy(),
          () => {},
        );
        throw signal.reason;
      }
      const reason = reasonOf(error);
      if (reason === undefined) throw this.refused(error);
      const text = error instanceof Error ? error.message : String(error);
      if (reason !== connectFailed || /prohibited/i.test(text)) {
        throw failure('connect/forward-refused', { host: this.description, address: `${host}:${port}`, reason: text }, { cause: error });
      }
      throw Object.assign(new Error(`${host}:${port}: ${text}`), { code: codeOf(text) });
    } finally {
      if (abort) signal?.removeEventListener('abort', abort);
    }
  }

  async close(): Promise<void> {
    this.closing = true;
    this.gone ??= failure('connect/lost', { host: this.description, reason: 'it was closed here' });
    this.ssh.dispose();
    this.client.end();
    await this.onClosed();
  }

  /** A channel request that fails when the connection goes, also where ssh2 would never call back. */
  private async request<T>(send: (done: (error: Error | undefined, value: T | undefined) => void) => void): Promise<T> {
    if (this.gone) throw this.gone;
    const answered = new Promise<T>((resolve, reject) => send((error, value) => (value === undefined ? reject(error) : resolve(value))));
    return await Promise.race([answered, this.lost.then((reason) => Promise.reject(reason))]);
  }

  private refused(error: unknown): unknown {
    if (this.gone) return this.gone;
    const reason = error instanceof Error ? error.message : String(error);
    return error === this.gone ? error : failure('connect/channel-refused', { host: this.description, reason }, { cause: error });
  }
}

function reasonOf(error: unknown): number | undefined {
  const reason = error instanceof Error && 'reason' in error ? error.reason : undefined;
  return typeof reason === 'number' && reason >= prohibited ? reason : undefined;
}

/** OpenSSH tells why a forwarded connection failed in words alone (RFC 4254 has no finer code). */
function codeOf(text: string): string {
  if (/timed out/i.test(text)) return 'ETIMEDOUT';
  if (/no route|unreachable/i.test(text)) return 'EHOSTUNREACH';
  if (/name|resolve|servname/i.test(text)) return 'ENOTFOUND';
  return 'ECONNREFUSED';
}
