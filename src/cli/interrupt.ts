/** SIGINT and SIGTERM as an abort signal; the second one ends the process at once. Jobs go on on their hosts either way. */
export class Interrupt {
  private readonly controller = new AbortController();
  /** Which signal came, if one did. */
  received: 'SIGINT' | 'SIGTERM' | undefined;

  constructor(private readonly onFirst: (signal: 'SIGINT' | 'SIGTERM') => void) {
    process.on('SIGINT', () => this.take('SIGINT'));
    process.on('SIGTERM', () => this.take('SIGTERM'));
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get exitStatus(): 130 | 143 | undefined {
    if (!this.received) return undefined;
    return this.received === 'SIGINT' ? 130 : 143;
  }

  private take(signal: 'SIGINT' | 'SIGTERM'): void {
    if (this.received) process.exit(this.exitStatus);
    this.received = signal;
    this.onFirst(signal);
    this.controller.abort(new Interrupted(signal));
  }
}

export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor(readonly signal: 'SIGINT' | 'SIGTERM') {
    super(`interrupted by ${signal}`);
  }
}
