import { Masker } from '../secrets/masker.js';
import { MaskingWriter } from '../secrets/masking-writer.js';
import { SECRET_ENVIRONMENT } from './secret-environment.js';

export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string, done?: () => void): boolean;
  on?(event: 'error', listener: (error: Error) => void): unknown;
}

/** One of the process's outputs: nothing gets past the mask. */
export class MaskedOutput {
  private readonly writer: MaskingWriter;

  constructor(
    private readonly stream: OutputStream,
    masker: Masker,
  ) {
    this.writer = new MaskingWriter(masker, (text) => stream.write(text));
    // A reader that went away (a closed pipe) must not stop a run half-way.
    stream.on?.('error', () => {});
  }

  readonly write = (text: string): void => this.writer.write(text);

  line(text: string): void {
    this.writer.write(`${text}\n`);
  }

  /** Past the mask: `secrets get` alone, whose purpose it is. */
  async reveal(text: string): Promise<void> {
    this.writer.flush();
    await new Promise<void>((resolve) => this.stream.write(text, () => resolve()));
  }

  /** What is held back because it could begin a secret is written: a prompt that waits. */
  flush(): void {
    this.writer.flush();
  }

  /** Everything has left the process when this resolves. */
  async end(): Promise<void> {
    this.writer.end();
    await new Promise<void>((resolve) => this.stream.write('', () => resolve()));
  }

  get isTerminal(): boolean {
    return this.stream.isTTY === true;
  }

  get columns(): number {
    return this.stream.columns || 80;
  }

  get rows(): number {
    return this.stream.rows || 24;
  }
}

export type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean };

export interface TerminalStreams {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

/** Where the tool talks to people and pipes. Knows every secret of the run, so that none is written. */
export class Terminal {
  readonly masker = new Masker();
  readonly stdin: InputStream;
  readonly stdout: MaskedOutput;
  readonly stderr: MaskedOutput;

  constructor(
    streams: TerminalStreams,
    private readonly env: Readonly<Record<string, string | undefined>>,
  ) {
    this.stdin = streams.stdin;
    this.stdout = new MaskedOutput(streams.stdout, this.masker);
    this.stderr = new MaskedOutput(streams.stderr, this.masker);
    for (const name of SECRET_ENVIRONMENT) this.masker.add(env[name] ?? '');
  }

  /** Questions are written to stderr (stdout may be a pipe) and answered on stdin. */
  get canAsk(): boolean {
    return this.stdin.isTTY === true && this.stderr.isTerminal;
  }

  /** Cursor movements are understood. */
  get isRich(): boolean {
    return this.stdout.isTerminal && this.env['TERM'] !== 'dumb';
  }

  colour(output: MaskedOutput): boolean {
    return output.isTerminal && !this.env['NO_COLOR'] && this.env['TERM'] !== 'dumb';
  }
}
