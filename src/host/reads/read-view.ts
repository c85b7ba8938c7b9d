import type { Answers, Query, ReadView } from '../../sdk/query.js';
import type { Answer } from '../port.js';

/** The typed view over something that answers single queries. */
export function readView(answer: (query: Query) => Promise<Answer>): ReadView {
  const ask = async <K extends keyof Answers>(query: Query & { readonly kind: K }): Promise<Answers[K]> => {
    const answered = await answer(query);
    if ('error' in answered) throw answered.error;
    // The answer of a query is of its kind: decode-answer.ts makes it so.
    return answered.value as Answers[K];
  };
  return {
    stat: (path, options) => ask({ kind: 'stat', path, follow: options?.follow ?? false }),
    readFile: (path) => ask({ kind: 'read', path }),
    checksum: (path, algorithm) => ask({ kind: 'checksum', path, algorithm }),
    list: (path, options) => ask({ kind: 'list', path, recurse: options?.recurse ?? false }),
    user: (name) => ask({ kind: 'user', name }),
    group: (name) => ask({ kind: 'group', name }),
    package: (name, options) => ask({ kind: 'package', name, ...(options?.candidate && { candidate: true }) }),
    unit: (name) => ask({ kind: 'unit', name }),
    script: (script, args = [], stdin) => ask({ kind: 'script', script, args, ...(stdin !== undefined && { stdin }) }),
  };
}
