import type { RegexMatch } from '../../base/regex.js';
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
 * The prompt that a text ends with, if a known one. `text` is what came since the last answer. The prompt nearest to the end wins; in one
 * line, in this order: the next steps (up to the first that is not optional), the step that was answered last (asked again), responses,
 * steps before (the program starts its questions over).
 */
export function findPrompt(text: string, dialogue: Dialogue, answered: readonly AnswerRecord[]): Asked | undefined {
  const shown = lastLines(withoutEcho(text, dialogue, answered.at(-1)));
  let found: { prompt: Prompt; line: number; below: boolean } | undefined;
  for (const prompt of candidates(dialogue, answered)) {
    const match = prompt.pattern.all(shown).at(-1);
    if (!match) continue;
    const end = endOf(match);
    const line = shown.slice(0, end).split('\n').length;
    if (!found || line > found.line) found = { prompt, line, below: shown.slice(end).includes('\n') };
  }
  return found && { prompt: found.prompt, onLastLine: !found.below };
}

/** Which prompts may come now, in the order in which they are preferred. */
function candidates(dialogue: Dialogue, answered: readonly AnswerRecord[]): Prompt[] {
  const last = lastStep(dialogue, answered);
  const { steps, responses } = dialogue;
  const again = steps.slice(Math.max(0, last), last + 1);
  return [...nextSteps(dialogue, answered), ...again, ...responses, ...steps.slice(0, Math.max(0, last)).reverse()];
}

/** The steps that are due: up to the first that is not optional. */
export function nextSteps(dialogue: Dialogue, answered: readonly AnswerRecord[]): Step[] {
  const due: Step[] = [];
  for (const step of dialogue.steps.slice(lastStep(dialogue, answered) + 1)) {
    due.push(step);
    if (!step.optional) break;
  }
  return due;
}

/** How often a step was answered. */
export function timesAnswered(name: string, answered: readonly AnswerRecord[]): number {
  return answered.filter((record) => record.name === name).length;
}

/** The furthest step that was answered; -1 for none. */
function lastStep({ steps }: Dialogue, answered: readonly AnswerRecord[]): number {
  for (const record of [...answered].reverse()) {
    const at = steps.findIndex((step) => step.name === record.name);
    if (at >= 0) return at;
  }
  return -1;
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

/** A pattern may swallow the white space behind a prompt. */
function endOf(match: RegexMatch): number {
  return match.start + match.text.trimEnd().length;
}
