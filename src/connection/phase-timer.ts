import { PhaseTimeout, type Progress } from './connect-error.js';

/** For a log-in: PAM waits some seconds after a refusal, and a directory server may be slow. */
const loginMs = 60_000;

/** Ends a phase of a connection that takes too long: TCP and the handshake each have the connect timeout, each attempt to log in has 60 s. */
export class PhaseTimer {
  /** Rejects with `PhaseTimeout`. */
  readonly late: Promise<never>;
  private fire: (error: PhaseTimeout) => void = () => {};
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly progress: Progress,
    private readonly connectMs: number,
  ) {
    this.late = new Promise((_, reject) => {
      this.fire = reject;
    });
    this.late.catch(() => {});
  }

  /** The phase begins, or goes on: something came. */
  enter(phase: Progress['phase']): void {
    this.stop();
    this.progress.phase = phase;
    const ms = phase === 'login' ? loginMs : this.connectMs;
    this.timer = setTimeout(() => this.fire(new PhaseTimeout(ms / 1000)), ms);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** Work that takes as long as it takes. */
  async without<T>(work: () => Promise<T>): Promise<T> {
    this.stop();
    try {
      return await work();
    } finally {
      if (this.progress.phase === 'login') this.enter('login');
    }
  }
}
