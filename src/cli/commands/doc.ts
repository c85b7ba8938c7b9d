import type { AddCommand } from './act.js';

export const addDoc: AddCommand = (program, act) => {
  program
    .command('doc')
    .description('reference: modules, keywords, templates, conditions, errors')
    .argument('[name]', 'a module, the code of an error, or: module, keyword, templates, conditions; nothing: the modules')
    .argument('[of]', 'behind "keyword": one of them')
    .action(
      act(async (session, name: string | undefined, of: string | undefined) => {
        const { printDoc } = await import('../print-doc.js');
        return printDoc(name, of, session);
      }),
    );
};
