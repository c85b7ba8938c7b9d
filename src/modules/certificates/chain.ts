import type { X509Certificate } from 'node:crypto';
import { isIssuedBy, isSelfSigned, issuerOf, type Numbered, subjectOf } from './certificate.js';
import { conversions } from './convert.js';
import { constraintsOf } from './der.js';
import { type Problem, problem } from './problem.js';

/** A certificate of the chain and its place there, in the words of phrases.ts. */
export interface Link extends Numbered {
  readonly which: string;
}

export interface Chain {
  /** Leaf, then each one's issuer. */
  readonly links: readonly Link[];
  readonly problems: readonly Problem[];
  /** It came from the root file. */
  readonly appendedRoot: X509Certificate | undefined;
}

/** Puts the certificates of a file behind the leaf, each one followed by its issuer, and names what is wrong with them. */
export function buildChain(found: readonly Numbered[], leaf: Numbered, roots: readonly X509Certificate[], reorder: boolean): Chain {
  const given = roots.map((certificate) => ({ certificate, number: 0 }));
  const ordered = [leaf];
  for (let top = leaf; !isSelfSigned(top.certificate); ) {
    const issuers = (from: readonly Numbered[]) =>
      from.filter((each) => !ordered.includes(each) && isIssuedBy(top.certificate, each.certificate));
    const inside = issuers(found);
    // An authority may be in the file as a root and as signed by another one: the shortest way to a root is the one that is whole.
    const issuer = inside.find(({ certificate }) => isSelfSigned(certificate)) ?? issuers(given)[0] ?? inside[0];
    if (!issuer) break;
    ordered.push(issuer);
    top = issuer;
  }
  const links = ordered.map((each, index) => ({ ...each, which: place(each.certificate, index) }));
  const top = links.at(-1);
  const whole = top !== undefined && isSelfSigned(top.certificate);
  const left = found.filter((each) => !ordered.includes(each));
  return {
    links,
    appendedRoot: top?.number === 0 ? top.certificate : undefined,
    problems: [
      ...(links.length === 1 && whole
        ? [problem('CERT-1', 'certificate/self-signed', { subject: subjectOf(leaf.certificate) })]
        : whole || !top
          ? []
          : [gap(links, left, top)]),
      ...authorityProblems(links),
      ...orderProblems(links, reorder),
      // Where the chain has a gap, what is left over may belong beyond it.
      ...(whole ? left.filter(({ certificate }) => certificate.ca).map((each) => unrelated(each, leaf)) : []),
    ],
  };
}

function place(certificate: X509Certificate, index: number): string {
  if (index === 0) return 'leaf certificate';
  return isSelfSigned(certificate) ? 'root certificate' : `intermediate certificate ${index}`;
}

function unrelated({ certificate, number }: Numbered, leaf: Numbered): Problem {
  const params = { number, subject: subjectOf(certificate), leaf: subjectOf(leaf.certificate) };
  return problem('CERT-1', 'certificate/unrelated', params, { severity: 'warning' });
}

/** Why the chain ends at `top`, which is no root. */
function gap(links: readonly Link[], left: readonly Numbered[], top: Link): Problem {
  const { certificate, which } = top;
  const params = { which, subject: subjectOf(certificate), issuer: issuerOf(certificate) };
  const hint = fetching(certificate);
  const at = hint === undefined ? {} : { hint };
  if (left.some((each) => each.certificate.subject === certificate.issuer))
    return problem('CERT-1', 'certificate/wrong-signature', params, at);
  const root = left.find((each) => each.certificate.ca && isSelfSigned(each.certificate));
  if (root && links.length > 1) return problem('CERT-1', 'certificate/other-root', { ...params, root: subjectOf(root.certificate) }, at);
  if (links.length > 1) return problem('CERT-1', 'certificate/missing-root', params, at);
  if (left.length > 0) return problem('CERT-1', 'certificate/missing-intermediate', params, at);
  return problem('CERT-1', 'certificate/leaf-alone', { subject: params.subject, issuer: params.issuer }, at);
}

/** How the issuer's certificate can be had, where the certificate itself says so (authority information access). */
function fetching({ infoAccess }: X509Certificate): string | undefined {
  const address = /^CA Issuers - URI:(https?:.+)$/m.exec(infoAccess ?? '')?.[1];
  return address && conversions.fetched(address);
}

function authorityProblems(links: readonly Link[]): Problem[] {
  return links.slice(1).flatMap(({ certificate, which }, index) => {
    const subject = subjectOf(certificate);
    const { version, isAuthority, pathLength, mayIssue } = constraintsOf(certificate);
    const refused = (reason: string) => problem('CERT-1', 'certificate/issuer-not-authority', { which, subject, reason });
    // A root from before there were extensions cannot say that it is one.
    if (!isAuthority && !(version === 1 && isSelfSigned(certificate))) return refused('no CA:TRUE in basicConstraints');
    if (!mayIssue) return refused('no keyCertSign in keyUsage');
    const count = links.slice(1, index + 1).filter((each) => each.certificate.subject !== each.certificate.issuer).length;
    if (pathLength === undefined || count <= pathLength) return [];
    return problem('CERT-1', 'certificate/path-too-long', { which, subject, allowed: pathLength, count });
  });
}

function orderProblems(links: readonly Link[], reorder: boolean): Problem[] {
  const right = links.filter(({ number }) => number > 0);
  const used = right.toSorted((a, b) => a.number - b.number);
  const first = used.find((each, index) => each !== right[index]);
  if (!first) return [];
  const params = { found: listed(used), needed: listed(right) };
  if (reorder) return [problem('CERT-1', 'certificate/reordered', params, { severity: 'warning' })];
  const { number, which, certificate } = first;
  return [problem('CERT-1', 'certificate/wrong-order', { ...params, number, which, subject: subjectOf(certificate) })];
}

function listed(links: readonly Link[]): string {
  return links.map(({ certificate }) => `"${subjectOf(certificate)}"`).join(' → ');
}
