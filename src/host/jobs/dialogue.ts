import { failure } from '../../base/errors.js';
import { Regex, RegexSyntaxError } from '../../base/regex.js';
import type { Text } from '../../base/translated.js';
import type { CaptureRule, DialogueStep, JobRequest } from '../../sdk/job.js';
import { unsendable } from './answers.js';

/** A question that can be answered. */
export interface Prompt {
  /** Of the step; of a response its pattern. */
  readonly name: string;
  readonly kind: 'step' | 'response';
  readonly pattern: Regex;
  /** Where its lines match this, something else is asked for. */
  readonly unless: Regex | undefined;
  readonly answer: string;
  readonly secret: boolean;
}

export interface Step extends Prompt {
  readonly optional: boolean;
  readonly max: number;
  /** Where its prompt comes from. */
  readonly variable: string | undefined;
  readonly timeoutMs: number | undefined;
}

export interface Capture extends Omit<CaptureRule, 'pattern'> {
  readonly pattern: Regex;
}

export interface Pattern {
  readonly pattern: Regex;
  /** Where it comes from. */
  readonly variable: string | undefined;
}

/** A request with its patterns compiled. */
export interface Dialogue {
  readonly steps: readonly Step[];
  readonly responses: readonly Prompt[];
  readonly success: readonly Pattern[];
  readonly failure: readonly Pattern[];
  readonly captures: readonly Capture[];
  readonly hints: readonly { readonly pattern: Regex; readonly text: Text }[];
}

/** Fails with `job/pattern`, `job/answer-too-long`, `job/answer-control`, `job/id` before anything is started. */
export function compileDialogue(request: JobRequest): Dialogue {
  if (!isJobId(request.id)) throw failure('job/id', { id: request.id });
  return {
    steps: request.dialogue.map((step) => compileStep(step)),
    responses: request.responses.map((each) => ({ ...prompt(each.prompt, each), kind: 'response' as const })),
    success: compileAll(request.success, 'success', request.successVariables),
    failure: compileAll(request.failure, 'failure', request.failureVariables),
    captures: request.captures.map((capture) => ({ ...capture, pattern: compile(capture.pattern, capture.name) })),
    hints: request.hints.map(({ pattern, text }) => ({ pattern: compile(pattern, 'hints'), text })),
  };
}

/** It names a unit and a folder. */
function isJobId(id: string): boolean {
  return /^[a-z0-9-]{1,64}$/.test(id);
}

function compileStep(step: DialogueStep): Step {
  return {
    ...prompt(step.name, step),
    kind: 'step',
    optional: step.optional,
    max: step.max,
    variable: step.variable,
    timeoutMs: step.timeoutMs,
  };
}

function prompt(
  name: string,
  { prompt, unless, answer, secret }: { prompt: string; unless?: string; answer: string; secret: boolean },
): Omit<Prompt, 'kind'> {
  const reason = unsendable(answer);
  if (reason === 'long') throw failure('job/answer-too-long', { name, bytes: Buffer.byteLength(answer) });
  if (reason === 'control') throw failure('job/answer-control', { name });
  return { name, pattern: compile(prompt, name), unless: unless === undefined ? undefined : compile(unless, name), answer, secret };
}

function compileAll(sources: readonly string[], name: string, variables: readonly string[] = []): Pattern[] {
  return sources.map((source, at) => ({ pattern: compile(source, name), variable: variables[at] }));
}

function compile(source: string, name: string): Regex {
  try {
    return new Regex(source);
  } catch (cause) {
    if (cause instanceof RegexSyntaxError) throw failure('job/pattern', { name, pattern: source, reason: cause.reason }, { cause });
    throw cause;
  }
}
