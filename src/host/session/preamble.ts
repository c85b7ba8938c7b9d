import type { Readable } from 'node:stream';

/** Reads a stream up to the hello's line and leaves the rest in it. What came before is kept for an error. */
export class Preamble {
  /** The hello was read; the stream is paused behind it. */
  readonly passed: Promise<void>;
  /** The stream ended before the hello, or the hello was read. */
  readonly ended: Promise<void>;
  prompts = 0;
  private before = Buffer.alloc(0);

  constructor(stream: Readable, hello: string, prompt?: { readonly text: string; seen(times: number): void }) {
    let pass: () => void = () => {};
    let end: () => void = () => {};
    this.passed = new Promise((resolve) => {
      pass = resolve;
    });
    this.ended = new Promise((resolve) => {
      end = resolve;
    });
    const line = Buffer.from(`${hello}\n`);
    let searched = 0;
    const onData = (chunk: Buffer) => {
      this.before = Buffer.concat([this.before, chunk]);
      const at = this.before.indexOf(line);
      if (at >= 0) {
        stream.off('data', onData);
        stream.pause();
        const rest = this.before.subarray(at + line.length);
        this.before = this.before.subarray(0, at);
        if (rest.length) stream.unshift(rest);
        pass();
        end();
        return;
      }
      while (prompt) {
        const asked = this.before.indexOf(prompt.text, searched);
        if (asked < 0) break;
        searched = asked + prompt.text.length;
        this.prompts += 1;
        prompt.seen(this.prompts);
      }
    };
    stream.on('data', onData);
    stream.once('end', end);
    stream.once('close', end);
  }

  get noise(): string {
    return this.before.toString().trim();
  }
}
