import { t } from '../../sdk/arguments.js';
import { defineControl, ModuleFailure } from '../../sdk/module.js';

export const fail = defineControl({
  name: 'fail',
  summary: 'Fails, with a message',
  arguments: { msg: t.text().default('Failed as requested from task').describe('What the failure says.') },
  examples: [{ title: 'with a reason', task: 'fail: {msg: this release is not supported}' }],
  run: async (args) => {
    throw new ModuleFailure(args.msg);
  },
});
