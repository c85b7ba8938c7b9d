import { t } from '../../sdk/arguments.js';
import { defineControl, ModuleFailure } from '../../sdk/module.js';

export const pause = defineControl({
  name: 'pause',
  summary: 'Waits for a time, or for the operator',
  bypassesHosts: true,
  arguments: {
    seconds: t.number(),
    minutes: t.number(),
    prompt: t.string().describe('What the operator is asked.'),
    echo: t.bool().default(true).describe('What the operator types is shown.'),
  },
  rules: { exclusive: [['seconds', 'minutes']] },
  examples: [
    { title: 'twenty seconds', task: 'pause: {seconds: 20}' },
    { title: 'until the operator says so', task: 'pause: {prompt: Enter goes on}' },
  ],
  run: async (args, context) => {
    const seconds = args.minutes === undefined ? args.seconds : args.minutes * 60;
    if (seconds !== undefined && seconds < 0) throw new ModuleFailure('a pause is not negative');
    const { userInput, seconds: waited } = await context.pause({ seconds, prompt: args.prompt, echo: args.echo });
    return { changed: false, result: { user_input: userInput, echo: args.echo, delta: waited, stdout: `Paused for ${waited} seconds` } };
  },
});
