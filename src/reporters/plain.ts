import { formatDuration } from '../base/duration.js';
import { speaker } from '../base/messages/message.js';
import { printable } from '../base/printable.js';
import { truncateTo } from '../base/text-width.js';
import type { RunEvent } from '../events/event.js';
import type { Reporter, ReporterOptions } from './reporter.js';
import { RunLines } from './run-lines.js';
import { Running, type RunningTask } from './running.js';

/** A running task gets a line this often: a log is not a terminal. */
const PROGRESS_MS = 60_000;
const TICK_MS = 5_000;

/** Lines as Ansible's own default output has them: for logs, pipes and CI. */
export function plainReporter(options: ReporterOptions): Reporter {
  const lines = new RunLines(options);
  const running = new Running();
  const progress = new ProgressLines(running, options);
  const stop = options.every?.(TICK_MS, (now) => options.write(progress.due(now)));
  return {
    name: 'plain',
    handle: (event) => {
      running.handle(event);
      const text = progress.after(event) + lines.render(event);
      if (text !== '') options.write(text);
    },
    close: async () => stop?.(),
  };
}

/** One line a minute for each task that goes on, driven by events and by the clock. */
class ProgressLines {
  private readonly last = new Map<string, number>();

  constructor(
    private readonly running: Running,
    private readonly options: ReporterOptions,
  ) {}

  after(event: RunEvent): string {
    if (event.type === 'host_start' || event.type === 'task_result') this.last.delete(event.host);
    return event.type === 'progress' ? this.due(Date.parse(event.time)) : '';
  }

  due(now: number): string {
    return this.running.all
      .filter((task) => now - (this.last.get(task.host) ?? task.since) >= PROGRESS_MS)
      .map((task) => {
        this.last.set(task.host, now);
        return `${this.line(task, now)}\n`;
      })
      .join('');
  }

  private line({ host, task, since, output }: RunningTask, now: number): string {
    const say = speaker(this.options.language);
    const elapsed = formatDuration(now - since);
    if (!output) return say('progress.quiet', { host, task, elapsed });
    const tail = printable(output.text).trim().split('\n').at(-1) ?? '';
    const line = say('progress.line', { host, task, elapsed, silent: formatDuration(now - output.at) });
    return tail === '' ? line : `${line}: ${truncateTo(tail, this.options.columns)}`;
  }
}
