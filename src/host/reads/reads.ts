import type { Clock } from '../../base/clock.js';
import type { Query, ReadView } from '../../sdk/query.js';
import type { Answer, QuerySource } from '../port.js';
import { keyOf } from './encode-query.js';
import { readView } from './read-view.js';

/** Advances with everything that may have changed the host; shared by all its identities. */
export interface Generation {
  current: number;
}

interface Cached {
  readonly answer: Promise<Answer>;
  readonly generation: number;
  readonly at: number;
}

const keptMs = 5000;

/**
 * What is asked in one turn of the event loop goes in one frame; an answer is kept under its query's own content for 5 s, and not past a
 * change of generation. Errors are not kept.
 */
export class Reads {
  readonly cached: ReadView = readView((query) => this.answer(query, true));
  readonly fresh: ReadView = readView((query) => this.answer(query, false));
  private readonly known = new Map<string, Cached>();
  private batch: { query: Query; settle(answer: Promise<Answer>): void }[] = [];

  constructor(
    private readonly source: QuerySource,
    private readonly clock: Clock,
    private readonly generation: Generation,
  ) {}

  private answer(query: Query, fromCache: boolean): Promise<Answer> {
    const key = keyOf(query);
    const before = this.known.get(key);
    const now = this.clock.now();
    if (before && before.generation === this.generation.current) {
      // A fresh read may still share what was asked in this very turn.
      const underWay = this.batch.length > 0 && before.at === now && this.batch.some((each) => keyOf(each.query) === key);
      if (underWay || (fromCache && now - before.at < keptMs)) return before.answer;
    }
    const answer = new Promise<Answer>((resolve) => this.enqueue({ query, settle: resolve }));
    const entry = { answer, generation: this.generation.current, at: now };
    this.known.set(key, entry);
    const forget = () => this.known.get(key) === entry && this.known.delete(key);
    answer.then((answered) => 'error' in answered && forget(), forget);
    return answer;
  }

  private enqueue(asked: { query: Query; settle(answer: Promise<Answer>): void }): void {
    if (this.batch.push(asked) > 1) return;
    setImmediate(() => {
      const batch = this.batch;
      this.batch = [];
      const answers = this.source.ask(batch.map((each) => each.query));
      batch.forEach((each, index) => {
        each.settle(answers.then((all) => all[index] ?? Promise.reject(new RangeError('fewer answers than queries'))));
      });
    });
  }
}
