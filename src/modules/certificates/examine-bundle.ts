import type { X509Certificate } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { buildChain } from './chain.js';
import type { Problem } from './problem.js';
import { isProblem, readKey } from './read-key.js';
import { isSelfSigned, issuerOf, readCertificates, subjectOf } from './read-pem.js';

export interface ExamineOptions {
  /** Names that the certificate must serve; in Unicode or punycode. */
  readonly names: readonly string[];
  /** A file with the root, for a chain that lacks it. */
  readonly root?: Buffer | undefined;
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
  readonly rootAppended: boolean;
  /** Of the certificate that ends first; undefined without a chain. */
  readonly daysLeft: number | undefined;
}

const day = 86_400_000;
const serverAuthentication = '1.3.6.1.5.5.7.3.1';

/** CERT-1, CERT-2, CERT-5: a certificate file and its key (undefined: not looked at), as the product will need them. Pure. */
export function examineBundle(certificate: Buffer, key: Buffer | undefined, options: ExamineOptions): Examined {
  const read = readCertificates(certificate, 'the certificate file');
  const roots = options.root ? readCertificates(options.root, 'the root file') : undefined;
  const problems = [...read.problems, ...(roots?.problems ?? [])];
  const readable = key && readKey(key);
  if (readable && isProblem(readable)) problems.push(readable);
  const privateKey = readable && !isProblem(readable) ? readable : undefined;

  const certificates = distinct(read.certificates, problems);
  const leaves = certificates.filter((each) => !each.ca);
  const matching = privateKey && certificates.find((each) => each.checkPrivateKey(privateKey));
  const leaf = leaves.find((each) => each === matching) ?? leaves[0];
  if (!leaf) {
    const subjects = certificates.map((each) => `"${subjectOf(each)}"`).join(', ');
    if (certificates.length)
      problems.push({
        clause: 'CERT-1',
        code: 'no-leaf',
        severity: 'fatal',
        message: `the file has only certificates of authorities (${subjects}), and none for a server`,
      });
    return { problems, chain: [], pem: '', rootAppended: false, daysLeft: undefined };
  }
  if (leaves.length > 1) {
    const subjects = leaves.map((each) => `"${subjectOf(each)}"`).join(', ');
    problems.push({
      clause: 'CERT-1',
      code: 'two-leaves',
      severity: 'fatal',
      message: `the file has ${leaves.length} certificates for servers (${subjects}), it must have one`,
    });
  }
  if (privateKey && !leaf.checkPrivateKey(privateKey)) {
    problems.push({ clause: 'CERT-5', code: 'key-mismatch', severity: 'fatal', message: `the key is not that of "${subjectOf(leaf)}"` });
  }
  const { ordered, problems: inChain, rootAppended } = buildChain(certificates, leaf, (roots?.certificates ?? []).filter(isSelfSigned));
  problems.push(...inChain, ...ordered.flatMap((each) => dateProblems(each, options)), ...nameProblems(leaf, options.names));
  if (leaf.keyUsage?.length && !leaf.keyUsage.includes(serverAuthentication)) {
    problems.push({
      clause: 'CERT-5',
      code: 'no-server-authentication',
      severity: 'fatal',
      message: `"${subjectOf(leaf)}" is not issued for servers (its extended key usage lacks serverAuth)`,
    });
  }
  const chain = ordered.map((each) => entryOf(each, options.now));
  return {
    problems,
    chain,
    pem: ordered.map((each) => each.toString()).join(''),
    rootAppended,
    daysLeft: Math.min(...chain.map((each) => each.daysLeft)),
  };
}

function distinct(certificates: readonly X509Certificate[], problems: Problem[]): X509Certificate[] {
  const seen = new Map<string, X509Certificate>();
  for (const each of certificates) {
    if (seen.has(each.fingerprint256))
      problems.push({ clause: 'CERT-1', code: 'duplicate', severity: 'warning', message: `"${subjectOf(each)}" is in the file twice` });
    else seen.set(each.fingerprint256, each);
  }
  return [...seen.values()];
}

function dateProblems(certificate: X509Certificate, { now, warnDays = 30 }: ExamineOptions): Problem[] {
  const from = Date.parse(certificate.validFrom);
  const to = Date.parse(certificate.validTo);
  const what = `"${subjectOf(certificate)}"`;
  const problem = (code: Problem['code'], severity: Problem['severity'], message: string): Problem[] => [
    { clause: 'CERT-2', code, severity, message },
  ];
  if (now > to) return problem('expired', 'fatal', `${what} expired on ${dateOf(to)}`);
  if (now < from) return problem('not-yet-valid', 'fatal', `${what} is valid only from ${dateOf(from)} on`);
  const left = Math.floor((to - now) / day);
  return left < warnDays ? problem('expires-soon', 'warning', `${what} expires in ${left} days, on ${dateOf(to)}`) : [];
}

/** By its alternative names alone: no client looks at the common name any more. */
function nameProblems(leaf: X509Certificate, names: readonly string[]): Problem[] {
  const missing = names.filter((each) => leaf.checkHost(domainToASCII(each) || each, { subject: 'never' }) === undefined);
  if (!missing.length) return [];
  const has = alternativeNames(leaf).join(', ') || 'none';
  return [
    {
      clause: 'CERT-5',
      code: 'name-missing',
      severity: 'fatal',
      message: `"${subjectOf(leaf)}" does not serve ${missing.join(', ')}; its names are ${has}`,
    },
  ];
}

function entryOf(certificate: X509Certificate, now: number): ChainEntry {
  return {
    subject: subjectOf(certificate),
    issuer: issuerOf(certificate),
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
    daysLeft: Math.floor((Date.parse(certificate.validTo) - now) / day),
    names: alternativeNames(certificate),
    isAuthority: certificate.ca,
    fingerprint: certificate.fingerprint256,
  };
}

function alternativeNames(certificate: X509Certificate): string[] {
  return (certificate.subjectAltName ?? '').split(', ').flatMap((each) => /^(?:DNS|IP Address):(.*)$/.exec(each)?.[1] ?? []);
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
