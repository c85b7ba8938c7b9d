import { createHash } from 'node:crypto';
import type { Text } from '../../base/translated.js';
import type { ActionContext } from '../../sdk/action-context.js';
import { ModuleFailure } from '../../sdk/module.js';
import type { Checksum } from './checksum.js';
import { diagnose } from './diagnose.js';
import { type Download, downloadOnHost, type HostDownload } from './host-download.js';
import { exchange, HttpFailure, type HttpOutcome } from './http.js';

/** What came: a file on the host in a folder that has to be removed, or where the host has no program for it the content itself. */
export type Fetched = {
  readonly size: number;
  readonly sha256: string;
  readonly digest: string;
  readonly head: Buffer;
  readonly by: string;
} & ({ readonly folder: string } | { readonly content: Buffer });

/** Undefined: it has not changed since (304). Throws ModuleFailure with `status_code` and `outcome`. */
export async function fetchFile(context: ActionContext, download: Download, wanted: Checksum | undefined): Promise<Fetched | undefined> {
  const algorithm = wanted?.algorithm ?? 'sha256';
  const answer = await downloadOnHost(context, download, algorithm);
  if (!answer) return await fetchByControl(context, download, algorithm);
  if (answer.complete) return answer;
  if (answer.status === 304) return undefined;
  throw await failureOf(context, download, answer);
}

async function failureOf(context: ActionContext, download: Download, { by, rc, status, said }: HostDownload): Promise<ModuleFailure> {
  const { url, validateCerts, caPath } = download;
  if (status !== undefined && status >= 300) return failed(download, status, 'status', answers(url, status));
  const found = await diagnose(context, { url, validateCerts, caPath, timeoutMs: download.timeout * 1000 });
  const quoted = said === '' ? '' : `: ${said}`;
  const detail = { en: `${by} ended with ${rc}${quoted}`, ru: `${by} завершился с ${rc}${quoted}` };
  if (!found) return failed(download, -1, 'http', { en: `${url.href}: ${detail.en}`, ru: `${url.href}: ${detail.ru}` });
  const { en, ru = en } = found.msg;
  return failed(download, -1, found.outcome, { en: `${en} (${detail.en})`, ru: `${ru} (${detail.ru})` });
}

/** Over connections as the host sees the network, by the control machine. */
async function fetchByControl(context: ActionContext, download: Download, algorithm: string): Promise<Fetched | undefined> {
  const { url, credentials, headers, agent, timeout, validateCerts, caPath } = download;
  if (url.protocol === 'ftp:') throw failed(download, -1, 'http', `${url.href}: the host has neither wget nor curl, ftp needs one of them`);
  try {
    const { status, body } = await exchange(context, {
      url,
      method: 'GET',
      headers: { 'User-Agent': agent, ...headers },
      body: undefined,
      timeoutMs: timeout * 1000,
      validateCerts,
      caPath,
      credentials,
      follows: () => true,
    });
    if (status === 304 && 'If-Modified-Since' in headers) return undefined;
    if (status !== 200) throw failed(download, status, 'status', answers(url, status));
    const digest = (name: string) => createHash(name).update(body).digest('hex');
    return {
      by: 'chatsctl',
      content: body,
      size: body.length,
      sha256: digest('sha256'),
      digest: digest(algorithm),
      head: body.subarray(0, 256),
    };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    throw failed(download, -1, error.outcome, error.text);
  }
}

function failed({ url }: Download, status: number, outcome: HttpOutcome | 'status', msg: Text): ModuleFailure {
  return new ModuleFailure(msg, { url: url.href, status_code: status, outcome });
}

function answers({ href }: URL, status: number): Text {
  return { en: `${href} answers ${status}, expected 200`, ru: `${href} отвечает ${status}, ожидалось 200` };
}
