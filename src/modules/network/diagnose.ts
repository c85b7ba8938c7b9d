import type { Translated } from '../../base/translated.js';
import type { ActionContext } from '../../sdk/action-context.js';
import { dial, dialProblem } from './dial.js';
import { shakeHands } from './handshake.js';
import type { HttpOutcome } from './http.js';
import { distrust, tlsProblem } from './tls-words.js';

interface Reached {
  readonly url: URL;
  readonly timeoutMs: number;
  readonly validateCerts: boolean;
  readonly caPath: string | undefined;
}

/** At which stage a program of the host must have failed, found by the same way as the host sees it. Undefined: TCP and TLS are fine. */
export async function diagnose(
  context: ActionContext,
  { url, timeoutMs, ...trust }: Reached,
): Promise<{ outcome: HttpOutcome; msg: Translated } | undefined> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : url.protocol === 'ftp:' ? 21 : 80);
  const dialled = await dial(context, host, port, timeoutMs);
  if (dialled.outcome === 'forbidden') return undefined;
  if (dialled.outcome !== 'open') return { outcome: dialled.outcome, msg: dialProblem(host, port, dialled.outcome, dialled.reason) };
  dialled.stream.on('error', () => {});
  if (url.protocol !== 'https:') {
    dialled.stream.destroy();
    return undefined;
  }
  const shaken = await shakeHands(dialled.stream, host, { caPath: trust.caPath, timeoutMs, signal: context.signal });
  if (shaken.outcome !== 'done') return { outcome: 'tls', msg: tlsProblem(host, port, shaken.reason) };
  shaken.socket.on('error', () => {});
  // It takes the stream below with it. The other way about, in one turn, ends Node 20 with a segmentation fault [tried].
  shaken.socket.destroy();
  if (shaken.authorized || !trust.validateCerts) return undefined;
  return { outcome: 'certificate', msg: distrust(host, port, shaken.words ?? '') };
}
