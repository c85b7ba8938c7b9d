export type StopSignal = 'SIGINT' | 'SIGTERM';

/** SIGINT and SIGTERM as an abort signal; the second one ends the process at once. Jobs go on on their hosts either way. */
export class Interrupt {
  private readonly controller = new AbortController();
  private held = false;
  /** Which signal came, if one did. */
  received: StopSignal | undefined;
  /** What is said when the first one comes. */
  onFirst: (signal: StopSignal) => void = () => {};

  constructor(private readonly end: (status: number) => void = process.exit) {}

  listen(): void {
    process.on('SIGINT', () => this.take('SIGINT'));
    process.on('SIGTERM', () => this.take('SIGTERM'));
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get exitStatus(): 130 | 143 | undefined {
    return this.received && statusOfSignal(this.received);
  }

  /** Signals are somebody else's meanwhile: of an editor, which has the terminal. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.held = true;
    // A terminal that is closed ends the editor; what it leaves is still to be cleaned away.
    process.on('SIGHUP', ignore);
    try {
      return await work();
    } finally {
      this.held = false;
      process.off('SIGHUP', ignore);
    }
  }

  /** Also for ctrl-C at a prompt, where the terminal sends a key and no signal. */
  take(signal: StopSignal): void {
    if (this.held) return;
    if (this.received) {
      this.end(statusOfSignal(this.received));
      return;
    }
    this.received = signal;
    this.onFirst(signal);
    this.controller.abort(new Interrupted(signal));
  }
}

function ignore(): void {}

function statusOfSignal(signal: StopSignal): 130 | 143 {
  return signal === 'SIGINT' ? 130 : 143;
}

export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor(readonly signal: StopSignal) {
    super(`interrupted by ${signal}`);
  }

  get exitStatus(): 130 | 143 {
    return statusOfSignal(this.signal);
  }
}
