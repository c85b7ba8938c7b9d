import type { Clock } from '../base/clock.js';
import type { Masking } from '../base/secret.js';
import type { Emit, NewEvent, RunEvent } from './event.js';
import { maskDiagnostic } from './masked-diagnostic.js';
import { toPlain } from './plain.js';

export interface Subscriber {
  /** For the message when it fails. */
  readonly name: string;
  handle(event: RunEvent): void;
}

/**
 * Where a run's events go through. Each gets its time, becomes plain data, is masked once, and is handed to every subscriber in the order
 * of subscription. A subscriber that throws is reported once and does not stop the run or the others.
 */
export class EventBus {
  private readonly subscribers: Subscriber[] = [];
  private readonly broken = new Set<Subscriber>();

  constructor(
    private readonly clock: Clock,
    private readonly masking: Masking,
    private readonly onError: (subscriber: string, error: unknown) => void,
  ) {}

  subscribe(subscriber: Subscriber): void {
    this.subscribers.push(subscriber);
  }

  readonly emit: Emit = (event) => {
    const timed = this.finish(event);
    for (const subscriber of this.subscribers) {
      try {
        subscriber.handle(timed);
      } catch (error) {
        if (this.broken.has(subscriber)) continue;
        this.broken.add(subscriber);
        this.onError(subscriber.name, error);
      }
    }
  };

  private finish(event: NewEvent): RunEvent {
    const time = new Date(this.clock.now()).toISOString();
    if (event.type === 'diagnostic') return { ...event, time, diagnostic: maskDiagnostic(event.diagnostic, this.masking) };
    return { ...this.masking.maskValue(toPlain(event)), time };
  }
}
