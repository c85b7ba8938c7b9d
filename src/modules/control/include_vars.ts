import { compileRegex } from '../../base/compile-regex.js';
import { t } from '../../sdk/arguments.js';
import type { VariableSource } from '../../sdk/control-context.js';
import { defineControl, ModuleFailure } from '../../sdk/module.js';

const EXTENSIONS = ['yaml', 'yml', 'json'] as const;

export const includeVars = defineControl({
  name: 'include_vars',
  summary: 'Reads variables from a file, or the files of a folder, of the control machine',
  arguments: {
    file: t.path().identifies().describe('A YAML file, in `vars/`.'),
    dir: t
      .path()
      .identifies()
      .describe('A folder, in `vars/` of the role or beside the file of the task: all its files, sorted; a later one wins.'),
    depth: t.int().describe('With `dir`: how many folders downwards, 1 for the folder alone. 0, or left out: all.'),
    files_matching: t.regex().identifies().describe('With `dir`: only files in whose name this is found.'),
    ignore_files: t.list(t.string()).describe('With `dir`: not the files whose name one of these regular expressions matches at its end.'),
    extensions: t.list(t.string()).default(EXTENSIONS).describe('With `dir`: how names end. Another end is an error.'),
    ignore_unknown_extensions: t.bool().default(false).describe('With `dir`: files that end otherwise are passed over.'),
    name: t.string().describe('The variable under which they go. Left out: each under its own name.'),
  },
  rules: {
    oneOf: [['file', 'dir']],
    exclusive: ['dir', 'depth', 'files_matching', 'ignore_files', 'extensions', 'ignore_unknown_extensions'].map((each) => ['file', each]),
  },
  freeForm: 'file',
  examples: [
    { title: 'one file', task: 'include_vars: {file: "{{ ansible_facts.distribution }}.yaml"}' },
    { title: 'a folder', task: 'include_vars: {dir: services, files_matching: "^web", name: services}' },
  ],
  run: async (args, context) => {
    const { depth = 0, name } = args;
    if (depth < 0) throw new ModuleFailure('depth is not negative');
    let source: VariableSource;
    if (args.file !== undefined) source = { file: args.file };
    else {
      source = {
        dir: args.dir ?? '',
        depth,
        matching: args.files_matching,
        ignored: (args.ignore_files ?? []).flatMap((each) => each.split(/\s+/)).map((each) => compileRegex(`(?:${each})$`)),
        extensions: args.extensions,
        ignoreUnknownExtensions: args.ignore_unknown_extensions,
      };
    }
    const { variables, files } = context.includeVariables(source, { name });
    const facts = name === undefined ? variables : { [name]: variables };
    return { changed: false, result: { ansible_facts: facts, ansible_included_var_files: files } };
  },
});
