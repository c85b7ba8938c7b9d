import { Duplex } from 'node:stream';
import { relayProgram } from './perl/relay.js';
import { launch, type Place } from './session/launch.js';
import { length } from './session/pack.js';
import { Preamble } from './session/preamble.js';

/** A TCP stream from the host where its sshd does not forward: a socket of the host's perl. Rejects with an Error whose `code` is ECONNREFUSED, … */
export async function relay(place: Place, host: string, port: number, signal?: AbortSignal): Promise<Duplex> {
  const { channel } = await launch(place, relayProgram, { ends: true, signal });
  channel.stderr.resume();
  const address = Buffer.from(`${host} ${port}`);
  const connected = new Preamble(channel.stdout, 'ok');
  channel.stdout.resume();
  channel.stdin.write(Buffer.concat([length(address.length), address]));
  const abort = () => channel.kill('TERM');
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([connected.passed, connected.ended]);
    signal?.throwIfAborted();
  } finally {
    signal?.removeEventListener('abort', abort);
  }
  const failed = /fail (\w+)/.exec(connected.noise);
  if (failed) throw Object.assign(new Error(`${host}:${port}: ${failed[1]}`), { code: failed[1] });
  return Duplex.from({ readable: channel.stdout, writable: channel.stdin });
}
