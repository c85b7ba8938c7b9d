import type { Diagnostics } from '../base/errors.js';
import type { ArgumentRules, ArgumentSpec } from '../sdk/arguments.js';
import type { FileAccess } from './files.js';

/** What static checks need of a module. A registry of modules (a map by name) is one. */
export interface KnownModule {
  readonly name: string;
  readonly arguments: ArgumentSpec;
  readonly rules?: ArgumentRules;
  readonly freeForm?: string;
}

interface ModuleLookup {
  get(name: string): KnownModule | undefined;
  keys(): Iterable<string>;
}

/** What the loader takes from outside. */
export interface PlaybookContext {
  readonly cwd: string;
  readonly files: FileAccess;
  readonly modules: ModuleLookup;
  /** `--roles-path`, CHATSCTL_ROLES_PATH: absolute, in order. */
  readonly rolesPaths: readonly string[];
  /** The package's own folder, which has `playbooks/` and `roles/`. */
  readonly packageDirectory: string;
  /** Errors and warnings of all files. `loadPlaybook` throws nothing about its input: ask `hasErrors`. */
  readonly collect: Diagnostics;
}
