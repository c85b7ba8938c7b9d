export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

const STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type StopStatus = (typeof STATUS)[StopSignal];

/** SIGINT, SIGTERM and a terminal that went away as an abort signal; the second one ends the process at once. Jobs go on on their hosts either way. */
export class Interrupt {
  private readonly controller = new AbortController();
  private held = false;
  /** Which signal came, if one did. */
  received: StopSignal | undefined;
  /** What is said when the first one comes. */
  onFirst: (signal: StopSignal) => void = () => {};

  constructor(private readonly end: (status: number) => void = process.exit) {}

  listen(): void {
    for (const signal of Object.keys(STATUS) as StopSignal[]) process.on(signal, () => this.take(signal));
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get exitStatus(): StopStatus | undefined {
    return this.received && STATUS[this.received];
  }

  /** Signals are somebody else's meanwhile: of an editor, which has the terminal. One that is closed ends the editor; what it leaves is still cleaned away. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.held = true;
    try {
      return await work();
    } finally {
      this.held = false;
    }
  }

  /** Also for ctrl-C at a prompt, where the terminal sends a key and no signal. */
  take(signal: StopSignal): void {
    if (this.held) return;
    if (this.received) {
      // The kernel and the shell both tell of a terminal that is gone: that is one signal.
      if (signal !== 'SIGHUP') this.end(STATUS[this.received]);
      return;
    }
    this.received = signal;
    this.onFirst(signal);
    this.controller.abort(new Interrupted(signal));
  }
}

export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor(readonly signal: StopSignal) {
    super(`interrupted by ${signal}`);
  }

  get exitStatus(): StopStatus {
    return STATUS[this.signal];
  }
}
