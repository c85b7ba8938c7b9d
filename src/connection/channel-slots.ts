/** At most `limit` channels at once; the rest wait their turn. sshd's MaxSessions is 10 by default, and may be lower. */
export class ChannelSlots {
  private taken = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private limit: number) {}

  /** Resolves with a release function that may be called any number of times. */
  async take(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.taken >= this.limit) await this.turn(signal);
    else this.taken += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.release();
    };
  }

  /** The server refused one more than `open`: no more than that from now on. */
  lower(open: number): void {
    this.limit = Math.max(1, Math.min(this.limit, open));
  }

  get inUse(): number {
    return this.taken;
  }

  private turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const abort = () => {
        const at = this.waiting.indexOf(go);
        if (at >= 0) this.waiting.splice(at, 1);
        reject(signal?.reason);
      };
      this.waiting.push(go);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  private release(): void {
    // A slot goes straight to the next in line, so that `taken` never dips.
    const next = this.taken <= this.limit ? this.waiting.shift() : undefined;
    if (next) next();
    else this.taken -= 1;
  }
}
