import { failure } from '../base/errors.js';

/** The `timeout` of a task, in seconds (0: none), for each attempt anew. */
export class TimeLimit {
  private current: AbortSignal;

  constructor(
    private readonly seconds: number,
    private readonly run: AbortSignal,
  ) {
    this.current = run;
  }

  /** Aborts at the limit of the attempt under way, and at an orderly stop of the run. */
  get signal(): AbortSignal {
    return this.current;
  }

  /** Rejects with `task/timeout` at the limit, whether or not the work heeds the signal. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    if (this.seconds <= 0) return await work();
    const limit = AbortSignal.timeout(this.seconds * 1000);
    this.current = AbortSignal.any([this.run, limit]);
    const over = new Promise<never>((_, reject) => limit.addEventListener('abort', () => reject(limit.reason), { once: true }));
    try {
      return await Promise.race([work(), over]);
    } catch (error) {
      if (!limit.aborted || this.run.aborted) throw error;
      throw failure('task/timeout', { seconds: this.seconds });
    }
  }
}
