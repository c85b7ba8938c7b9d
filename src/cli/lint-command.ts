import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { distinct } from '../base/distinct.js';
import { ChatsctlError, type Diagnostic, failure } from '../base/errors.js';
import { lintPlaybook } from '../playbook/lint.js';
import { loadPlaybook } from '../playbook/load-playbook.js';
import { isRoleFolder, loadRole } from '../playbook/lone-role.js';
import { exitStatus } from './exit.js';
import { maskWritten } from './mask-written.js';
import type { InventoryFlags } from './play-options.js';
import { type LoadPlaybook, prepare } from './prepare.js';
import { printDiagnostic } from './report-error.js';
import type { Session } from './session.js';

export interface LintFlags extends InventoryFlags {
  extraVars: string[];
  rolesPath?: string;
}

/** Every finding in all of `paths`, each once; an error among them is the status of invalid input. */
export function lint(paths: readonly string[], flags: LintFlags, session: Session): number {
  const found = distinct(paths.flatMap((path) => findingsIn(path, flags, session)));
  maskWritten(found, session);
  for (const each of found) printDiagnostic(each, session);
  const errors = found.filter(({ severity }) => severity === 'error').length;
  session.terminal.stdout.line(session.say('lint.found', { errors, warnings: found.length - errors }));
  return errors > 0 ? exitStatus.invalid : exitStatus.done;
}

function findingsIn(path: string, flags: LintFlags, session: Session): readonly Diagnostic[] {
  try {
    const { playbook, context, inventory, extraVars, warnings } = prepare(
      loaderOf(path, session.cwd),
      { ...flags, syntaxCheck: true },
      session,
    );
    const hosts = flags.inventory.length > 0 ? inventory : undefined;
    return [...warnings, ...lintPlaybook(playbook, context, { known: Object.keys(extraVars), inventory: hosts })];
  } catch (error) {
    if (error instanceof ChatsctlError) return error.diagnostics;
    throw error;
  }
}

/** A role's folder, else a playbook: a file, or the name of one that comes with the package. */
function loaderOf(path: string, cwd: string): LoadPlaybook {
  const absolute = resolve(cwd, path);
  if (!statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) return (context) => loadPlaybook(path, context);
  return (context) => {
    if (isRoleFolder(absolute, context)) return loadRole(absolute, context);
    throw failure('cli/no-role', { path });
  };
}
