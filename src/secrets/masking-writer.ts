import { StringDecoder } from 'node:string_decoder';
import { SHORTEST } from './derived-forms.js';
import { type Masker, masked } from './masker.js';
import { joined, type Scan } from './scan.js';

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
    const scan = this.masker.scan(this.buffer, false);
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
    const scan = this.masker.scan(this.buffer, false);
    const safe = this.buffer.length - scan.open;
    const end = this.buffer.replace(/\r?\n\s*$/, '').length;
    const open = end - safe >= SHORTEST ? ([[safe, end]] as const) : [];
    const text = masked(this.buffer, { ...scan, covered: joined([...scan.covered, ...open]) }, this.written, this.buffer.length);
    this.written = this.buffer.length;
    if (text !== '') this.sink(text);
  }

  /** Writes the rest: nothing more follows, so an incomplete secret is text. */
  end(): void {
    this.buffer += this.decoder.end();
    this.release(this.buffer.length, this.masker.scan(this.buffer, true));
    this.buffer = '';
    this.written = 0;
  }

  /** Writes up to there; what the next text must be read together with stays in the buffer. */
  private release(until: number, scan: Scan): void {
    const text = until > this.written ? masked(this.buffer, scan, this.written, until) : '';
    const kept = Math.min(until, this.buffer.length - scan.kept);
    this.written = Math.max(this.written, until) - kept;
    this.buffer = this.buffer.slice(kept);
    if (text !== '') this.sink(text);
  }
}
