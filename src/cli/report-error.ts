import { ChatsctlError, type Diagnostic } from '../base/errors.js';
import { renderDiagnostic } from '../base/render-error.js';
import { exitStatus, statusOf } from './exit.js';
import { Interrupted } from './interrupt.js';
import { maskWritten } from './mask-written.js';
import type { Session } from './session.js';

/** One rendered finding, as it stands on stderr. */
export function printDiagnostic(found: Diagnostic, { terminal, language }: Pick<Session, 'terminal' | 'language'>): void {
  terminal.stderr.line(renderDiagnostic(found, { language, colour: terminal.colour(terminal.stderr) }));
}

/** Says what ended the command; answers the exit status. What is no known error is a defect: its stack, and where to report it. */
export function reportError(error: unknown, session: Session): number {
  const { terminal, say } = session;
  if (error instanceof Interrupted) return error.exitStatus;
  if (error instanceof ChatsctlError) {
    maskWritten(error.diagnostics, session);
    for (const each of error.diagnostics) printDiagnostic(each, session);
    return statusOf(error);
  }
  terminal.stderr.line(stackOf(error));
  terminal.stderr.line('');
  terminal.stderr.line(say('defect.title', { version: session.version, node: process.version, platform: process.platform }));
  terminal.stderr.line(say('defect.report'));
  return exitStatus.defect;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\ncaused by: ${stackOf(error.cause)}`;
}
