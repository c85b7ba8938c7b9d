import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import type { Duplex } from 'node:stream';
import type { Channel, Connection, ExecOptions, ExecResult, Exit, OpenOptions } from './connection.js';
import { gather } from './gather.js';

/** The machine that chatsctl runs on, behind the same interface: `ansible_connection: local`. */
export function connectLocal(): Connection {
  return new LocalConnection();
}

class LocalConnection implements Connection {
  readonly description = 'local';
  readonly hostKeyFingerprint = undefined;
  readonly user = userInfo().username;
  readonly lost = new Promise<Error>(() => {});
  private readonly running = new Set<Channel>();

  async open(command: string, options: OpenOptions = {}): Promise<Channel> {
    options.signal?.throwIfAborted();
    // In a process group of its own: what it started ends with it. A terminal is not offered locally.
    const child = spawn('/bin/sh', ['-c', command], { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    await once(child, 'spawn');
    child.stdin.on('error', () => {});
    const exited = once(child, 'close').then(
      ([code, signal]: (number | string | null)[]): Exit => ({
        code: typeof code === 'number' ? code : null,
        signal: typeof signal === 'string' ? signal : null,
      }),
    );
    const channel: Channel = {
      stdin: child.stdin,
      stdout: child.stdout,
      stderr: child.stderr,
      exited,
      kill: (signal = 'TERM') => {
        try {
          if (child.pid) process.kill(-child.pid, `SIG${signal}`);
        } catch {
          // It has ended meanwhile.
        }
        for (const stream of child.stdio) stream?.destroy();
      },
    };
    this.running.add(channel);
    void exited.finally(() => this.running.delete(channel));
    return channel;
  }

  async exec(command: string, options: ExecOptions = {}): Promise<ExecResult> {
    return await gather(await this.open(command, options), options);
  }

  async forward(host: string, port: number, signal?: AbortSignal): Promise<Duplex> {
    const socket = connect({ host, port });
    try {
      await once(socket, 'connect', signal ? { signal } : {});
    } catch (error) {
      socket.destroy();
      throw signal?.aborted ? signal.reason : error;
    }
    return socket;
  }

  async close(): Promise<void> {
    for (const channel of this.running) channel.stdin.end();
  }
}
