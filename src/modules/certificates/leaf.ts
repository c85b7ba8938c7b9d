import type { KeyObject } from 'node:crypto';
import { belongsTo, isIssuedBy, isSelfSigned, type Numbered, subjectOf } from './certificate.js';
import { type Problem, problem } from './problem.js';

interface FoundLeaf {
  readonly leaf: Numbered | undefined;
  readonly problems: readonly Problem[];
}

/**
 * The certificate that the chain begins with: of no authority, and none of the others is issued by it. Among several the key's own;
 * a certificate that is its own authority (self-signed) counts where there is no other.
 */
export function findLeaf(certificates: readonly Numbered[], key: KeyObject | undefined): FoundLeaf {
  const issues = ({ certificate }: Numbered) =>
    certificates.some((each) => each.certificate !== certificate && isIssuedBy(each.certificate, certificate));
  const isKeys = ({ certificate }: Numbered) => key !== undefined && belongsTo(key, certificate);
  const leaves = certificates.filter((each) => !each.certificate.ca && !issues(each));
  const lone = certificates.filter((each) => isSelfSigned(each.certificate) && !issues(each));
  const leaf = leaves.find(isKeys) ?? leaves[0] ?? lone.find(isKeys) ?? (certificates.length === 1 ? lone[0] : undefined);
  const problems: Problem[] = [];
  if (!leaf && certificates.length) {
    const subjects = certificates.map(({ certificate }) => `"${subjectOf(certificate)}"`).join(', ');
    problems.push(problem('CERT-1', 'certificate/no-leaf', { subjects }));
  }
  if (leaves.length > 1) {
    const subjects = leaves
      .map(({ certificate, number }) => `${number}: "${subjectOf(certificate)}", ${ends(certificate.validTo)}`)
      .join('; ');
    problems.push(problem('CERT-1', 'certificate/two-leaves', { count: leaves.length, subjects }));
  }
  return { leaf, problems };
}

/** A renewed certificate has its predecessor's subject: the date tells them apart. */
function ends(validTo: string): string {
  return `→ ${new Date(validTo).toISOString().slice(0, 10)}`;
}
