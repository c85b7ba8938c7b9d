import { inEnglish, russianOf, type Text } from '../../base/translated.js';
import { t } from '../../sdk/arguments.js';
import { defineControl, ModuleFailure, type Result } from '../../sdk/module.js';

export const assert = defineControl({
  name: 'assert',
  summary: 'Fails where a condition does not hold',
  arguments: {
    that: t.list(t.condition()).required().describe('All of them must hold.'),
    fail_msg: t.text().aliases('msg').describe('What the failure says.'),
    success_msg: t.text(),
    quiet: t.bool().default(false),
  },
  examples: [{ title: 'what a later task relies on', task: 'assert: {that: ["size(groups.chats) == 1"], fail_msg: there must be one}' }],
  run: async (args, context) => {
    for (const condition of args.that) {
      const held = context.holds(condition);
      if (held === true) continue;
      // Check mode cannot tell: the task's outcome is no more known than the condition's.
      if (held !== false) return { changed: false, result: { msg: `not known in check mode: ${held.unknown}`, skipped: true } };
      throw new ModuleFailure(args.fail_msg ?? `this does not hold: ${condition}`, { assertion: condition, evaluated_to: false });
    }
    return { changed: false, result: said(args.success_msg ?? 'All assertions passed') };
  },
});

function said(msg: Text): Result {
  const ru = russianOf({ msg });
  return { msg: inEnglish(msg), ...(ru && { ru }) };
}
