import { CommandLine } from './command-line.js';
import type { Act } from './commands/act.js';
import { addCompletion } from './commands/completion.js';
import { addDoc } from './commands/doc.js';
import { addExec } from './commands/exec.js';
import { addFacts } from './commands/facts.js';
import { addInit } from './commands/init.js';
import { addInventory } from './commands/inventory.js';
import { addJobs } from './commands/jobs.js';
import { addLint } from './commands/lint.js';
import { addPlay } from './commands/play.js';
import { addPreflight } from './commands/preflight.js';
import { addRuns } from './commands/runs.js';
import { addSecrets } from './commands/secrets.js';
import { addVerify } from './commands/verify.js';
import { languageOption } from './play-options.js';
import type { Session } from './session.js';

const commands = [
  addPlay,
  addPreflight,
  addVerify,
  addExec,
  addFacts,
  addInventory,
  addLint,
  addSecrets,
  addRuns,
  addJobs,
  addDoc,
  addInit,
  addCompletion,
];

/** The command line; `act` decides what becomes of an action's exit status. */
export function buildProgram({ terminal, version }: Pick<Session, 'terminal' | 'version'>, act: Act): CommandLine {
  const program = new CommandLine('chatsctl')
    .description('Plays playbooks on servers over SSH; what is done already is not done again.')
    .version(version, '-V, --version', 'print the version')
    .helpCommand(false)
    .addOption(languageOption())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHelpWidth: () => terminal.stdout.columns,
      getErrHelpWidth: () => terminal.stderr.columns,
    });
  for (const add of commands) add(program, act);
  return program;
}
