import { t } from '../../sdk/arguments.js';
import { defineControl } from '../../sdk/module.js';

export const debug = defineControl({
  name: 'debug',
  summary: 'Shows a text or a variable',
  arguments: {
    msg: t.any().describe('A text, a list or a mapping.'),
    var: t.variable().describe("A variable's name, or a part of it: result.stdout, mounts[0].size."),
    verbosity: t.int().default(0).describe('Only at this many -v.'),
  },
  rules: { exclusive: [['msg', 'var']] },
  examples: [
    { title: 'a text', task: 'debug: {msg: "{{ inventory_hostname }} is next"}' },
    { title: 'a variable', task: 'debug: {var: result}' },
  ],
  run: async (args, context) => {
    if (context.verbosity < args.verbosity)
      return { changed: false, result: { skipped: true, skipped_reason: 'Verbosity threshold not met.' } };
    if (args.var === undefined) return { changed: false, result: { msg: args.msg ?? 'Hello world!' } };
    return { changed: false, result: { [args.var]: context.variable(args.var) ?? 'VARIABLE IS NOT DEFINED!' } };
  },
});
