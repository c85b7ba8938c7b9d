import type { AnswerRecord } from './answers.js';
import type { Dialogue, Prompt, Step } from './dialogue.js';

export interface Asked {
  readonly prompt: Prompt;
  /** The cursor still is on the prompt's line. Otherwise it may be a line of a report that happens to fit. */
  readonly onLastLine: boolean;
}

/** Lines at the end of the text in which a prompt is looked for: a program that waits shows its question there. */
const LAST_LINES = 8;
const LAST_CHARACTERS = 16 * 1024;

/**
 * The prompt that a text ends with, if a known one. `text` is what came since the last answer, `before` what each answer was given to. The
 * prompt nearest to the end wins; in one line, in this order: responses (the operator gave them for it), the steps that are due, the step that
 * was answered last (asked again), other steps that were answered, where the prompt reads as it did then (the program starts its questions over).
 */
export function findPrompt(
  text: string,
  dialogue: Dialogue,
  answered: readonly AnswerRecord[],
  before: readonly string[] = [],
): Asked | undefined {
  const shown = lastLines(withoutEcho(text, dialogue, answered.at(-1)));
  let found: { prompt: Prompt; line: number; below: boolean } | undefined;
  for (const { prompt, only } of candidates(dialogue, answered, before)) {
    const asked = promptIn(shown, prompt);
    if (!asked || (only && !only.includes(asked.lines))) continue;
    const { end } = asked;
    const line = shown.slice(0, end).split('\n').length;
    if (!found || line > found.line) found = { prompt, line, below: shown.slice(end).includes('\n') };
  }
  return found && { prompt: found.prompt, onLastLine: !found.below };
}

interface Candidate {
  readonly prompt: Prompt;
  /** The lines that it has to stand on. Left out: any. */
  readonly only?: readonly string[];
}

/** Which prompts may come now, in the order in which they are preferred. */
function candidates(dialogue: Dialogue, answered: readonly AnswerRecord[], before: readonly string[]): Candidate[] {
  const names = answered.map((record) => record.name);
  const earlier = dialogue.steps.filter((step) => names.includes(step.name)).reverse();
  const last = [...names].reverse().find((name) => earlier.some((step) => step.name === name));
  const again = earlier.map((step): Candidate => {
    if (step.name === last) return { prompt: step };
    const then = before.filter((_, at) => names[at] === step.name).flatMap((text) => promptIn(lastLines(text), step)?.lines ?? []);
    return { prompt: step, only: then };
  });
  const anew = [...dialogue.responses, ...dueSteps(dialogue, answered)].map((prompt): Candidate => ({ prompt }));
  return [...anew, ...again.filter(({ only }) => !only), ...again.filter(({ only }) => only)];
}

interface Shown {
  readonly end: number;
  /** The lines on which it stands. */
  readonly lines: string;
}

/** The lowest place at which a prompt stands, unless its lines say that something else is asked for. */
function promptIn(shown: string, { pattern, unless }: Prompt): Shown | undefined {
  const match = pattern.all(shown).at(-1);
  if (!match) return undefined;
  const from = match.start + Math.max(0, match.text.search(/\S/));
  const end = match.start + match.text.trimEnd().length;
  const lineEnd = shown.indexOf('\n', end);
  const lines = shown.slice(shown.lastIndexOf('\n', from) + 1, lineEnd < 0 ? undefined : lineEnd).trim();
  return unless?.test(lines) ? undefined : { end, lines };
}

/** Steps that were not answered yet: behind the furthest that was, up to the first that is not optional; then those that were passed over. */
export function dueSteps(dialogue: Dialogue, answered: readonly AnswerRecord[]): Step[] {
  const { steps } = dialogue;
  const isAnswered = ({ name }: Step) => answered.some((record) => record.name === name);
  const furthest = steps.findLastIndex(isAnswered);
  return [...nextSteps(dialogue, answered), ...steps.slice(0, Math.max(0, furthest)).filter((step) => !isAnswered(step))];
}

/** Those of them that are behind the furthest that was answered. */
export function nextSteps({ steps }: Dialogue, answered: readonly AnswerRecord[]): Step[] {
  const next = steps.slice(steps.findLastIndex(({ name }) => answered.some((record) => record.name === name)) + 1);
  const must = next.findIndex((step) => !step.optional);
  return must < 0 ? next : next.slice(0, must + 1);
}

/** How often a step was answered. */
export function timesAnswered(name: string, answered: readonly AnswerRecord[]): number {
  return answered.filter((record) => record.name === name).length;
}

/** A terminal shows what is typed: the answer itself must not be taken for a prompt. */
function withoutEcho(text: string, dialogue: Dialogue, last: AnswerRecord | undefined): string {
  const answer = [...dialogue.steps, ...dialogue.responses].find((prompt) => prompt.name === last?.name)?.answer;
  return answer !== undefined && answer !== '' && text.startsWith(answer) ? text.slice(answer.length) : text;
}

function lastLines(text: string): string {
  const kept = text.slice(-LAST_CHARACTERS);
  return kept.split('\n').slice(-LAST_LINES).join('\n');
}
