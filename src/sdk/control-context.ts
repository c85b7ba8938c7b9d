import type { Regex } from '../base/regex.js';
import type { Value, ValueMap } from '../base/value.js';

/** What a control module may do: it never touches the host. */
export interface ControlContext {
  readonly host: string;
  /** How many -v the operator gave. */
  readonly verbosity: number;
  /** A variable, or an expression on variables (CEL); undefined where a name or a key in it does not exist. */
  variable(name: string): Value | undefined;
  /** Evaluates a compiled condition argument (CEL) with the task's variables. Unknown: check mode cannot tell, with the reason. */
  holds(condition: string): boolean | { readonly unknown: string };
  setFacts(facts: ValueMap, options: { cacheable: boolean }): void;
  /** include_vars: a level of its own in the precedence ladder. */
  includeVariables(source: VariableSource, options: { name: string | undefined }): { variables: ValueMap; files: readonly string[] };
  meta(action: MetaAction): void | Promise<void>;
  finding(finding: FindingInput): void;
  pause(request: {
    seconds: number | undefined;
    prompt: string | undefined;
    echo: boolean;
  }): Promise<{ userInput: string; seconds: number }>;
}

/** A file, or files of a folder (include_vars' own arguments). */
export type VariableSource =
  | { readonly file: string }
  | {
      readonly dir: string;
      /** Folders downwards, 1 for the folder alone; 0 for all. */
      readonly depth: number;
      /** Found anywhere in a file's name. */
      readonly matching: Regex | undefined;
      /** Each matches the end of a name: such a file is passed over. */
      readonly ignored: readonly Regex[];
      /** Without the dot. Another one is an error (`task/vars-extension`) unless they are to be ignored. */
      readonly extensions: readonly string[];
      readonly ignoreUnknownExtensions: boolean;
    };

export type MetaAction =
  | 'flush_handlers'
  | 'noop'
  | 'end_play'
  | 'end_host'
  | 'end_batch'
  | 'clear_facts'
  | 'clear_host_errors'
  | 'refresh_inventory'
  | 'reset_connection'
  | 'judge_findings'
  | 'end_role';

export interface FindingInput {
  readonly clause: string;
  readonly title: string;
  readonly status: 'met' | 'unmet' | 'unknown';
  readonly severity: 'fatal' | 'warning' | 'note';
  readonly found: string;
  readonly needed: string;
  readonly observer: string;
  readonly mendedBy: string | undefined;
  readonly remedy: string | undefined;
  readonly command: string | undefined;
  readonly by: 'you' | 'vendor';
  /** The same in Russian, as far as it is translated. */
  readonly ru: FindingTexts | undefined;
}

export type FindingTexts = { readonly [text in 'title' | 'found' | 'needed' | 'remedy']?: string };
