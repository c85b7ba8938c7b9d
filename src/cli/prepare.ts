import { type Diagnostic, Diagnostics } from '../base/errors.js';
import type { SourceValue } from '../base/template-text.js';
import type { Inventory } from '../inventory/inventory.js';
import { loadInventory } from '../inventory/load.js';
import type { VariableFolders } from '../inventory/variable-files.js';
import type { PlaybookContext } from '../playbook/context.js';
import type { LoadedPlaybook } from '../playbook/load-playbook.js';
import { startingTask } from '../playbook/outline.js';
import { readExtraVars } from './extra-vars.js';
import { playbookVariablesReader } from './known-variables.js';
import { maskGiven } from './mask-given.js';
import { hostsOf, patternsOf } from './play-hosts.js';
import type { PlayFlags } from './play-options.js';
import { playbookContext } from './playbook-context.js';
import type { Session } from './session.js';
import { demandWritable } from './writable.js';

/** All that is read before anything is asked or contacted. */
export interface Prepared {
  readonly playbook: LoadedPlaybook;
  readonly context: PlaybookContext;
  readonly inventory: Inventory;
  readonly extraVars: Readonly<Record<string, SourceValue>>;
  readonly playbookVariables: (playbook: string) => VariableFolders | undefined;
  /** Where the store and the runs are: beside the inventory, else the working directory. */
  readonly customerDirectory: string;
  readonly warnings: readonly Diagnostic[];
}

/** Of the flags, what is about what is read. */
type ReadingFlags = Pick<
  PlayFlags,
  'inventory' | 'extraVars' | 'rolesPath' | 'limit' | 'startAtTask' | 'junit' | 'report' | 'syntaxCheck' | 'listTasks' | 'listTags'
>;

export type LoadPlaybook = (context: PlaybookContext) => LoadedPlaybook;

/** Reads playbook, inventory and `-e`. Throws every mistake in all of them at once. */
export function prepare(load: LoadPlaybook, flags: ReadingFlags, session: Session): Prepared {
  const { cwd } = session;
  const collect = new Diagnostics();
  const context = playbookContext(flags, session, collect);
  const inventory = collect.collect(() => loadInventory(flags.inventory, { cwd }));
  const extraVars = readExtraVars(flags.extraVars, cwd, collect);
  const playbook = collect.collect(() => load(context));
  if (!inventory || !playbook) {
    // The excerpts of mistakes are shown.
    if (inventory) maskGiven({ inventory, extraVars }, session);
    return unreachable(collect);
  }
  collect.push(...inventory.warnings);
  const playbookVariables = playbookVariablesReader(inventory.directory, cwd, collect);
  for (const play of playbook.plays) playbookVariables(play.path);
  maskGiven({ inventory, extraVars, playbook, playbookVariables }, session);
  collect.throwIfAny();

  checkFlags(flags, playbook, inventory, session, collect);
  checkHosts(flags, playbook, { inventory, limit: undefined, cwd, extraVars }, collect);
  collect.throwIfAny();
  const customerDirectory = inventory.directory ?? cwd;
  return { playbook, context, inventory, extraVars, playbookVariables, customerDirectory, warnings: collect.all };
}

function unreachable(collect: Diagnostics): never {
  collect.throwIfAny();
  throw new Error('an inventory or a playbook was not read, and no error says why');
}

function checkFlags(flags: ReadingFlags, playbook: LoadedPlaybook, inventory: Inventory, { cwd }: Session, collect: Diagnostics): void {
  const { limit, startAtTask, junit, report } = flags;
  if (limit !== undefined) collect.collect(() => inventory.checkLimit(limit, cwd));
  if (startAtTask !== undefined && !startingTask(playbook, startAtTask)) collect.add('cli/no-task', { name: startAtTask });
  for (const file of [junit, report]) if (file !== undefined) collect.collect(() => demandWritable(file, cwd));
}

/** Groups that the inventory lacks are warnings; without an inventory a play for more than localhost is an error. */
function checkHosts(flags: ReadingFlags, playbook: LoadedPlaybook, choice: Parameters<typeof hostsOf>[1], collect: Diagnostics): void {
  const needsNone = flags.syntaxCheck || flags.listTasks || flags.listTags;
  for (const play of playbook.plays) {
    if (flags.inventory.length > 0) collect.collect(() => hostsOf(play, choice, (warning) => collect.push(warning)));
    else if (!needsNone && (hostsOf(play, choice)?.length ?? 0) === 0) {
      const hosts = patternsOf(play, choice.extraVars)?.join(', ') ?? '?';
      collect.add('cli/no-inventory', { hosts }, { position: play.hostsPosition });
    }
  }
}
