import { StringDecoder } from 'node:string_decoder';
import { SHORTEST } from './derived-forms.js';
import { type Masker, masked } from './masker.js';

/**
 * Masks a stream: a secret that arrives in several pieces is masked as one that arrives whole. The end of the text that could be the beginning
 * of a secret is held back until more arrives, `flush` or `end`.
 */
export class MaskingWriter {
  private readonly decoder = new StringDecoder('utf8');
  private buffer = '';
  /** So much of the buffer's beginning is written already: `flush` could not wait, but what follows may still make it a secret. */
  private written = 0;

  constructor(
    private readonly masker: Masker,
    private readonly sink: (text: string) => void,
  ) {}

  write(chunk: string | Uint8Array): void {
    this.buffer += typeof chunk === 'string' ? chunk : this.decoder.write(Buffer.from(chunk));
    const scan = this.masker.scan(this.buffer);
    const safe = this.buffer.length - scan.open;
    // A secret that is still growing into another one is masked when it is known where both end.
    const growing = scan.covered.find(([from, to]) => from < safe && to > safe);
    this.release(growing ? growing[0] : safe, scan);
  }

  /**
   * Writes what is held back (a prompt that waits for its answer). A held end of 4 characters or more is masked, since it may be most of a
   * secret; a shorter one gives nothing away. What follows is still recognised as the secret's rest.
   */
  flush(): void {
    const held = this.buffer.length - this.written;
    if (held === 0) return;
    const scan = this.masker.scan(this.buffer);
    const safe = this.buffer.length - scan.open;
    const open = scan.open >= SHORTEST ? ([[safe, this.buffer.length]] as const) : [];
    const text = masked(this.buffer, { ...scan, covered: joined([...scan.covered, ...open]) }, this.written, this.buffer.length);
    this.written = this.buffer.length;
    if (text !== '') this.sink(text);
  }

  /** Writes the rest: nothing more follows, so an incomplete secret is text. */
  end(): void {
    this.buffer += this.decoder.end();
    this.release(this.buffer.length, this.masker.scan(this.buffer));
  }

  private release(until: number, scan: ReturnType<Masker['scan']>): void {
    const text = until > this.written ? masked(this.buffer, scan, this.written, until) : '';
    this.buffer = this.buffer.slice(until);
    this.written = Math.max(0, this.written - until);
    if (text !== '') this.sink(text);
  }
}

function joined(ranges: readonly (readonly [number, number])[]): [number, number][] {
  const found: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = found.at(-1);
    if (last && last[1] >= from) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}
