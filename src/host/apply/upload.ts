import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { failure } from '../../base/errors.js';
import { reasonOf, systemReason } from '../../base/system-reason.js';
import type { WriteOperation } from '../../sdk/operation.js';
import { uploadProgram } from '../perl/exec.js';
import { launch, type Place } from '../session/launch.js';
import { length } from '../session/pack.js';

/** Streams content raw through a channel of its own into the temporary file. Its checksum is compared by the commit that follows. */
export async function upload(place: Place, operation: WriteOperation, temporary: string): Promise<void> {
  const { channel } = await launch(place, uploadProgram, { ends: true });
  const said: Buffer[] = [];
  channel.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  channel.stdout.resume();
  channel.stderr.resume();
  const path = Buffer.from(temporary);
  channel.stdin.write(Buffer.concat([length(path.length), path]));
  const { content } = operation;
  const source = Buffer.isBuffer(content) ? Readable.from([content]) : createReadStream(content.localPath);
  let broken: unknown;
  // Where the far end stops reading it has its reason, and says it: only a source that breaks has to end it.
  source.once('error', () => channel.kill('TERM'));
  const sent = pipeline(source, channel.stdin).catch((error: unknown) => {
    broken = error;
  });
  const ended = channel.stdout.readableEnded
    ? Promise.resolve()
    : Promise.race([once(channel.stdout, 'end'), once(channel.stdout, 'close')]);
  await channel.exited.catch((error: unknown) => {
    if (!broken) throw error;
  });
  await Promise.all([sent, ended]);
  const answer = Buffer.concat(said).toString().trim();
  if (answer === 'done' && !broken) return;
  const [, errno = '', complaint = ''] = /^fail (\w+) (.*)/.exec(answer) ?? [];
  const reason = errno ? systemReason(errno, complaint) : broken === undefined ? 'the channel ended early' : reasonOf(broken);
  throw failure('host/upload-failed', { path: operation.path, reason }, { cause: broken });
}
