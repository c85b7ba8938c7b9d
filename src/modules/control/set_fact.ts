import { t } from '../../sdk/arguments.js';
import { defineControl, ModuleFailure } from '../../sdk/module.js';

export const setFact = defineControl({
  name: 'set_fact',
  summary: 'Sets variables of the host, for the rest of the run',
  arguments: {
    facts: t.rest().describe('Variables, by name.'),
    cacheable: t.bool().default(false).describe('They count as facts of the host too.'),
  },
  examples: [{ title: 'two variables', task: 'set_fact: {app_port: 8080, app_url: "https://{{ app_domain }}/"}' }],
  run: async ({ facts, cacheable }, context) => {
    const names = Object.keys(facts);
    if (!names.length) throw new ModuleFailure('set_fact needs at least one variable');
    const odd = names.find((each) => !/^[A-Za-z_]\w*$/.test(each));
    if (odd !== undefined) throw new ModuleFailure(`"${odd}" is no name of a variable: letters, digits and _, not beginning with a digit`);
    context.setFacts(facts, { cacheable });
    return { changed: false, result: { ansible_facts: facts } };
  },
});
