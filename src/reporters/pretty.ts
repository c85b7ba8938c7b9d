import { formatDuration } from '../base/duration.js';
import { speaker } from '../base/messages/message.js';
import { printable } from '../base/printable.js';
import type { Reporter, ReporterOptions } from './reporter.js';
import { RunLines } from './run-lines.js';
import { Running, type RunningTask } from './running.js';
import { Window } from './window.js';

/** Drawing more often, or more rows, costs more than the work that is shown. */
const REDRAW_MS = 500;
const MAX_ROWS = 20;

export interface PrettyOptions extends ReporterOptions {
  /** Height of the terminal. */
  readonly rows: number;
}

export interface PrettyReporter extends Reporter {
  /** Takes the window away for a prompt; what is returned brings it back. Lines that come meanwhile are kept. */
  suspend(): () => void;
}

/**
 * For a terminal: results as lines, as `plain` has them, and below them a window with a row for each host that works now. Everything is
 * written at most twice a second. Where there is no terminal, use `plain`.
 */
export function prettyReporter(options: PrettyOptions): PrettyReporter {
  const lines = new RunLines(options);
  const running = new Running();
  const window = new Window(() => options.columns, options.colour, MAX_ROWS);
  let waiting = '';
  let written = Number.NEGATIVE_INFINITY;
  let suspended = false;

  const flush = (now: number) => {
    if (suspended) return;
    written = now;
    const text = window.erase() + waiting + window.draw(rows(running.all, now, options));
    waiting = '';
    if (text !== '') options.write(text);
  };
  const stop = options.every?.(REDRAW_MS, flush);

  return {
    name: 'pretty',
    handle(event) {
      running.handle(event);
      waiting += lines.render(event);
      const now = Date.parse(event.time);
      if (now - written >= REDRAW_MS || event.type === 'recap') flush(now);
    },
    suspend() {
      options.write(window.erase() + waiting);
      waiting = '';
      suspended = true;
      return () => {
        suspended = false;
      };
    },
    async close() {
      stop?.();
      const text = window.erase() + waiting;
      waiting = '';
      if (text !== '') options.write(text);
    },
  };
}

function rows(tasks: readonly RunningTask[], now: number, options: PrettyOptions): string[] {
  const room = Math.max(1, Math.min(MAX_ROWS, options.rows - 3));
  const shown = tasks.length > room ? tasks.slice(0, room - 1) : tasks;
  const say = speaker(options.language);
  const texts = shown.map(({ host, task, since, output }) => {
    const head = `${host}: ${task} ${formatDuration(wholeSeconds(now - since))}`;
    if (!output) return head;
    const tail = printable(output.text).trim().split('\n').at(-1) ?? '';
    const silent = now - output.at >= 10_000 ? ` (${say('window.silent', { silent: formatDuration(wholeSeconds(now - output.at)) })})` : '';
    return `${head}${silent} │ ${tail}`;
  });
  return shown.length < tasks.length ? [...texts, say('window.more', { count: tasks.length - shown.length })] : texts;
}

function wholeSeconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1000) * 1000);
}
