import { posix } from 'node:path';
import { plainMessage } from '../../base/errors.js';
import { t } from '../../sdk/arguments.js';
import { defineResource, ModuleFailure, type Plan } from '../../sdk/module.js';
import { type Examined, examineBundle } from '../certificates/examine-bundle.js';
import { readGiven } from '../certificates/given-file.js';
import { type Problem, resultOf } from '../certificates/problem.js';
import { probeTarget, type Target } from '../files/target.js';
import { planWrite } from '../files/write-plan.js';

interface State {
  readonly examined: Examined;
  readonly certificateTarget: Target;
  readonly keyTarget: Target;
}

const root = { owner: 'root', group: 'root' };

/** CERT-1 to CERT-5: nothing goes to the host before all of it was verified. */
export const certificateBundle = defineResource({
  name: 'certificate_bundle',
  summary: "Verifies a certificate with its chain and key, and puts them on the host under the domain's name",
  arguments: {
    certificate: t.controlFile('files').required().describe('The certificate file on the control machine, with its chain.'),
    key: t.controlFile('files').required().describe('Its private key on the control machine.'),
    domain: t.string().required().describe('The files on the host are `<domain>.crt` and `<domain>.key`.'),
    names: t.list(t.string()).describe('Names that it must serve. Left out: the domain.'),
    dest: t.path().required().describe('The directory on the host.'),
    reorder: t.bool().default(false).describe('A chain in a wrong order is put right.'),
    root_file: t.controlFile('files').describe('The root certificate on the control machine, for a chain that lacks it.'),
  },
  examples: [
    {
      title: 'for three names',
      task: 'certificate_bundle: {certificate: app.crt, key: app.key, domain: app.example.org, names: [app.example.org, api.example.org], dest: /opt/app/certs}',
    },
  ],
  async probe(args, read): Promise<State> {
    if (!/^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$/.test(args.domain)) throw new ModuleFailure(`"${args.domain}" is no domain name`);
    const [bundle, certificateTarget, keyTarget] = await Promise.all([
      readGiven({ certificate: args.certificate, key: args.key, root_file: args.root_file }),
      probeTarget(posix.join(args.dest, `${args.domain}.crt`), root, read, { follow: false }),
      probeTarget(posix.join(args.dest, `${args.domain}.key`), root, read, { follow: false }),
    ]);
    const examined = examineBundle(bundle, { names: args.names ?? [args.domain], reorder: args.reorder, now: Date.now() });
    return { examined, certificateTarget, keyTarget };
  },
  plan(_args, { examined, certificateTarget, keyTarget }): Plan {
    const fatal = examined.problems.filter((each) => each.severity === 'error');
    if (fatal.length) throw refusal(fatal, examined.problems);
    const warnings = examined.problems.map((each) => `${each.clause}: ${plainMessage(each)}`);
    const certificatePlan = planWrite(certificateTarget, Buffer.from(examined.pem), { ...root, mode: 0o644 });
    const keyPlan = planWrite(keyTarget, Buffer.from(examined.keyPem), { ...root, mode: 0o600 }, { hidden: true });
    return {
      changes: [...certificatePlan.changes, ...keyPlan.changes],
      operations: [...certificatePlan.operations, ...keyPlan.operations],
      result: {
        certificate: certificateTarget.path,
        key: keyTarget.path,
        days_left: examined.daysLeft ?? null,
        chain: examined.chain.map((each) => each.subject),
        fingerprint: examined.chain[0]?.fingerprint ?? null,
        not_after: examined.chain[0]?.notAfter ?? null,
      },
      ...(warnings.length && { warnings }),
    };
  },
});

/** Everything that is wrong at once, in both languages; code and remedy are the first one's. */
function refusal(fatal: readonly Problem[], all: readonly Problem[]): ModuleFailure {
  const say = (language: 'en' | 'ru') => fatal.map((each) => `${each.clause}: ${plainMessage(each, language)}`).join('; ');
  const [first] = fatal.map(({ code, params, hint }) => ({ ...params, code, ...(hint !== undefined && { hint }) }));
  return new ModuleFailure(
    { en: `the certificate cannot be used: ${say('en')}`, ru: `сертификат использовать нельзя: ${say('ru')}` },
    { ...first, problems: all.map(resultOf) },
  );
}
