import { X509Certificate } from 'node:crypto';
import type { Numbered } from './certificate.js';
import { conversions } from './convert.js';
import { containerIn } from './der.js';
import type { GivenFile } from './given-file.js';
import { type Problem, problem } from './problem.js';
import { textOf } from './text-of.js';

interface ReadCertificates {
  readonly certificates: readonly Numbered[];
  readonly problems: readonly Problem[];
}

// A block ends before the next one begins: where an END line is missing, only that certificate is lost.
const block = /-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----(?:(?!-----BEGIN )[\s\S])*?-----END \1-----/g;
const begin = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** Every certificate of a PEM file. Text between the blocks, CR LF, a byte order mark, UTF-16 and a missing last line feed are fine. */
export function readCertificates({ path: file, content, unreadable }: GivenFile): ReadCertificates {
  const only = (...problems: Problem[]): ReadCertificates => ({ certificates: [], problems });
  if (unreadable !== undefined) return only(problem('CERT-1', 'certificate/not-readable', { file, reason: unreadable }));
  const text = textOf(content);
  if (text.trim() === '') return only(problem('CERT-1', 'certificate/empty', { file }));
  const begins = [...text.matchAll(begin)];
  if (!begins.length) return only(withoutCertificate(file, content, text));
  const blocks = new Map([...text.matchAll(block)].map((each) => [each.index, each[0]]));
  const problems: Problem[] = [];
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) problems.push(problem('CERT-1', 'certificate/key-inside', { file }));
  const certificates: Numbered[] = [];
  for (const [at, { index }] of begins.entries()) {
    const number = at + 1;
    const pem = blocks.get(index);
    const certificate = pem === undefined ? undefined : parse(Buffer.from(pem, 'latin1'));
    if (certificate) certificates.push({ certificate, number });
    else problems.push(problem('CERT-1', pem === undefined ? 'certificate/truncated' : 'certificate/unreadable', { file, number }));
  }
  return { certificates, problems };
}

function withoutCertificate(file: string, content: Buffer, text: string): Problem {
  const told = (code: 'pkcs7' | 'pkcs12' | 'der', ...commands: string[]) =>
    problem('CERT-1', `certificate/${code}`, { file }, { hint: commands.join('\n') });
  if (/-----BEGIN (?:PKCS7|CMS)-----/.test(text)) return told('pkcs7', conversions.certificatesFromPkcs7(file, true));
  if (/-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----/.test(text)) return problem('CERT-1', 'certificate/request', { file });
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return problem('CERT-1', 'certificate/key-instead', { file });
  const container = containerIn(content);
  if (container === 'pkcs7') return told('pkcs7', conversions.certificatesFromPkcs7(file, false));
  if (container === 'pkcs12') return told('pkcs12', conversions.certificatesFromPkcs12(file), conversions.keyFromPkcs12(file));
  if (parse(content)) return told('der', conversions.certificateFromDer(file));
  return problem('CERT-1', 'certificate/no-certificate', { file });
}

function parse(content: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(content);
  } catch {
    return undefined;
  }
}
