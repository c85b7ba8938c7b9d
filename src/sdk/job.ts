import type { Text } from '../base/translated.js';

/** A dialogue with an interactive program, as `expect` declares it (architecture.md, "Dialogue with an interactive program"). */
export interface JobRequest {
  /** Stable identity: the same task on the same host adopts its job. [a-z0-9-]{1,64}. */
  readonly id: string;
  readonly command: string;
  readonly chdir: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly dialogue: readonly DialogueStep[];
  readonly responses: readonly DialogueResponse[];
  /** RE2 source texts. Failure beats success and the exit status. */
  readonly success: readonly string[];
  /** Where `success` and `failure` come from, in their order, for an operator who has to mend them: names of variables. */
  readonly successVariables?: readonly string[];
  readonly failureVariables?: readonly string[];
  /** RE2 source text → what it means to an operator, told with an error when it matches what the program said. */
  readonly hints: readonly { readonly pattern: string; readonly text: Text }[];
  readonly failure: readonly string[];
  readonly captures: readonly CaptureRule[];
  readonly timeoutMs: number;
  readonly silenceMs: number;
  /** What an operator extends when a prompt is not recognised: a variable's name. Default: the task's `responses`. */
  readonly extend?: string;
}

export interface DialogueStep {
  readonly name: string;
  readonly prompt: string;
  /** RE2: a prompt whose lines match this asks for something else. */
  readonly unless?: string;
  /** Where `prompt` comes from, for an operator who has to mend it: a variable's name. */
  readonly variable?: string;
  readonly answer: string;
  readonly secret: boolean;
  readonly optional: boolean;
  /** Answers at most that one run gives it; default 3. */
  readonly max: number;
  /** How long the program may take to ask it, from the answer before (or the start). Undefined: no clock of its own. */
  readonly timeoutMs?: number;
}

export interface DialogueResponse {
  readonly prompt: string;
  readonly answer: string;
  readonly secret: boolean;
}

export interface CaptureRule {
  readonly name: string;
  /** Group `value`, or the first that took part. */
  readonly pattern: string;
  /** Where `pattern` comes from, for an operator who has to mend it: a variable's name. */
  readonly variable?: string;
  /** Name in the customer's store; undefined: only in the result. */
  readonly store: string | undefined;
  readonly secret: boolean;
}

/** Names and never values, but for captures that are not secret. */
export interface JobOutcome {
  readonly answered: readonly string[];
  readonly captured: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly rc: number;
  /** Seconds. */
  readonly duration: number;
  readonly adopted: boolean;
  /** Masked text as the terminal showed it: the last lines. */
  readonly tail: string;
}
