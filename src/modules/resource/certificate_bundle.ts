import { posix } from 'node:path';
import { t } from '../../sdk/arguments.js';
import { defineResource, ModuleFailure, type Plan } from '../../sdk/module.js';
import { type Examined, examineBundle } from '../certificates/examine-bundle.js';
import { probeTarget, type Target } from '../files/target.js';
import { planWrite } from '../files/write-plan.js';

interface State {
  readonly examined: Examined;
  readonly key: Buffer;
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
    const [certificate, key, rootFile, certificateTarget, keyTarget] = await Promise.all([
      args.certificate.content(),
      args.key.content(),
      args.root_file?.content(),
      probeTarget(posix.join(args.dest, `${args.domain}.crt`), root, read, { follow: false }),
      probeTarget(posix.join(args.dest, `${args.domain}.key`), root, read, { follow: false }),
    ]);
    const examined = examineBundle(certificate, key, { names: args.names ?? [args.domain], root: rootFile, now: Date.now() });
    return { examined, key, certificateTarget, keyTarget };
  },
  plan(args, { examined, key, certificateTarget, keyTarget }): Plan {
    const mended = (code: string) => code === 'wrong-order' && args.reorder;
    const fatal = examined.problems.filter((each) => each.severity === 'fatal' && !mended(each.code));
    if (fatal.length) {
      const problems = examined.problems.map((each) => ({ ...each }));
      throw new ModuleFailure(`the certificate cannot be used: ${fatal.map((each) => `${each.clause}: ${each.message}`).join('; ')}`, {
        problems,
      });
    }
    const warnings = examined.problems.map((each) =>
      mended(each.code) ? `${each.clause}: put right: ${each.message}` : `${each.clause}: ${each.message}`,
    );
    if (examined.rootAppended) warnings.push('CERT-1: the chain lacks its root, which root_file gives');
    const certificatePlan = planWrite(certificateTarget, Buffer.from(examined.pem), { ...root, mode: 0o644 });
    const keyPlan = planWrite(keyTarget, key, { ...root, mode: 0o600 }, { hidden: true });
    return {
      changes: [...certificatePlan.changes, ...keyPlan.changes],
      operations: [...certificatePlan.operations, ...keyPlan.operations],
      result: {
        certificate: certificateTarget.path,
        key: keyTarget.path,
        days_left: examined.daysLeft ?? null,
        chain: examined.chain.map((each) => each.subject),
      },
      ...(warnings.length && { warnings }),
    };
  },
});
