import type { AddCommand } from './act.js';

export const addDoc: AddCommand = (program, act) => {
  program
    .command('doc')
    .description('reference: modules, keywords, roles, clauses of the guide, templates, conditions, errors')
    .argument('[name]', 'a module, the code of an error, or: module, keyword, role, clause, templates, conditions; nothing: the modules')
    .argument('[of]', 'behind "keyword", "role" and "clause": one of them')
    .action(
      act(async (session, name: string | undefined, of: string | undefined) => {
        const { printDoc } = await import('../print-doc.js');
        return printDoc(name, of, session);
      }),
    );
};
