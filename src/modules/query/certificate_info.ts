import { catalog } from '../../base/catalog/index.js';
import type { Value } from '../../base/value.js';
import { t } from '../../sdk/arguments.js';
import { defineQuery } from '../../sdk/module.js';
import { examineBundle } from '../certificates/examine-bundle.js';
import { readGiven } from '../certificates/given-file.js';
import { messagesOf, type Problem, resultOf } from '../certificates/problem.js';

const clauses = ['CERT-1', 'CERT-2', 'CERT-5'] as const;

export const certificateInfo = defineQuery({
  name: 'certificate_info',
  summary: 'Looks at a certificate file of the control machine: chain, order, dates, names, key',
  arguments: {
    certificate: t.controlFile('files').required().describe('The certificate file, with its chain.'),
    key: t.controlFile('files').describe('Its key. Left out: not looked at.'),
    root_file: t.controlFile('files').describe('The root certificate, for a chain that lacks it.'),
    reorder: t.bool().default(false).describe('A wrong order will be put right: a warning.'),
    names: t.list(t.string()).default([]).describe('Names that it must serve.'),
    warn_days: t.int().default(30).describe('Fewer days than this left: a warning.'),
  },
  examples: [
    { title: 'before it is put on the host', task: 'certificate_info: {certificate: app.crt, key: app.key, names: [app.example.org]}' },
  ],
  async query(args) {
    const { names, reorder, warn_days: warnDays } = args;
    const bundle = await readGiven({ certificate: args.certificate, key: args.key, root_file: args.root_file });
    const { problems, chain, appendedRoot, daysLeft } = examineBundle(bundle, { names, reorder, now: Date.now(), warnDays });
    return {
      valid: problems.every((each) => each.severity !== 'error'),
      // In the words of a finding, for all clauses and for each: `that: info.clauses["CERT-1"].fatal.met`, `found: {en: ….fatal.found, ru: ….fatal.ru.found}`.
      fatal: told(problems.filter((each) => each.severity === 'error')),
      problems: problems.map(resultOf),
      chain: chain.map((each) => ({ ...each, names: [...each.names] })),
      root_appended: appendedRoot ?? null,
      days_left: daysLeft ?? null,
      clauses: Object.fromEntries(
        clauses.map((clause) => {
          const of = (severity: Problem['severity']) => problems.filter((each) => each.clause === clause && each.severity === severity);
          return [clause, { fatal: told(of('error')), warning: told(of('warning')) }];
        }),
      ),
    };
  },
});

/** Problems in the words of a finding: what was found, what mends it, and the commands that do, a line each; empty without any. */
function told(problems: readonly Problem[]): Value {
  const remedy = (language: 'en' | 'ru') => [...new Set(problems.map(({ code }) => catalog[code][language].remedy))].join('\n');
  return {
    met: problems.length === 0,
    codes: problems.map((each) => each.code),
    found: messagesOf(problems, 'en'),
    remedy: remedy('en'),
    command: problems.flatMap(({ hint }) => hint ?? []).join('\n'),
    ru: { found: messagesOf(problems, 'ru'), remedy: remedy('ru') },
  };
}
