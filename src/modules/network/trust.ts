import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { ModuleFailure } from '../../sdk/module.js';
import { isSelfSigned } from '../certificates/certificate.js';

const systemStore = '/etc/ssl/certs/ca-certificates.crt';
const block = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

let known: readonly string[] | undefined;

/** What a certificate is judged by: Node's roots, those of the control machine's system, of SSL_CERT_FILE and NODE_EXTRA_CA_CERTS, and of `caPath`. */
export function trustedRoots(caPath: string | undefined): string[] {
  known ??= [...rootCertificates, ...readBlocks(systemStore), ...environmentRoots()];
  return caPath === undefined ? [...known] : [...known, ...anchorsOf(caPath)];
}

/** What the control machine's environment adds. */
export function environmentRoots(): string[] {
  const { SSL_CERT_FILE: own, NODE_EXTRA_CA_CERTS: extra } = process.env;
  return [own, extra].flatMap((path) => (path && path !== systemStore ? readBlocks(path) : []));
}

/**
 * What is trusted of a file: its roots. An operator gives a server's whole chain; were its intermediate certificate trusted as well, a server
 * that does not send it would go unnoticed. A file without a root is trusted as it is.
 */
export function anchorsOf(caPath: string): string[] {
  if (!existsSync(caPath)) throw new ModuleFailure(`${caPath} is not there on the control machine`);
  const blocks = readBlocks(caPath);
  if (!blocks.length) throw new ModuleFailure(`${caPath} has no certificate in PEM form (-----BEGIN CERTIFICATE-----)`);
  const roots = blocks.filter((each) => isRoot(each, caPath));
  return roots.length ? roots : blocks;
}

function isRoot(pem: string, path: string): boolean {
  try {
    return isSelfSigned(new X509Certificate(pem));
  } catch (error) {
    throw new ModuleFailure(`${path}: a certificate in it is damaged and cannot be read`, {}, { cause: error });
  }
}

function readBlocks(path: string): string[] {
  return existsSync(path) ? (readFileSync(path, 'latin1').match(block) ?? []) : [];
}
