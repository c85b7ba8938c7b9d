import type { AddCommand } from './act.js';

export const addDoc: AddCommand = (program, act) => {
  program
    .command('doc')
    .description('reference: modules and errors')
    .argument('[name]', 'a module or the code of an error; nothing: what there is')
    .action(
      act(async (session, name: string | undefined) => {
        const { printDoc } = await import('../print-doc.js');
        return printDoc(name, session);
      }),
    );
};
