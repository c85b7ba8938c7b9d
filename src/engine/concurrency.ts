/** Whether something of a kind is going on. */
export class Counted {
  private current = 0;

  get running(): boolean {
    return this.current > 0;
  }

  async count<T>(work: () => Promise<T>): Promise<T> {
    this.current++;
    try {
      return await work();
    } finally {
      this.current--;
    }
  }
}

/** Runs one at a time per key, in the order of asking: operations of several hosts on one delegate can't race (language.md, 9). */
export class Serialiser {
  private readonly tails = new Map<string, Promise<unknown>>();

  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key) ?? Promise.resolve();
    const result = before.then(work, work);
    this.tails.set(
      key,
      result.catch(() => undefined),
    );
    return result;
  }
}
