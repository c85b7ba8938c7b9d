import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Channel, ExecOptions, ExecResult } from './connection.js';

/** Feeds a channel its input, gathers both outputs as bytes, and waits for its end. */
export async function gather(channel: Channel, options: ExecOptions): Promise<ExecResult> {
  const abort = () => channel.kill('TERM');
  options.signal?.addEventListener('abort', abort, { once: true });
  try {
    const stdout = collect(channel.stdout, options.onStdout);
    const stderr = collect(channel.stderr, options.onStderr);
    // A program may end without reading its input: that is its exit status' matter.
    const fed = feed(channel, options.stdin).catch(() => {});
    const exit = await channel.exited;
    await Promise.all([stdout.ended, stderr.ended]);
    void fed;
    options.signal?.throwIfAborted();
    return { ...exit, stdout: Buffer.concat(stdout.chunks), stderr: Buffer.concat(stderr.chunks) };
  } finally {
    options.signal?.removeEventListener('abort', abort);
  }
}

function collect(stream: Readable, onChunk: ((chunk: Buffer) => void) | undefined) {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    onChunk?.(chunk);
  });
  const ended = stream.readableEnded || stream.destroyed ? Promise.resolve() : Promise.race([once(stream, 'end'), once(stream, 'close')]);
  return { chunks, ended };
}

async function feed(channel: Channel, stdin: Buffer | Readable | undefined): Promise<void> {
  if (stdin instanceof Readable) await pipeline(stdin, channel.stdin);
  else channel.stdin.end(stdin);
}
