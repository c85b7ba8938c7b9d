import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { Channel, Connection, Exit, OpenOptions } from '../../../src/connection/connection.js';
import { ChannelRoom } from '../../../src/host/channel-room.js';

interface Opened {
  readonly channel: Channel;
  end(): void;
}

/** A server with room for one session on each connection. */
class Narrow implements Connection {
  readonly hostKeyFingerprint = undefined;
  readonly user = 'ann';
  readonly lost = new Promise<Error>(() => {});
  readonly opened: Opened[] = [];
  private taken = false;
  private waiting: (() => void)[] = [];

  constructor(readonly description: string) {}

  async open(_command: string, { signal, onRefused }: OpenOptions = {}): Promise<Channel> {
    while (this.taken) {
      onRefused?.();
      await new Promise<void>((resolve, reject) => {
        this.waiting.push(resolve);
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
    }
    this.taken = true;
    let end: (exit: Exit) => void = () => {};
    const exited = new Promise<Exit>((resolve) => {
      end = resolve;
    });
    void exited.then(() => {
      this.taken = false;
      for (const each of this.waiting.splice(0)) each();
    });
    const channel = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough(), exited, kill: () => {} };
    this.opened.push({ channel, end: () => end({ code: 0, signal: null }) });
    return channel;
  }

  exec(): never {
    throw new Error('not here');
  }
  forward(): never {
    throw new Error('not here');
  }
  async close(): Promise<void> {}
}

it('closes an idle session for user text that finds no room', async () => {
  const connection = new Narrow('one');
  const room = new ChannelRoom(
    () => connection.opened[0]?.end(),
    () => Promise.reject(new Error('it must not be wanted')),
  );
  await room.open(connection, 'session', { ends: false });
  await room.open(connection, 'text', { ends: true });
  expect(connection.opened).toHaveLength(2);
});

it('goes over a second connection beside a session that must stay, one after the other', async () => {
  const [first, second] = [new Narrow('one'), new Narrow('two')];
  let connected = 0;
  const room = new ChannelRoom(
    () => {},
    async () => {
      connected += 1;
      return second;
    },
  );
  await room.open(first, 'session that holds the lock', { ends: false });
  await room.open(first, 'text', { ends: true });
  expect(second.opened).toHaveLength(1);
  const next = room.open(first, 'more text', { ends: true });
  second.opened[0]?.end();
  await next;
  expect([first.opened.length, second.opened.length, connected]).toEqual([1, 2, 2]);
});

it('waits no longer for a connection that takes nobody than it must', async () => {
  const first = new Narrow('one');
  const room = new ChannelRoom(
    () => {},
    () => Promise.reject(new Error('no second one either')),
  );
  await room.open(first, 'session', { ends: false });
  await expect(room.open(first, 'text', { ends: true })).rejects.toThrow('no second one either');
});
