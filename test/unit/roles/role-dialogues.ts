import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isList, isMap, type Value, type ValueMap } from '../../../src/base/value.js';
import { compileDialogue, type Dialogue } from '../../../src/host/jobs/dialogue.js';
import { judge } from '../../../src/host/jobs/judgement.js';
import { expect as expectModule } from '../../../src/modules/action/expect.js';
import type { ActionContext } from '../../../src/sdk/action-context.js';
import { coerce } from '../../../src/sdk/arguments.js';
import type { JobRequest } from '../../../src/sdk/job.js';
import { composed, roleDefaults } from './role-variables.js';

const tasksOf = {
  'chats-cfglink': 'install-chats/tasks/meetings.yaml',
  'chats-install': 'install-chats/tasks/chats.yaml',
  'chats-token': 'link-meetings/tasks/main.yaml',
};

/** The dialogue of a role's own `expect` task, compiled as a run does. Answers are the names of the steps in brackets. */
export async function roleDialogue(id: keyof typeof tasksOf, responses: Readonly<Record<string, string>> = {}): Promise<Dialogue> {
  const text = readFileSync(new URL(`../../../roles/${tasksOf[id]}`, import.meta.url), 'utf8');
  const args = expectTasks(parse(text) as Value).find((each) => each['id'] === id);
  if (!args) throw new Error(`no expect task ${id}`);
  const dialogue = (args['dialogue'] as ValueMap[]).map((each) => ({ ...each, answer: `<${each['name']}>` }));
  const defaults = { ...roleDefaults('common', 'install-chats', 'link-meetings'), installer_registry_hint: 'closed' };
  const plain = { ...args, dialogue, responses: {}, timeout: '2h', silence: '15m' };
  let asked: JobRequest | undefined;
  const context = {
    job: async (request: JobRequest) => {
      asked = request;
      return { answered: [], captured: [], values: {}, rc: 0, duration: 0, adopted: false, tail: '' };
    },
  } as unknown as ActionContext;
  const given = { ...(filled(plain, (each) => composed(defaults, each)) as ValueMap), responses };
  await expectModule.run(coerce(expectModule.arguments, given, 'expect', {}, {}), context);
  if (!asked) throw new Error('nothing was asked of the context');
  return compileDialogue(asked);
}

/** What is told of a text that ended with 0: the values by name, or the kind of the judgement. */
export function judged(text: string, dialogue: Dialogue): Readonly<Record<string, string>> | string {
  const judgement = judge(text, dialogue);
  if (judgement.kind !== 'succeeded') return judgement.kind;
  return Object.fromEntries([...judgement.captures].map(([capture, value]) => [capture.name, value]));
}

function expectTasks(tasks: Value): ValueMap[] {
  if (!isList(tasks)) return [];
  return tasks.flatMap((task) => {
    if (!isMap(task)) return [];
    const own = task['expect'];
    return [...(isMap(own) ? [own] : []), ...expectTasks(task['block'] ?? null)];
  });
}

function filled(value: Value, fill: (text: string) => string): Value {
  if (typeof value === 'string') return fill(value);
  if (isList(value)) return value.map((each) => filled(each, fill));
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each, fill)]));
  return value;
}
