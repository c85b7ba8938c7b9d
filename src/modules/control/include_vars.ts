import { t } from '../../sdk/arguments.js';
import { defineControl } from '../../sdk/module.js';

export const includeVars = defineControl({
  name: 'include_vars',
  summary: 'Reads variables from a file of the control machine',
  arguments: {
    file: t.path().required().describe('A YAML file, in `vars/`.'),
    name: t.string().describe('The variable under which they go. Left out: each under its own name.'),
  },
  freeForm: 'file',
  examples: [{ title: 'one file', task: 'include_vars: {file: "{{ ansible_facts.distribution }}.yaml"}' }],
  run: async (args, context) => {
    const variables = context.includeVariables(args.file, { name: args.name });
    return { changed: false, result: { ansible_facts: variables, ansible_included_var_files: [args.file] } };
  },
});
