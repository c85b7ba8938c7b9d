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
  /** By name, for the ladder's level of prompts. */
  readonly prompted: Readonly<Record<string, Value>>;
  /** Secret ones that the operator wants kept in the store. */
  readonly keep: readonly (readonly [name: string, value: Secret])[];
}

export interface Questions {
  readonly missing: readonly MissingVariable[];
  readonly plays: readonly Play[];
  readonly extraVars: Readonly<Record<string, SourceValue>>;
  readonly prompter: Prompter;
  readonly say: CliSay;
}

/**
 * Asks for what roles require and nothing gives, and for `vars_prompt`. Where nobody can be asked, defaults of prompts count, and all that is
 * left is thrown at once (`role/missing-argument`, `cli/cannot-ask`).
 */
export async function askVariables(questions: Questions): Promise<Answers> {
  const { missing, prompter, extraVars } = questions;
  const prompts = questions.plays.flatMap((play) => play.varsPrompt).filter((each) => !Object.hasOwn(extraVars, each.name));
  const unique = [...new Map(prompts.map((each) => [each.name, each])).values()];
  const prompted: Record<string, Value> = {};
  if (!prompter.canAsk) {
    refuse(missing, unique);
    for (const each of unique) prompted[each.name] = presetOf(each, extraVars) ?? '';
    return { prompted, keep: [] };
  }
  const keep: [string, Secret][] = [];
  for (const { name, option } of missing) {
    if (!option.secret) {
      prompted[name] = typed(name, await prompter.text(question(name, option, questions.say)), option);
      continue;
    }
    const secret = await prompter.secret(question(name, option, questions.say));
    prompted[name] = secret.reveal();
    if (await prompter.offer(questions.say('ask.keep', { name }))) keep.push([name, secret]);
  }
  for (const each of unique) prompted[each.name] = await askPrompt(each, extraVars, prompter);
  return { prompted, keep };
}

function refuse(missing: readonly MissingVariable[], prompts: readonly VarsPrompt[]): void {
  const found: Diagnostic[] = [
    ...missing.map(({ name, option, role }) => missingArgument(name, option, role)),
    ...prompts.filter((each) => each.default === null).map((each) => diagnostic('cli/cannot-ask', { question: each.prompt })),
  ];
  const [first, ...rest] = found;
  if (first) throw new ChatsctlError([first, ...rest]);
}

function question(name: string, option: RoleOption, say: CliSay): string {
  const choices = option.choices && say('ask.choices', { choices: option.choices.join(', ') });
  const description = [option.description[0]?.replace(/\.$/, ''), choices].filter(Boolean).join('; ');
  return description === '' ? say('ask.secret', { name }) : say('ask.variable', { name, description });
}

async function askPrompt(prompt: VarsPrompt, extraVars: Questions['extraVars'], prompter: Prompter): Promise<Value> {
  const preset = presetOf(prompt, extraVars);
  if (!prompt.private) return prompter.text(prompt.prompt, preset);
  const secret = prompt.confirm ? await prompter.newSecret(prompt.prompt) : await prompter.secret(prompt.prompt);
  return secret.reveal() === '' && preset !== undefined ? preset : secret.reveal();
}

function presetOf({ default: preset }: VarsPrompt, extraVars: Questions['extraVars']): string | undefined {
  if (preset === null) return undefined;
  const rendered = Scope.of([{ level: 'extra-vars', values: extraVars }]).render(preset);
  return typeof rendered === 'string' ? rendered : JSON.stringify(rendered);
}

/** Text stays as it was typed; a number, a list and so on are read as YAML. */
function typed(name: string, answer: string, { type }: RoleOption): Value {
  if (type === 'str' || type === 'path') return answer;
  return Scope.of([]).render(toSourceValue(parseYaml(new SourceText(name, answer))));
}
