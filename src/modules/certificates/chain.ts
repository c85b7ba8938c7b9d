import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { Problem } from './problem.js';
import { isIssuedBy, isSelfSigned, issuerOf, signedBy, subjectOf } from './read-pem.js';

export interface Chain {
  /** Leaf, then each one's issuer. */
  readonly ordered: readonly X509Certificate[];
  readonly problems: readonly Problem[];
  /** The last one came from the root file. */
  readonly rootAppended: boolean;
}

/** Puts the certificates of a file into the order leaf → intermediate → root, and names what is wrong with the file. */
export function buildChain(found: readonly X509Certificate[], leaf: X509Certificate, roots: readonly X509Certificate[]): Chain {
  const problems: Problem[] = [];
  const report = (code: Problem['code'], message: string, severity: Problem['severity'] = 'fatal') =>
    problems.push({ clause: 'CERT-1', code, severity, message });
  const ordered = [leaf];
  let top = leaf;
  let rootAppended = false;
  while (!isSelfSigned(top)) {
    const inside = found.find((each) => !ordered.includes(each) && isIssuedBy(top, each));
    const issuer = inside ?? roots.find((each) => isIssuedBy(top, each));
    if (!issuer) break;
    if (!issuer.ca) report('issuer-no-ca', `"${subjectOf(issuer)}" issued "${subjectOf(top)}", but is no certificate of an authority`);
    ordered.push(issuer);
    rootAppended ||= inside === undefined;
    top = issuer;
  }
  if (ordered.length === 1 && isSelfSigned(leaf))
    report('self-signed', `"${subjectOf(leaf)}" is signed by itself: no authority vouches for it`);
  else if (!isSelfSigned(top)) problems.push(gap(found, ordered, top));
  const used = found.filter((each) => ordered.includes(each));
  const right = ordered.filter((each) => found.includes(each));
  if (used.some((each, index) => each !== right[index])) {
    report('wrong-order', `the order is ${listed(used)}, it must be ${listed(right)}`);
  }
  // Where the chain has a gap, what is left over may belong beyond it.
  for (const each of isSelfSigned(top) ? found : []) {
    if (!ordered.includes(each) && each.ca)
      report('unrelated', `"${subjectOf(each)}" has no part in the chain of "${subjectOf(leaf)}"`, 'warning');
  }
  return { ordered, problems, rootAppended };
}

function listed(certificates: readonly X509Certificate[]): string {
  return certificates.map((each) => `"${subjectOf(each)}"`).join(', ');
}

/** Why the chain ends at `top`, which is no root. */
function gap(found: readonly X509Certificate[], ordered: readonly X509Certificate[], top: X509Certificate): Problem {
  const issuer = issuerOf(top);
  const says = `"${subjectOf(top)}" was issued by "${issuer}"`;
  const fatal = (code: Problem['code'], message: string): Problem => ({ clause: 'CERT-1', code, severity: 'fatal', message });
  const namesake = found.find((each) => !ordered.includes(each) && top.issuer === each.subject && !signedBy(top, each));
  if (namesake)
    return fatal('wrong-signature', `${says}; the file has a certificate of that name, but another one: its key did not sign it`);
  const root = found.find((each) => !ordered.includes(each) && each.ca && isSelfSigned(each));
  if (root)
    return fatal('missing-intermediate', `${says}, an intermediate certificate that the file lacks (it has the root "${subjectOf(root)}")`);
  if (isKnownRoot(top.issuer)) {
    if (ordered.length > 1 || found.length > 1) return fatal('missing-root', `${says}, the root certificate, which the file lacks`);
  }
  if (ordered.length === 1 && found.length === 1)
    return fatal('leaf-alone', `the file holds "${subjectOf(top)}" alone; ${says}: intermediate and root are missing`);
  if (ordered.length === 1) return fatal('missing-intermediate', `${says}, an intermediate certificate that the file lacks`);
  return fatal('missing-root', `${says}, which the file lacks: the root certificate (or a further intermediate one, and the root)`);
}

let knownRoots: ReadonlySet<string> | undefined;

/** Among the roots that Node brings. */
function isKnownRoot(subject: string): boolean {
  knownRoots ??= new Set(rootCertificates.map((each) => new X509Certificate(each).subject));
  return knownRoots.has(subject);
}
