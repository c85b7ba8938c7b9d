import { createHash } from 'node:crypto';
import { knownAfterApply } from '../../base/value.js';
import { t } from '../../sdk/arguments.js';
import { defineAction, ModuleFailure } from '../../sdk/module.js';

const step = t.object({
  name: t.string().required().describe('What it asks for, in words.'),
  prompt: t.regex().required().describe('The prompt, at the end of what the terminal shows since the last answer.'),
  unless: t.regex().describe('A prompt whose lines match this asks for something else ("Path to the licence key").'),
  variable: t.string().describe('The variable that holds the prompt: an error names it to an operator who has to mend it.'),
  answer: t.string().required().secretIf('secret'),
  secret: t.bool().default(false).describe('The answer is masked everywhere.'),
  optional: t.bool().default(false).describe('It need not be asked: steps that need not be may come in any order.'),
  max: t.int().default(3).describe('Answers at most that a run gives it.'),
  timeout: t.duration().describe('Within which it has to be asked.'),
});

const capture = t.object({
  pattern: t
    .regex()
    .required()
    .describe(
      'Group `value`, or the first that took part. A value below its words counts only where none is beside them; two that differ are an error.',
    ),
  variable: t.string().describe('The variable that holds the pattern: an error names it, with a line to paste.'),
  store: t.string().describe("Its name in the customer's store; stored before the task is ok."),
  secret: t.bool().default(false),
});

const hint = t.object({ pattern: t.regex().required(), text: t.text().required() });

export const expect = defineAction({
  name: 'expect',
  summary: 'Runs an interactive program and answers what it asks; it goes on when the connection is lost',
  arguments: {
    command: t.string().required().aliases('cmd').describe('The command line.'),
    chdir: t.path().describe('The directory in which it runs.'),
    environment: t.mapOf(t.string()).default({}),
    dialogue: t
      .list(step)
      .default([])
      .describe(
        'What it asks, in this order. A step that was answered is answered again only when it is asked again at once, or in the same words.',
      ),
    responses: t
      .mapOf(t.string())
      .default({})
      .describe('Pattern → answer, in any order, any number of times. On one line they count more than the dialogue.'),
    success: t.list(t.regex()).default([]).describe('One of them must be in what it says.'),
    success_variables: t.list(t.string()).default([]).describe('The variables that hold them, in their order: errors name them.'),
    failure: t
      .list(t.regex())
      .default([])
      .describe(
        'None of them may be in what it says after the last answer to the dialogue; this counts more than its exit status and its success. Where success and every capture come after it the task stops, and the program is not run again.',
      ),
    failure_variables: t.list(t.string()).default([]).describe('The variables that hold them, in their order.'),
    hints: t.list(hint).default([]).describe('What words of the program mean, told with an error when it said them.'),
    captures: t.mapOf(capture).default({}).describe('What is read from what it says, by name.'),
    timeout: t.duration().default('1h').describe('Of the whole run. What has not ended by then goes on.'),
    silence: t.duration().default('10m').describe('Without a word from it.'),
    id: t.string().describe('Name of its job on the host. Left out: made of command and chdir.'),
    extend: t.string().default('responses').describe('The variable that an error names for a prompt that nothing matches.'),
  },
  examples: [
    {
      title: 'a licence key and a token',
      task: `expect:
  command: ./installer.sh
  chdir: /opt/app
  dialogue:
    - {name: licence key, prompt: '(?i)licen[cs]e key', answer: "{{ licence_key }}", secret: true}
  success: ['(?i)installed']
  captures:
    token: {pattern: 'Token: (?P<value>\\S+)', store: app_token, secret: true}
  timeout: 2h`,
    },
  ],
  checkMode: 'unknown',
  foresee: async ({ captures }) =>
    Object.entries(captures).map(([name, { store }]) => ({
      subject: store ?? name,
      attribute: 'captured',
      before: null,
      after: knownAfterApply,
    })),
  async run(args, context) {
    const id =
      args.id ??
      `expect-${createHash('sha256')
        .update(`${args.chdir ?? ''}\0${args.command}`)
        .digest('hex')
        .slice(0, 16)}`;
    if (!/^[a-z0-9-]{1,64}$/.test(id)) throw new ModuleFailure(`"${id}" is no name for a job: 1 to 64 of a-z, 0-9 and -`);
    const outcome = await context.job({
      id,
      command: args.command,
      chdir: args.chdir,
      environment: args.environment,
      dialogue: args.dialogue.map(({ name, prompt, unless, variable, answer, secret, optional, max, timeout }) => ({
        name,
        prompt: prompt.source,
        ...(unless && { unless: unless.source }),
        ...(variable !== undefined && { variable }),
        answer,
        secret,
        optional,
        max,
        ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
      })),
      responses: Object.entries(args.responses).map(([prompt, answer]) => ({ prompt, answer, secret: false })),
      success: args.success.map((each) => each.source),
      ...(args.success_variables.length > 0 && { successVariables: args.success_variables }),
      failure: args.failure.map((each) => each.source),
      ...(args.failure_variables.length > 0 && { failureVariables: args.failure_variables }),
      hints: args.hints.map(({ pattern, text }) => ({ pattern: pattern.source, text })),
      captures: Object.entries(args.captures).map(([name, { pattern, variable, store, secret }]) => ({
        name,
        pattern: pattern.source,
        ...(variable !== undefined && { variable }),
        store,
        secret,
      })),
      timeoutMs: args.timeout * 1000,
      silenceMs: args.silence * 1000,
      extend: args.extend,
    });
    const { answered, captured, values, rc, duration, adopted } = outcome;
    return { changed: true, result: { answered, captured, values, rc, duration, adopted } };
  },
});
