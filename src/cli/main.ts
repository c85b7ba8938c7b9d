import { systemClock } from '../base/clock.js';
import { Interrupt } from './interrupt.js';
import { languageOf } from './language.js';
import { maskLibraryOutput } from './library-output.js';
import { cliSpeaker } from './messages.js';
import { findPackage } from './package-directory.js';
import { reportError } from './report-error.js';
import { runCommand } from './run-command.js';
import { SECRET_ENVIRONMENT } from './secret-environment.js';
import type { Session } from './session.js';
import { Terminal } from './terminal.js';

const argv = process.argv.slice(2);
const session = newSession();
maskLibraryOutput(session.terminal);

/** What nobody caught is a defect: told like any other, and the end. */
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    void leave(reportError(error, session));
  });
}

await leave(await runCommand(argv, session));

function newSession(): Session {
  const env = { ...process.env };
  // No program that is started from here on inherits them, whoever starts it.
  for (const name of SECRET_ENVIRONMENT) delete process.env[name];
  const language = languageOf(argv, env);
  const interrupt = new Interrupt();
  interrupt.listen();
  const { directory, version } = findPackage();
  return {
    terminal: new Terminal(process, env),
    interrupt,
    language,
    env,
    cwd: process.cwd(),
    clock: systemClock,
    packageDirectory: directory,
    version,
    say: cliSpeaker(language),
  };
}

/** Sockets and timers that are still there must not keep the process. */
async function leave(status: number): Promise<void> {
  await Promise.all([session.terminal.stdout.end(), session.terminal.stderr.end()]);
  process.exit(status);
}
