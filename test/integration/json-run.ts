import type { RunEvent } from '../../src/events/event.js';
import type { CommandResult } from '../lab/docker.js';

export type TaskResult = Extract<RunEvent, { type: 'task_result' }>;
export type FindingEvent = Extract<RunEvent, { type: 'finding' }>;
type Recap = Extract<RunEvent, { type: 'recap' }>;

/** What a run with `--output json` said: every line of it is an object of the contract, or this is an error. */
export class JsonRun {
  readonly events: readonly RunEvent[];

  constructor(readonly ended: CommandResult) {
    this.events = ended.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as RunEvent);
  }

  get code(): number {
    return this.ended.code;
  }

  /** All that it wrote, for the message of an expectation. */
  get text(): string {
    return this.ended.stdout + this.ended.stderr;
  }

  /** What went wrong, in the tool's words, for the message of an expectation. */
  get wrong(): string {
    const bad = this.results.filter(({ status }) => status === 'failed' || status === 'unreachable');
    return [...bad.map(({ host, task, message }) => `${host}: ${task}: ${message}`), this.ended.stderr].join('\n');
  }

  get results(): TaskResult[] {
    return this.events.filter((each): each is TaskResult => each.type === 'task_result');
  }

  /** The last word on each check, in the order they were first made: what was found again has replaced what was found before. */
  get findings(): FindingEvent[] {
    const found = this.events.filter((each): each is FindingEvent => each.type === 'finding');
    return [...new Map(found.map((each) => [JSON.stringify([each.host, each.clause, each.title, each.observer]), each])).values()];
  }

  get recap(): Recap | undefined {
    return this.events.filter((each): each is Recap => each.type === 'recap').at(-1);
  }

  /** The only result of a task of this name. */
  result(task: string): TaskResult {
    const [found, another] = this.results.filter((each) => each.task === task);
    if (found === undefined || another !== undefined)
      throw new Error(`${another ? 'more than one' : 'no'} result of "${task}" in:\n${this.text}`);
    return found;
  }

  /** Task → changed, failed, …. */
  get statuses(): Record<string, string> {
    return Object.fromEntries(this.results.map(({ task, status }) => [task, status]));
  }
}
