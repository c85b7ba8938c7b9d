import { CommanderError } from 'commander';
import { exitStatus } from './exit.js';
import { buildProgram } from './program.js';
import { reportError } from './report-error.js';
import type { Session } from './session.js';

/** Reads a command line, does what it says, and answers the exit status; whatever went wrong has been told. */
export async function runCommand(argv: readonly string[], session: Session): Promise<number> {
  let status: number = exitStatus.done;
  const program = buildProgram(session, (work) => async (...args) => {
    status = await work(session, ...args);
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return status;
  } catch (error) {
    // Help and version were printed; help that was not asked for means that a command is missing.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.done : exitStatus.invalid;
    return reportError(error, session);
  }
}
