import { ChatsctlError, failure } from '../../base/errors.js';
import { systemReason } from '../../base/system-reason.js';
import type { Channel } from '../../connection/connection.js';
import { FrameReader } from './frame-reader.js';
import { launch, type Place } from './launch.js';
import { type Field, length, pack, unpack } from './pack.js';
import { sessionProgram } from './program.js';
import { refuseRecording } from './refuse-recording.js';

export interface RequestOptions {
  /** From when the host can have begun with it. Default 60 s; past it the session is given up. */
  readonly timeoutMs?: number;
}

interface Pending {
  readonly timeoutMs: number;
  resolve(fields: Buffer[]): void;
  reject(reason: unknown): void;
}

/** What a session adds to the host's counts. */
export interface Tally {
  roundTrips: number;
  bytesSent: number;
}

const pingEveryMs = 15_000;

/**
 * One long-lived process on a host as one identity. Requests are answered in their order; several may be under way at once.
 * When it ends, however it ends, all that is pending is rejected with the reason, and it is of no more use.
 */
export class Session {
  /** Why it ended; undefined while it lives. */
  over: unknown;
  private readonly pending: Pending[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly ping: NodeJS.Timeout;
  private complaints = '';

  private constructor(
    private readonly host: string,
    private readonly channel: Channel,
    private readonly tally: Tally,
    nonce: string,
  ) {
    const reader = new FrameReader(nonce, (payload) => this.answered(payload));
    channel.stdout.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (error) {
        this.end(failure('host/session-ended', { host, reason: 'it spoke out of turn' }, { cause: error }));
      }
    });
    channel.stderr.on('data', (chunk: Buffer) => {
      this.complaints = (this.complaints + chunk.toString()).slice(-2000);
    });
    channel.stdout.resume();
    channel.stderr.resume();
    channel.exited.then(
      (exit) =>
        this.end(failure('host/session-ended', { host, reason: this.complaints.trim() || (exit.signal ?? `exit status ${exit.code}`) })),
      (reason: unknown) => this.end(reason),
    );
    this.ping = setInterval(() => {
      if (!this.pending.length) this.request(['ping']).catch(() => {});
    }, pingEveryMs);
    this.ping.unref();
  }

  /** Fails with `host/sudo-…`, `host/session-refused`, `host/perl-missing`; `host/sudo-records` before anything secret is sent. */
  static async open(place: Place, tally: Tally): Promise<Session> {
    await refuseRecording(place);
    const { channel, nonce } = await launch(place, sessionProgram(place.identity, place.connection.user), { ends: false });
    const { host } = place;
    const session = new Session(host, channel, tally, nonce);
    const [, records] = await session.first();
    if (records?.toString() === '1') {
      session.close();
      throw failure('host/sudo-records', { host });
    }
    return session;
  }

  /** The answer's fields without its status. What could not be read is `host/read-failed`, other failures are `SessionFailure`. */
  async request(fields: readonly [string, ...Field[]], options: RequestOptions = {}): Promise<Buffer[]> {
    if (this.over) throw this.over;
    const payload = pack(...fields);
    const frame = Buffer.concat([length(payload.length), payload]);
    // What is sent while an answer is under way rides along: it is waited for once.
    if (!this.pending.length && fields[0] !== 'ping') this.tally.roundTrips += 1;
    this.tally.bytesSent += frame.length;
    const answer = this.expect(options.timeoutMs ?? 60_000);
    this.channel.stdin.write(frame);
    const [status, ...rest] = await answer;
    if (status?.toString() === 'ok') return rest;
    if (status?.toString() === 'fail') {
      const [path = '', errno = '', reason = ''] = rest.map((field) => field.toString());
      throw failure('host/read-failed', { path, reason: systemReason(errno, reason) });
    }
    throw new SessionFailure(status?.toString() ?? '', rest);
  }

  get idle(): boolean {
    return !this.over && this.pending.length === 0;
  }

  close(): void {
    this.end(failure('host/session-ended', { host: this.host, reason: 'it was closed here' }));
  }

  /** Closes its input: it ends by itself when it has answered all. */
  private end(reason: unknown): void {
    if (this.over) return;
    this.over = reason;
    clearInterval(this.ping);
    clearTimeout(this.timer);
    for (const each of this.pending.splice(0)) each.reject(reason);
    this.channel.stdin.end();
    if (!(reason instanceof ChatsctlError && reason.code === 'connect/lost')) setTimeout(() => this.channel.kill('TERM'), 50).unref();
  }

  /** The frame that the program sends by itself when it is ready. */
  private first(): Promise<Buffer[]> {
    return this.expect(60_000);
  }

  private expect(timeoutMs: number): Promise<Buffer[]> {
    return new Promise((resolve, reject) => {
      this.pending.push({ timeoutMs, resolve, reject });
      if (this.pending.length === 1) this.watch();
    });
  }

  private answered(payload: Buffer): void {
    const head = this.pending.shift();
    if (!head) throw new RangeError('an answer without a request');
    this.watch();
    head.resolve(unpack(payload));
  }

  /** A read may hang for ever (a dead mount): then the session is replaced, not waited for. */
  private watch(): void {
    clearTimeout(this.timer);
    const head = this.pending[0];
    if (!head) return;
    this.timer = setTimeout(
      () => this.end(failure('host/session-timeout', { host: this.host, seconds: head.timeoutMs / 1000 })),
      head.timeoutMs,
    );
  }
}

/** The host answered that it failed: a status and its fields (perl/core.ts). */
export class SessionFailure extends Error {
  override readonly name = 'SessionFailure';
  constructor(
    readonly status: string,
    readonly fields: readonly Buffer[],
  ) {
    super(`${status}: ${fields.map((each) => each.toString().slice(0, 200)).join(' ')}`);
  }
}
