import { distinct } from '../base/distinct.js';
import { ChatsctlError, type Diagnostic, diagnostic } from '../base/errors.js';
import { SourceText } from '../base/position.js';
import type { Secret } from '../base/secret.js';
import type { SourceValue } from '../base/template-text.js';
import type { Value } from '../base/value.js';
import { type MissingVariable, missingArgument } from '../playbook/role-arguments.js';
import type { Play, RoleOption, VarsPrompt } from '../playbook/tree.js';
import { toSourceValue } from '../source/source-value.js';
import { parseYaml } from '../source/yaml.js';
import { Scope } from '../vars/scope.js';
import type { CliSay } from './messages.js';
import type { Prompter } from './prompter.js';

export interface Answers {
  /** For the ladder's level of prompts: a play's own answers, and those to what roles require, which every play has. */
  readonly prompted: (play: Play) => Readonly<Record<string, Value>>;
  /** Secret ones that the operator wants kept in the store. */
  readonly keep: readonly (readonly [name: string, value: Secret])[];
}

export interface Questions {
  readonly missing: readonly MissingVariable[];
  readonly plays: readonly Play[];
  readonly extraVars: Readonly<Record<string, SourceValue>>;
  readonly prompter: Pick<Prompter, 'canAsk' | 'text' | 'secret' | 'newSecret' | 'offer'>;
  readonly say: CliSay;
}

/**
 * Asks for what roles require and nothing gives, and for each play's `vars_prompt`, one by one; of two plays that ask for one name each has its
 * own answer. Where nobody can be asked, defaults of prompts count, and all that is
 * left is thrown at once (`role/missing-argument`, `cli/cannot-ask`).
 */
export async function askVariables(questions: Questions): Promise<Answers> {
  const { missing, prompter, say } = questions;
  const asked = questions.plays.map((play) => [play, promptsOf(play, questions)] as const);
  if (!prompter.canAsk) {
    refuse(
      missing,
      asked.flatMap(([, prompts]) => prompts),
    );
  }
  const answers: Record<string, Value> = {};
  const keep: [string, Secret][] = [];
  for (const { name, option } of prompter.canAsk ? missing : []) {
    if (!option.secret) {
      answers[name] = typed(name, await prompter.text(question(name, option, say)), option);
      continue;
    }
    const secret = await prompter.secret(question(name, option, say));
    answers[name] = secret.reveal();
    if (await prompter.offer(say('ask.keep', { name }))) keep.push([name, secret]);
  }
  const byPlay = new Map<Play, Record<string, Value>>();
  for (const [play, prompts] of asked) {
    const own: Record<string, Value> = {};
    for (const each of prompts) own[each.name] = await answerTo(each, presetOf(each, play, questions.extraVars), prompter);
    byPlay.set(play, own);
  }
  return { prompted: (play) => ({ ...answers, ...byPlay.get(play) }), keep };
}

/** What `-e` gives is not asked. */
function promptsOf(play: Play, { extraVars }: Questions): readonly VarsPrompt[] {
  return play.varsPrompt.filter((each) => !Object.hasOwn(extraVars, each.name));
}

function refuse(missing: readonly MissingVariable[], prompts: readonly VarsPrompt[]): void {
  const found: Diagnostic[] = [
    ...missing.map(({ name, option, role }) => missingArgument(name, option, role)),
    ...distinct(prompts.filter((each) => each.default === null).map((each) => diagnostic('cli/cannot-ask', { question: each.prompt }))),
  ];
  const [first, ...rest] = found;
  if (first) throw new ChatsctlError([first, ...rest]);
}

function question(name: string, option: RoleOption, say: CliSay): string {
  const choices = option.choices && say('ask.choices', { choices: option.choices.join(', ') });
  const description = [option.description[0]?.replace(/\.$/, ''), choices].filter(Boolean).join('; ');
  return description === '' ? say('ask.secret', { name }) : say('ask.variable', { name, description });
}

async function answerTo(prompt: VarsPrompt, preset: string | undefined, prompter: Questions['prompter']): Promise<Value> {
  if (!prompter.canAsk) return preset ?? '';
  if (!prompt.private) return prompter.text(prompt.prompt, preset);
  const secret = prompt.confirm ? await prompter.newSecret(prompt.prompt) : await prompter.secret(prompt.prompt);
  return secret.reveal() === '' && preset !== undefined ? preset : secret.reveal();
}

function presetOf({ default: preset }: VarsPrompt, play: Play, extraVars: Questions['extraVars']): string | undefined {
  if (preset === null) return undefined;
  const scope = Scope.of([
    { level: 'play-vars', values: play.keywords.vars ?? {} },
    { level: 'extra-vars', values: extraVars },
  ]);
  const rendered = scope.render(preset);
  return typeof rendered === 'string' ? rendered : JSON.stringify(rendered);
}

/** Text stays as it was typed; a number, a list and so on are read as YAML. */
function typed(name: string, answer: string, { type }: RoleOption): Value {
  if (type === 'str' || type === 'path') return answer;
  return Scope.of([]).render(toSourceValue(parseYaml(new SourceText(name, answer))));
}
