import { Screen } from './screen.js';

const RECENT_LINES = 100;

/** script(1) writes a line of its own before the program's output (without a carriage return: it would indent the next) and one after it. */
const HEADER = Buffer.from('Script started on ');
const FOOTER = /\n?Script done on [^\n]*\[(?:COMMAND_EXIT_CODE="-?\d+"|<max output size exceeded>)\]\s*$/;

/**
 * A job's transcript, rendered as it comes. It is cut where prompts were answered: what is matched is the text after the last answer only,
 * and offsets are bytes of the transcript, so that they mean the same to every control process.
 */
export class Transcript {
  private screen = new Screen();
  private inHeader: 'perhaps' | 'no' = 'perhaps';
  private begun = Buffer.alloc(0);
  private readonly earlier: string[] = [];
  /** Bytes taken so far. */
  offset = 0;

  /** `cuts`: offsets at which prompts ended that were answered before. */
  constructor(private cuts: readonly number[] = []) {}

  async write(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    for (const cut of this.cuts) {
      if (cut > this.offset + rest.length) break;
      const before = rest.subarray(0, Math.max(0, cut - this.offset));
      await this.take(before);
      rest = rest.subarray(before.length);
      this.cutScreen();
    }
    this.cuts = this.cuts.filter((cut) => cut > this.offset + rest.length);
    await this.take(rest);
  }

  /** The prompt that ends here was answered: what follows is a text of its own. */
  cut(): void {
    this.cutScreen();
  }

  /** What came since the last answer: its end, enough to match a prompt and to show a tail. */
  get recent(): string {
    return this.screen.text(RECENT_LINES);
  }

  get whole(): string {
    return [...this.earlier, this.screen.text()].join('').replace(FOOTER, '');
  }

  /** What was there before each answer, since the one before it. */
  get answered(): readonly string[] {
    return this.earlier;
  }

  /** Where in `whole` the text after the first `count` answers begins. */
  offsetAfter(count: number): number {
    return this.earlier.slice(0, count).join('').length;
  }

  private async take(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    this.offset += bytes.length;
    await this.screen.write(this.withoutHeader(bytes));
  }

  private withoutHeader(bytes: Uint8Array): Uint8Array {
    if (this.inHeader === 'no') return bytes;
    this.begun = Buffer.concat([this.begun, bytes]);
    const compared = Math.min(this.begun.length, HEADER.length);
    const isHeader = this.begun.subarray(0, compared).equals(HEADER.subarray(0, compared));
    const end = this.begun.indexOf('\n');
    if (isHeader && end < 0) return new Uint8Array();
    this.inHeader = 'no';
    return isHeader && compared === HEADER.length ? this.begun.subarray(end + 1) : this.begun;
  }

  private cutScreen(): void {
    this.earlier.push(this.screen.text());
    this.screen.dispose();
    this.screen = new Screen();
  }
}
