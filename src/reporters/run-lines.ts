import { formatDuration } from '../base/duration.js';
import { type Say, speaker } from '../base/messages/message.js';
import { printable } from '../base/printable.js';
import { textWidth } from '../base/text-width.js';
import type { RunEvent } from '../events/event.js';
import { PendingHandlers } from '../events/pending-handlers.js';
import { type Finding, readIn } from './finding-texts.js';
import { Findings } from './findings.js';
import { findingsTable } from './findings-table.js';
import { type Paint, painter } from './paint.js';
import { recapLines } from './recap-lines.js';
import type { ReporterOptions } from './reporter.js';
import { itemLines, type ResultStyle, taskLines } from './result-lines.js';
import { TableOnly } from './table-only.js';

type Of<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;
type Header = Pick<Of<'task_start'>, 'task' | 'handler' | 'position'>;

/** What a run looks like as text, event by event: the same for plain and pretty. */
export class RunLines {
  private readonly say: Say;
  private readonly paint: Paint;
  private readonly style: ResultStyle;
  private readonly findings = new Findings();
  private readonly pending = new PendingHandlers();
  private run: Of<'run_start'> | undefined;
  /** Of tasks that were started, by name, and by the host that is at it: with `free` a result may belong to another than the last printed header. */
  private readonly started = new Map<string, Of<'task_start'>>();
  private readonly under = new Map<string, Of<'task_start'>>();
  private isFree = false;
  private header = '';
  private readonly tableOnly = new TableOnly();
  /** (task, host) of which items were printed: the task's own line would say it twice. */
  private readonly itemised = new Set<string>();

  constructor(private readonly options: ReporterOptions) {
    this.say = speaker(options.language);
    this.paint = painter(options.colour);
    this.style = { say: this.say, paint: this.paint, language: options.language, verbosity: options.verbosity };
  }

  /** Text to print for an event, with its line feeds; '' for nothing. */
  render(event: RunEvent): string {
    return this.lines(event)
      .map((line) => `${line}\n`)
      .join('');
  }

  private lines(event: RunEvent): string[] {
    this.pending.handle(event);
    if (event.type === 'task_start') this.noteStart(event);
    if (event.type === 'finding') this.findings.add(readIn(this.options.language, event));
    if (this.isForItsChecks && this.options.verbosity === 0 && this.tableOnly.drops(event)) return [];
    switch (event.type) {
      case 'run_start':
        this.run = event;
        return event.check ? [this.paint('yellow', this.say('play.check'))] : [];
      case 'play_start':
        return this.playLines(event);
      case 'task_start':
        // Where each host is at a task of its own, the header comes with the first result.
        return this.isFree ? [] : this.headerLines(event);
      case 'item_result':
        this.itemised.add(JSON.stringify([event.task, event.host]));
        return [...this.headerFor(event), ...itemLines(event, this.style)];
      case 'task_result':
        return this.resultLines(event);
      case 'retry':
        return [...this.headerFor(event), this.paint('cyan', this.say('result.retry', { ...event }))];
      case 'finding':
        return this.findingLines(readIn(this.options.language, event));
      case 'connect':
        return this.connectLines(event);
      case 'handler_notified':
        return this.options.verbosity >= 2
          ? [this.paint('dim', this.say('handler.notified', { host: event.host, handler: event.handler }))]
          : [];
      case 'diagnostic':
        return [this.options.renderDiagnostic(event.diagnostic)];
      case 'interrupted':
        return this.interruptedLines(event);
      case 'recap':
        return this.endLines(event);
      case 'handlers_pending':
      case 'host_start':
      case 'progress':
        return [];
    }
  }

  private playLines(event: Of<'play_start'>): string[] {
    this.header = '';
    this.started.clear();
    this.under.clear();
    this.isFree = event.free === true;
    const lines = ['', this.banner(`PLAY [${event.play}]`)];
    if (event.hosts.length === 0) lines.push(this.paint('cyan', this.say('play.no-hosts')));
    else if (event.batch > 1) lines.push(this.paint('dim', this.say('play.batch', { batch: event.batch, hosts: event.hosts.join(', ') })));
    return lines;
  }

  private headerLines(event: Header): string[] {
    this.header = headerKey(event);
    const lines = ['', this.banner(`${event.handler ? 'RUNNING HANDLER' : 'TASK'} [${event.task}]`)];
    if (this.options.verbosity >= 2) lines.push(this.paint('dim', this.say('result.position', { position: event.position })));
    return lines;
  }

  /** The task's header again when another task's was printed since; its first where no start was told (an include that is skipped). */
  private headerFor({ task, host }: { readonly task: string; readonly host: string }, own?: Header): string[] {
    const current = this.under.get(host);
    const start = current?.task === task ? current : (this.started.get(task) ?? own);
    return start === undefined || this.header === headerKey(start) ? [] : this.headerLines(start);
  }

  private noteStart(event: Of<'task_start'>): void {
    this.started.set(event.task, event);
    for (const host of event.hosts) this.under.set(host, event);
  }

  private resultLines(event: Of<'task_result'>): string[] {
    const lines = this.headerFor(event, event);
    const itemised = this.itemised.delete(JSON.stringify([event.task, event.host]));
    if (!itemised) lines.push(...taskLines(event, this.style));
    else if (event.status === 'ignored' || event.status === 'rescued')
      lines.push(this.paint('magenta', `${event.status}: [${event.host}]`));
    if (this.options.verbosity >= 2)
      lines.push(this.paint('dim', `    ${formatDuration(event.duration)}, round trips: ${event.roundTrips}`));
    return lines;
  }

  private findingLines(event: Finding): string[] {
    if (event.status === 'met' && this.options.verbosity === 0) return [];
    const text = this.say('finding.line', {
      host: event.host,
      clause: event.clause,
      title: printable(event.title),
      found: printable(event.found),
      needed: printable(event.needed),
    });
    return [this.paint(event.status === 'met' ? 'green' : event.severity === 'fatal' ? 'red' : 'yellow', text)];
  }

  private connectLines(event: Of<'connect'>): string[] {
    const notable = event.state === 'lost' || event.state === 'reconnected' || event.state === 'waiting';
    if (!notable && this.options.verbosity < 2) return [];
    const text = this.say(`connect.${event.state}`, { host: event.host });
    return [
      this.paint(event.state === 'lost' ? 'yellow' : 'dim', event.detail === undefined ? text : `${text} (${printable(event.detail)})`),
    ];
  }

  private interruptedLines(event: Of<'interrupted'>): string[] {
    const jobs = event.jobs.map(({ host, id }) => `    ${host}: ${id}`);
    const title = jobs.length > 0 ? [this.say('interrupted.jobs', { count: jobs.length })] : [];
    return ['', this.paint('yellow', this.say('interrupted.title', { signal: event.signal })), ...title, ...jobs];
  }

  private endLines(event: Of<'recap'>): string[] {
    const { say, paint } = this;
    const inventory = this.run?.inventory ?? 'INVENTORY';
    const table = findingsTable(this.findings, { say, paint, columns: this.options.columns, all: this.showsAllFindings, inventory });
    return [
      ...(table.length > 0 ? ['', this.banner(say('findings.title')), ...table] : []),
      ...this.pendingLines(),
      '',
      this.banner('PLAY RECAP'),
      ...recapLines(event.hosts, this.options.columns, paint),
      paint('dim', say('recap.duration', { elapsed: formatDuration(event.duration) })),
      '',
    ];
  }

  private get showsAllFindings(): boolean {
    return this.options.verbosity > 0 || this.isForItsChecks;
  }

  /** preflight and verify are played for their table; task by task with -v. */
  private get isForItsChecks(): boolean {
    return /^(preflight|verify)\b/.test(this.run?.command ?? '');
  }

  private pendingLines(): string[] {
    const pending = this.pending.all;
    if (pending.length === 0) return [];
    const command = `chatsctl play ${this.run?.playbook ?? 'PLAYBOOK'} -i ${this.run?.inventory ?? 'INVENTORY'} --resume`;
    const several = new Set(pending.map(({ number }) => number)).size > 1;
    const hosts = pending.map(({ host, play, handlers }) => {
      const line = `${host}: ${handlers.map(({ handler }) => handler).join(', ')}`;
      return printable(several ? `${line} (${play})` : line);
    });
    // A check run changed nothing: there is nothing to go on from.
    const mend = this.run?.check ? [] : [this.say('pending.resume', { command })];
    return ['', this.banner(this.say('pending.title')), ...hosts, ...mend];
  }

  private banner(title: string): string {
    const text = printable(title);
    return this.paint('bold', `${text} ${'*'.repeat(Math.max(3, this.options.columns - 2 - textWidth(text)))}`);
  }
}

/** Two tasks may have one name. */
function headerKey({ task, position }: Header): string {
  return JSON.stringify([task, position]);
}
