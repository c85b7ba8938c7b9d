import type { Text } from '../../base/translated.js';
import { t } from '../../sdk/arguments.js';
import { defineAction, ModuleFailure } from '../../sdk/module.js';
import { issuerOf, subjectOf } from '../certificates/certificate.js';
import { dial, dialProblem } from '../network/dial.js';
import { shakeHands } from '../network/handshake.js';
import { distrust, namesOf, tlsProblem } from '../network/tls-words.js';

export const tlsCheck = defineAction({
  name: 'tls_check',
  summary: 'Does a TLS server answer with a certificate that is trusted, as the host sees it',
  arguments: {
    host: t.string().required().describe('Name or address, resolved by the host.'),
    port: t.int().default(443),
    timeout: t.duration().default(10),
    ca_path: t.path().describe('Further authorities that count as trusted: a PEM file on the control machine.'),
    validate_certs: t.bool().default(true).describe('False: a certificate that is not trusted is shown, and no failure.'),
  },
  examples: [{ title: "the vendor's registry", task: 'tls_check: {host: registry.example.org}' }],
  checkMode: 'runs',
  async run(args, context) {
    const { host, port, timeout } = args;
    const dialled = await dial(context, host, port, timeout * 1000);
    const stages = (dns: string, tcp: string, tls: string) => ({ host, port, dns, tcp, tls });
    if (dialled.outcome !== 'open') {
      const { outcome, reason } = dialled;
      const found =
        outcome === 'dns'
          ? stages('failed', 'not tried', 'not tried')
          : stages(outcome === 'forbidden' ? 'not tried' : 'ok', outcome, 'not tried');
      throw new ModuleFailure(dialProblem(host, port, outcome, reason), { ...found, outcome });
    }
    const shaken = await shakeHands(dialled.stream, host, { caPath: args.ca_path, timeoutMs: timeout * 1000, signal: context.signal });
    if (shaken.outcome !== 'done') {
      dialled.stream.destroy();
      throw new ModuleFailure(tlsProblem(host, port, shaken.reason), {
        ...stages('ok', 'open', shaken.outcome),
        outcome: 'tls',
      });
    }
    const { authorized, problem, words, chain, socket } = shaken;
    const [leaf] = chain;
    const protocol = socket.getProtocol();
    socket.on('error', () => {});
    socket.destroy();
    const result = {
      ...stages('ok', 'open', authorized ? 'ok' : 'untrusted'),
      outcome: authorized ? 'ok' : 'certificate',
      authorized,
      ...(problem !== undefined && { problem }),
      ...(protocol !== null && { protocol }),
      ...(leaf && { not_before: new Date(leaf.validFrom).toISOString(), not_after: new Date(leaf.validTo).toISOString() }),
      chain: chain.map((each) => ({ subject: subjectOf(each), issuer: issuerOf(each), fingerprint: each.fingerprint256 })),
      names: leaf ? namesOf(leaf) : [],
      ...(leaf && { days_left: Math.floor((Date.parse(leaf.validTo) - Date.now()) / 86_400_000) }),
    };
    if (!authorized && args.validate_certs) {
      const shown: Text = leaf
        ? {
            en: ` (it shows "${subjectOf(leaf)}", issued by "${issuerOf(leaf)}")`,
            ru: ` (предъявлен «${subjectOf(leaf)}», выдан «${issuerOf(leaf)}»)`,
          }
        : '';
      throw new ModuleFailure(distrust(host, port, words ?? '', shown), result);
    }
    return { changed: false, result };
  },
});
