import type { X509Certificate } from 'node:crypto';
import { domainToASCII, domainToUnicode } from 'node:url';
import { subjectOf } from './certificate.js';
import { type Problem, problem } from './problem.js';

const serverAuthentication = '1.3.6.1.5.5.7.3.1';

/** CERT-5: the leaf serves these names (in Unicode or punycode), by its alternative names alone: no client looks at the common name any more. */
export function nameProblems(leaf: X509Certificate, names: readonly string[]): Problem[] {
  const lacking = names.map((each) => domainToASCII(each) || each).filter((each) => !serves(leaf, each));
  const subject = subjectOf(leaf);
  const problems: Problem[] = [];
  if (lacking.length) {
    const missing = listed(lacking);
    const own = alternativeNames(leaf);
    const wildcard = own.find((each) => each.startsWith('*.') && lacking.some((name) => isNear(name, each.slice(2))));
    if (!own.length) problems.push(problem('CERT-5', 'certificate/no-alternative-names', { subject, missing }));
    else if (wildcard !== undefined)
      problems.push(problem('CERT-5', 'certificate/wildcard-depth', { subject, missing, wildcard: readable(wildcard) }));
    else {
      const code = lacking.length === names.length ? 'other-name' : 'name-missing';
      problems.push(problem('CERT-5', `certificate/${code}`, { subject, missing, names: listed(own) }));
    }
  }
  if (leaf.keyUsage?.length && !leaf.keyUsage.includes(serverAuthentication))
    problems.push(problem('CERT-5', 'certificate/no-server-authentication', { subject }));
  return problems;
}

/** As browsers match: a wildcard is a whole label. */
function serves(leaf: X509Certificate, name: string): boolean {
  return leaf.checkHost(name, { subject: 'never', partialWildcards: false }) !== undefined;
}

/** The wildcard's zone itself, or deeper below it than one label. */
function isNear(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

export function alternativeNames(certificate: X509Certificate): string[] {
  return (certificate.subjectAltName ?? '').split(', ').flatMap((each) => /^(?:DNS|IP Address):(.*)$/.exec(each)?.[1] ?? []);
}

function listed(names: readonly string[]): string {
  return names.map(readable).join(', ');
}

/** As it stands in the certificate, and as people write it. */
function readable(name: string): string {
  const unicode = name.startsWith('*.') ? `*.${domainToUnicode(name.slice(2))}` : domainToUnicode(name);
  return name.includes('xn--') && unicode !== name ? `${name} (${unicode})` : name;
}
