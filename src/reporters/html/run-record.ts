import { type Language, type Say, speaker } from '../../base/messages/message.js';
import type { RunEvent } from '../../events/event.js';
import { PendingHandlers } from '../../events/pending-handlers.js';
import { readIn } from '../finding-texts.js';
import { Findings } from '../findings.js';

type Of<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;
export type TaskResult = Of<'task_result'>;

/** Results of one task, host by host, as they came. */
export interface TaskRecord {
  readonly task: string;
  readonly handler: boolean;
  readonly position: string;
  readonly results: TaskResult[];
}

/** A run as a page needs it: put together from its events, in their order. */
export class RunRecord {
  readonly say: Say;
  readonly findings = new Findings();
  readonly pending = new PendingHandlers();
  readonly plays = new Map<string, TaskRecord[]>();
  readonly errors: Of<'diagnostic'>['diagnostic'][] = [];
  start: Of<'run_start'> | undefined;
  interrupted: Of<'interrupted'> | undefined;
  recap: Of<'recap'> | undefined;
  private play = '';

  constructor(readonly language: Language) {
    this.say = speaker(language);
  }

  handle(event: RunEvent): void {
    this.pending.handle(event);
    switch (event.type) {
      case 'run_start':
        this.start = event;
        return;
      case 'play_start':
        this.play = `${event.number}. ${event.play}`;
        if (!this.plays.has(this.play)) this.plays.set(this.play, []);
        return;
      case 'task_result':
        this.addResult(event);
        return;
      case 'finding':
        this.findings.add(readIn(this.language, event));
        return;
      case 'diagnostic':
        this.errors.push(event.diagnostic);
        return;
      case 'interrupted':
        this.interrupted = event;
        return;
      case 'recap':
        this.recap = event;
        return;
    }
  }

  get results(): readonly TaskResult[] {
    return [...this.plays.values()].flat().flatMap((each) => each.results);
  }

  /** A task comes again for each batch and each flush: as one. */
  private addResult(event: TaskResult): void {
    const tasks = this.plays.get(this.play) ?? [];
    this.plays.set(this.play, tasks);
    const same = tasks.findLast((each) => each.task === event.task && each.position === event.position);
    if (same && !same.results.some((each) => each.host === event.host)) same.results.push(event);
    else tasks.push({ task: event.task, handler: event.handler, position: event.position, results: [event] });
  }
}
