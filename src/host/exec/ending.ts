import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Gathers a stream up to the line `NONCE. verdict` that our runner puts behind the program's output, wherever chunks are split. */
export class Ending {
  /** The verdict was read, or the stream ended without one. */
  readonly reached: Promise<void>;
  verdict: string | undefined;
  private readonly chunks: Buffer[] = [];
  /** The end of what came, which may be the beginning of the mark. */
  private tail = Buffer.alloc(0);
  private readonly decoder = new StringDecoder('utf8');

  constructor(
    stream: Readable,
    nonce: string,
    private readonly onText?: (text: string) => void,
  ) {
    const mark = Buffer.from(`${nonce}. `);
    this.reached = new Promise((resolve) => {
      const end = () => {
        this.keep(this.tail);
        this.tail = Buffer.alloc(0);
        resolve();
      };
      const onData = (chunk: Buffer) => {
        this.tail = Buffer.concat([this.tail, chunk]);
        const at = this.tail.indexOf(mark);
        if (at < 0) {
          const sure = this.tail.length - begun(this.tail, mark);
          this.keep(this.tail.subarray(0, sure));
          this.tail = this.tail.subarray(sure);
          return;
        }
        const line = this.tail.indexOf('\n', at);
        if (line < 0) return;
        this.verdict = this.tail.toString('latin1', at + mark.length, line);
        this.tail = this.tail.subarray(0, at);
        stream.off('data', onData);
        // The rest is a background child's: read, so that it is not blocked, and dropped.
        stream.resume();
        end();
      };
      stream.on('data', onData);
      stream.once('end', end);
      stream.once('close', end);
      stream.resume();
    });
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString();
  }

  private keep(bytes: Buffer): void {
    if (!bytes.length) return;
    this.chunks.push(bytes);
    this.onText?.(this.decoder.write(bytes));
  }
}

/** How many of the last bytes may be the beginning of the mark. */
function begun(bytes: Buffer, mark: Buffer): number {
  for (let count = Math.min(bytes.length, mark.length - 1); count > 0; count -= 1) {
    if (bytes.subarray(bytes.length - count).equals(mark.subarray(0, count))) return count;
  }
  return 0;
}
