import type { Diagnostic } from '../base/errors.js';
import type { Language } from '../base/messages/message.js';
import type { RunEvent } from '../events/event.js';

/** Turns a run's events into output. Sees them masked and in order; never acts on the run. */
export interface Reporter {
  readonly name: string;
  handle(event: RunEvent): void;
  /** After the last event: what is still to be written is written. */
  close(): Promise<void>;
}

/** What a human-readable reporter needs. */
export interface ReporterOptions {
  /** The masking writer. */
  readonly write: (text: string) => void;
  /** Width of the terminal; 80 where there is none. */
  readonly columns: number;
  /** A terminal without NO_COLOR. */
  readonly colour: boolean;
  readonly language: Language;
  /** Number of -v. */
  readonly verbosity: number;
  /** One place renders errors, with excerpt and hint: this is it. */
  readonly renderDiagnostic: (found: Diagnostic) => string;
  /** Calls back with the time (ms since the epoch) now and then until the returned function is called. Without it nothing is said between events. */
  readonly every?: (ms: number, tick: (now: number) => void) => () => void;
}

/** A timer that does not keep the process alive. */
export function everyInterval(ms: number, tick: (now: number) => void): () => void {
  const timer = setInterval(() => tick(Date.now()), ms);
  timer.unref();
  return () => clearInterval(timer);
}
