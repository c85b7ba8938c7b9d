import type { Value } from '../base/value.js';

/** What templates and conditions need of the world besides variables. */
export interface RenderContext {
  /** Folders in which `lookup_file` looks for a relative path, first match wins: the role's files/, the playbook's files/, the playbook's folder. */
  readonly searchPaths: readonly string[];
  /** The control machine's environment, for `lookup_env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told of each variable that is read, with its value: secret ones are masked from then on. */
  readonly onRead?: ((name: string, value: Value) => void) | undefined;
  /** The store's keyed hash, for `fingerprint`; absent where no store is open. */
  readonly fingerprint?: ((text: string) => string) | undefined;
}

export interface VariableOrigin {
  /** As an operator reads it: "inventory host variables". */
  readonly title: string;
  /** `file:line:column` where it is known. */
  readonly place?: string;
}

/** The variables as a template or a condition sees them: rendered. */
export interface Variables {
  readonly context: RenderContext;
  /** Undefined where no layer has it. Rendering may throw what the variable's own template throws. */
  get(name: string): Value | undefined;
  has(name: string): boolean;
  names(): ReadonlySet<string>;
  origin(name: string): VariableOrigin | undefined;
}
