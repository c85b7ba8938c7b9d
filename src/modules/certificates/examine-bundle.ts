import type { X509Certificate } from 'node:crypto';
import { belongsTo, isSelfSigned, issuerOf, type Numbered, subjectOf } from './certificate.js';
import { buildChain, type Link } from './chain.js';
import { conversions } from './convert.js';
import type { GivenFile } from './given-file.js';
import { findLeaf } from './leaf.js';
import { type Problem, problem } from './problem.js';
import { readCertificates } from './read-certificates.js';
import { isProblem, readKey } from './read-key.js';
import { alternativeNames, nameProblems } from './served-names.js';
import { dateProblems, daysLeft } from './validity.js';

export interface Bundle {
  readonly certificate: GivenFile;
  /** Undefined: not looked at. */
  readonly key?: GivenFile | undefined;
  /** A file with the root, for a chain that lacks it. */
  readonly root?: GivenFile | undefined;
}

export interface ExamineOptions {
  /** Names that the certificate must serve; in Unicode or punycode. */
  readonly names: readonly string[];
  /** A chain in a wrong order is put right, which is a warning then. */
  readonly reorder?: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Fewer days than this left: a warning. */
  readonly warnDays?: number;
}

export interface ChainEntry {
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly daysLeft: number;
  readonly names: readonly string[];
  readonly isAuthority: boolean;
  readonly fingerprint: string;
}

export interface Examined {
  readonly problems: readonly Problem[];
  /** Leaf first, in the order that it should have. */
  readonly chain: readonly ChainEntry[];
  /** The chain in that order, with the root where the root file gave it. Empty when no leaf can be made out. */
  readonly pem: string;
  /** The key alone; empty where it was not given or cannot be read. */
  readonly keyPem: string;
  /** Subject of the root that the root file gave. */
  readonly appendedRoot: string | undefined;
  /** Of the certificate that ends first; undefined without a chain. */
  readonly daysLeft: number | undefined;
}

/** CERT-1, CERT-2, CERT-5: a certificate file and its key, as the product will need them. Pure. */
export function examineBundle(bundle: Bundle, options: ExamineOptions): Examined {
  const { now, warnDays = 30, reorder = false } = options;
  const read = readCertificates(bundle.certificate);
  const roots = bundle.root && readCertificates(bundle.root);
  const readable = bundle.key && readKey(bundle.key);
  const key = readable && !isProblem(readable) ? readable : undefined;
  const problems = [...read.problems, ...(roots?.problems ?? [])];
  if (readable && isProblem(readable)) problems.push(readable);

  const certificates = distinct(read.certificates, problems);
  const { leaf, problems: ofLeaf } = findLeaf(certificates, key?.key);
  problems.push(...ofLeaf);
  const keyPem = key?.pem ?? '';
  if (!leaf) return { problems, chain: [], pem: '', keyPem, appendedRoot: undefined, daysLeft: undefined };
  if (key && bundle.key && !belongsTo(key.key, leaf.certificate)) {
    const hint = conversions.compared(bundle.certificate.path, bundle.key.path);
    problems.push(problem('CERT-5', 'certificate/key-mismatch', { file: bundle.key.path, subject: subjectOf(leaf.certificate) }, { hint }));
  }
  const given = (roots?.certificates ?? []).map((each) => each.certificate);
  const { links, appendedRoot, problems: inChain } = buildChain(certificates, leaf, given.filter(isSelfSigned), reorder);
  problems.push(...inChain, ...rootFileProblems(bundle.root?.path ?? '', given, links, appendedRoot));
  problems.push(...links.flatMap((each) => dateProblems(each, { now, warnDays })), ...nameProblems(leaf.certificate, options.names));
  const chain = links.map(({ certificate }) => entryOf(certificate, now));
  return {
    problems,
    chain,
    pem: links.map(({ certificate }) => certificate.toString()).join(''),
    keyPem,
    appendedRoot: appendedRoot && subjectOf(appendedRoot),
    daysLeft: Math.min(...chain.map((each) => each.daysLeft)),
  };
}

function distinct(certificates: readonly Numbered[], problems: Problem[]): Numbered[] {
  const seen = new Map<string, Numbered>();
  for (const each of certificates) {
    const { fingerprint256 } = each.certificate;
    if (!seen.has(fingerprint256)) seen.set(fingerprint256, each);
    else {
      const params = { number: each.number, subject: subjectOf(each.certificate) };
      problems.push(problem('CERT-1', 'certificate/duplicate', params, { severity: 'warning' }));
    }
  }
  return [...seen.values()];
}

/** What a root file did for the chain, or why it could not. */
function rootFileProblems(
  file: string,
  given: readonly X509Certificate[],
  links: readonly Link[],
  appended: X509Certificate | undefined,
): Problem[] {
  if (appended) return [problem('CERT-1', 'certificate/root-appended', { subject: subjectOf(appended), file }, { severity: 'warning' })];
  const top = links.at(-1)?.certificate;
  if (!top || isSelfSigned(top)) return [];
  return given.flatMap((each) => {
    const holds = { file, subject: subjectOf(each) };
    if (!isSelfSigned(each)) return problem('CERT-1', 'certificate/root-file-no-root', { ...holds, issuer: issuerOf(each) });
    // Behind the leaf alone an intermediate one is missing, and the root file may be right.
    return links.length > 1 ? problem('CERT-1', 'certificate/root-file-other', { ...holds, issuer: issuerOf(top) }) : [];
  });
}

function entryOf(certificate: X509Certificate, now: number): ChainEntry {
  return {
    subject: subjectOf(certificate),
    issuer: issuerOf(certificate),
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
    daysLeft: daysLeft(certificate.validTo, now),
    names: alternativeNames(certificate),
    isAuthority: certificate.ca,
    fingerprint: certificate.fingerprint256,
  };
}
