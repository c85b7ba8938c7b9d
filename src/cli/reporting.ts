import { resolve } from 'node:path';
import { ChatsctlError } from '../base/errors.js';
import { renderDiagnostic } from '../base/render-error.js';
import { EventBus } from '../events/bus.js';
import type { Emit, RunEvent } from '../events/event.js';
import { Recap } from '../events/recap.js';
import type { Journal } from '../journal/journal.js';
import { htmlReporter } from '../reporters/html/html.js';
import { jsonReporter } from '../reporters/json.js';
import { junitReporter } from '../reporters/junit.js';
import { plainReporter } from '../reporters/plain.js';
import { type PrettyReporter, prettyReporter } from '../reporters/pretty.js';
import { everyInterval, type Reporter, type ReporterOptions } from '../reporters/reporter.js';
import { maskWritten } from './mask-written.js';
import type { Session } from './session.js';

export interface ReportingFlags {
  readonly output?: 'pretty' | 'plain' | 'json';
  readonly junit?: string;
  readonly report?: string;
  readonly verbose: number;
}

/** A run's events on their way to the terminal, the journal and files; knows whether the recap was said. */
export class Reporting {
  readonly emit: Emit;
  private readonly bus: EventBus;
  private readonly recap = new Recap();
  private readonly reporters: Reporter[] = [];
  private journal: Journal | undefined;
  private recapSaid = false;
  private readonly startedAt: number;
  /** Errors that end the run are printed by whoever ends it, on stderr. */
  private ending = false;

  constructor(
    private readonly session: Session,
    flags: ReportingFlags,
    private readonly run: string,
  ) {
    const { terminal, clock } = session;
    this.startedAt = clock.now();
    this.bus = new EventBus(clock, terminal.masker, (subscriber, error) => this.complain(subscriber, error));
    this.emit = this.bus.emit;
    this.bus.subscribe({ name: 'recap', handle: (event) => this.count(event) });
    const reporter = chooseReporter(session, flags);
    this.reporters.push(reporter);
    const isText = reporter.name !== 'json';
    this.bus.subscribe({
      name: reporter.name,
      handle: (event) => {
        if (!(isText && this.ending && this.isToldOtherwise(event))) reporter.handle(event);
      },
    });
    const { junit, report } = flags;
    if (junit !== undefined) this.add(junitReporter(resolve(session.cwd, junit), { language: session.language }));
    if (report !== undefined) this.add(htmlReporter(resolve(session.cwd, report), session.language));
    if (isPretty(reporter)) this.suspend = () => reporter.suspend();
  }

  /** Takes a window off the terminal for a question. */
  readonly suspend: () => () => void = () => () => {};

  /** A line on stderr, beside the window. */
  note(text: string): void {
    const back = this.suspend();
    this.session.terminal.stderr.line(text);
    back();
  }

  /** From here on the run is recorded. */
  record(journal: Journal): void {
    this.journal = journal;
    this.bus.subscribe(journal);
  }

  /** What ended the run before its end: for pipes and the record; then the recap, if it was not said. */
  fail(error: unknown, exit: number): void {
    if (this.ending) return;
    this.ending = true;
    if (error instanceof ChatsctlError) maskWritten(error.diagnostics, this.session);
    if (error instanceof ChatsctlError) for (const each of error.diagnostics) this.emit({ type: 'diagnostic', diagnostic: each });
    this.end(exit);
  }

  end(exit: number): void {
    if (this.recapSaid) return;
    const duration = this.session.clock.now() - this.startedAt;
    this.emit({ type: 'recap', run: this.run, exit, hosts: this.recap.hosts, duration });
  }

  async close(): Promise<void> {
    for (const each of this.reporters) {
      // What a run did is not undone by a report that could not be written.
      await each.close().catch((error: unknown) => this.complain(each.name, error));
    }
    await this.journal?.close();
    this.journal = undefined;
  }

  private complain(who: string, error: unknown): void {
    if (error instanceof ChatsctlError) {
      // The run goes on: whoever follows it hears that its record does not have everything.
      for (const each of error.diagnostics) this.emit({ type: 'diagnostic', diagnostic: { ...each, severity: 'warning' } });
      return;
    }
    const told = isSystemError(error) ? error.message : error instanceof Error ? error.stack : String(error);
    this.note(`${who}: ${told}`);
  }

  private add(reporter: Reporter): void {
    this.reporters.push(reporter);
    this.bus.subscribe(reporter);
  }

  /** An error that ends the run is printed by whoever ends it; where nothing had begun there is nothing to sum up. */
  private isToldOtherwise(event: RunEvent): boolean {
    return event.type === 'diagnostic' || (event.type === 'recap' && this.journal === undefined);
  }

  private count(event: RunEvent): void {
    this.recap.handle(event);
    if (event.type === 'recap') this.recapSaid = true;
  }
}

/** Pretty on a terminal, plain elsewhere, unless a flag says otherwise. */
function chooseReporter(session: Session, flags: ReportingFlags): Reporter {
  const { terminal } = session;
  if (flags.output === 'json') return jsonReporter(terminal.stdout.write);
  const options = textOptions(session, flags.verbose);
  const isPretty = flags.output === undefined ? terminal.isRich : flags.output === 'pretty';
  return isPretty ? prettyReporter(options) : plainReporter(options);
}

export function textOptions({ terminal, language }: Session, verbosity: number): ReporterOptions & { readonly rows: number } {
  const colour = terminal.colour(terminal.stdout);
  return {
    write: terminal.stdout.write,
    get columns() {
      return terminal.stdout.columns;
    },
    get rows() {
      return terminal.stdout.rows;
    },
    colour,
    language,
    verbosity,
    renderDiagnostic: (found) => renderDiagnostic(found, { language, colour }),
    every: everyInterval,
  };
}

/** Of the system (a full disk): told in its words, it is no defect. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

function isPretty(reporter: Reporter): reporter is PrettyReporter {
  return 'suspend' in reporter;
}
