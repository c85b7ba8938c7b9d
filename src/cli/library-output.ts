import { Console } from 'node:console';
import { Writable } from 'node:stream';
import type { Terminal } from './terminal.js';

/** What libraries and Node say of their own accord goes where our own notes go: to stderr, through the mask. */
export function maskLibraryOutput({ stderr }: Pick<Terminal, 'stderr'>): void {
  const aside = new Writable({
    decodeStrings: false,
    write: (chunk: string, _encoding, done) => {
      stderr.write(chunk);
      done();
    },
  });
  globalThis.console = new Console({ stdout: aside, stderr: aside });
  // Node's own listener writes past every stream.
  const isQuiet = process.listenerCount('warning') === 0;
  process.removeAllListeners('warning');
  if (!isQuiet) process.on('warning', ({ name, message }) => stderr.line(`${name}: ${message}`));
}
