import xterm from '@xterm/headless';

/** What the program is told too, by stty. */
const COLS = 400;
const ROWS = 50;
/** Between two harvests at most this many lines scroll away: fewer than the terminal keeps. */
const SCROLLBACK = 5_000;
const SLICE_BYTES = 64 * 1024;
/** Older text is dropped: the end of a dialogue is what is asked for, and patterns take some seconds for this much. */
const KEEP_CHARACTERS = 2 * 1024 * 1024;
/** What a line weighs besides its characters: empty ones without end are a lot of text too. */
const LINE_WEIGHT = 32;

/** Text as a terminal shows it: progress bars overwritten, colours gone, wrapped lines joined. Fed with bytes as they come, split anywhere. */
export class Screen {
  private readonly terminal = new xterm.Terminal({ cols: COLS, rows: ROWS, scrollback: SCROLLBACK, allowProposedApi: true });
  /** Lines that scrolled out of the screen: nothing can change them any more. The last may go on in the screen's first row. */
  private gone: string[] = [];
  private goneWeight = 0;
  private openEnd = false;

  constructor(private readonly keep = KEEP_CHARACTERS) {}

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const slice = bytes.subarray(at, sliceEnd(bytes, at));
      await new Promise<void>((resolve) => this.terminal.write(slice, resolve));
      this.harvest();
      at += slice.length;
    }
  }

  /** Lines up to the cursor's (spaces at their ends only where they were written): all, or as many as are asked for and the screen. Ends with a line feed when the cursor is on an empty line. */
  text(lines = Number.POSITIVE_INFINITY): string {
    const buffer = this.terminal.buffer.active;
    const cursor = buffer.baseY + buffer.cursorY;
    let last = Math.min(buffer.length, buffer.baseY + ROWS) - 1;
    while (last > cursor && (buffer.getLine(last)?.translateToString(true) ?? '') === '') last--;
    return this.joined(this.gone.slice(-lines), this.openEnd, 0, last).lines.join('\n');
  }

  dispose(): void {
    this.terminal.dispose();
  }

  private harvest(): void {
    const buffer = this.terminal.buffer.normal;
    if (buffer.baseY === 0 || this.terminal.buffer.active.type === 'alternate') return;
    const from = Math.max(0, this.gone.length - 1);
    this.goneWeight -= weightOf(this.gone, from);
    this.openEnd = this.joined(this.gone, this.openEnd, 0, buffer.baseY - 1).open;
    this.goneWeight += weightOf(this.gone, from);
    if (this.goneWeight > this.keep) this.dropOldest();
    // Shrinking the scrollback drops what was harvested and leaves the screen as it is.
    this.terminal.options.scrollback = 0;
    this.terminal.options.scrollback = SCROLLBACK;
  }

  /** Well below the limit, so that it is rarely done; a line without end loses its beginning. */
  private dropOldest(): void {
    let dropped = 0;
    while (this.goneWeight > this.keep / 2 && dropped < this.gone.length - 1) {
      this.goneWeight -= weightOf(this.gone, dropped, dropped + 1);
      dropped++;
    }
    this.gone.splice(0, dropped);
    const [last = ''] = this.gone;
    if (this.goneWeight <= this.keep || this.gone.length > 1) return;
    this.gone = [last.slice(-this.keep / 2)];
    this.goneWeight = weightOf(this.gone, 0);
  }

  /** Appends rows `from`…`to` to `lines`; a row that is the continuation of the one before is joined to it. */
  private joined(lines: string[], openEnd: boolean, from: number, to: number): { lines: string[]; open: boolean } {
    const buffer = this.terminal.buffer.active;
    let open = openEnd;
    for (let row = from; row <= to; row++) {
      const line = buffer.getLine(row);
      if (!line) break;
      const wrapsOn = buffer.getLine(row + 1)?.isWrapped === true;
      const text = line.translateToString(!wrapsOn);
      if (open && lines.length > 0) lines[lines.length - 1] += text;
      else lines.push(text);
      open = wrapsOn;
    }
    return { lines, open };
  }
}

function weightOf(lines: readonly string[], from: number, to = lines.length): number {
  let weight = 0;
  for (let at = from; at < to; at++) weight += (lines[at]?.length ?? 0) + LINE_WEIGHT;
  return weight;
}

/** The end of a slice: few enough bytes, and few enough lines. */
function sliceEnd(bytes: Uint8Array, from: number): number {
  const limit = Math.min(bytes.length, from + SLICE_BYTES);
  let lines = 0;
  for (let at = from; at < limit; at++) {
    if (bytes[at] === 0x0a && ++lines >= SCROLLBACK / 2) return at + 1;
  }
  return limit;
}
