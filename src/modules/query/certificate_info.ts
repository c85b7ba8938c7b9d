import { t } from '../../sdk/arguments.js';
import { defineQuery } from '../../sdk/module.js';
import { examineBundle } from '../certificates/examine-bundle.js';

const clauses = ['CERT-1', 'CERT-2', 'CERT-5'] as const;

export const certificateInfo = defineQuery({
  name: 'certificate_info',
  summary: 'Looks at a certificate file of the control machine: chain, order, dates, names, key',
  arguments: {
    certificate: t.controlFile('files').required().describe('The certificate file, with its chain.'),
    key: t.controlFile('files').describe('Its key. Left out: not looked at.'),
    root_file: t.controlFile('files').describe('The root certificate, for a chain that lacks it.'),
    names: t.list(t.string()).default([]).describe('Names that it must serve.'),
    warn_days: t.int().default(30),
  },
  examples: [
    { title: 'before it is put on the host', task: 'certificate_info: {certificate: app.crt, key: app.key, names: [app.example.org]}' },
  ],
  async query(args) {
    const [certificate, key, root] = await Promise.all([args.certificate.content(), args.key?.content(), args.root_file?.content()]);
    const { problems, chain, rootAppended, daysLeft } = examineBundle(certificate, key, {
      names: args.names,
      root,
      now: Date.now(),
      warnDays: args.warn_days,
    });
    const fatal = problems.filter((each) => each.severity === 'fatal');
    return {
      valid: fatal.length === 0,
      problems: problems.map((each) => ({ ...each })),
      chain: chain.map((each) => ({ ...each, names: [...each.names] })),
      root_appended: rootAppended,
      days_left: daysLeft ?? null,
      // For findings: `that: info.clauses["CERT-1"].met`, `found: info.clauses["CERT-1"].found`.
      clauses: Object.fromEntries(
        clauses.map((clause) => {
          const own = problems.filter((each) => each.clause === clause);
          const found = own.map((each) => each.message).join('; ');
          return [
            clause,
            {
              met: own.every((each) => each.severity !== 'fatal'),
              warned: own.length > 0,
              found: found || 'nothing wrong',
              codes: own.map((each) => each.code),
            },
          ];
        }),
      ),
    };
  },
});
