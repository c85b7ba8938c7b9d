import { existsSync, readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { ModuleFailure } from '../../sdk/module.js';

const systemStore = '/etc/ssl/certs/ca-certificates.crt';
const block = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

let known: readonly string[] | undefined;

/** What a certificate is judged by: Node's roots, those of the control machine's system, of SSL_CERT_FILE, and of `caPath`. */
export function trustedRoots(caPath: string | undefined): string[] {
  const { SSL_CERT_FILE: extra } = process.env;
  known ??= [...rootCertificates, ...readBlocks(systemStore), ...(extra && extra !== systemStore ? readBlocks(extra) : [])];
  if (caPath === undefined) return [...known];
  if (!existsSync(caPath)) throw new ModuleFailure(`${caPath} is not there on the control machine`);
  return [...known, ...readBlocks(caPath)];
}

function readBlocks(path: string): string[] {
  return existsSync(path) ? (readFileSync(path, 'latin1').match(block) ?? []) : [];
}
