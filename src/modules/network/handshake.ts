import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import type { Text } from '../../base/translated.js';
import { explainDistrust, explainHandshake } from './tls-words.js';
import { trustedRoots } from './trust.js';

export type Handshake =
  | {
      readonly outcome: 'done';
      readonly socket: TLSSocket;
      readonly authorized: boolean;
      /** The code by which the certificate is not trusted. */
      readonly problem: string | undefined;
      /** The same in an operator's words. */
      readonly words: Text | undefined;
      readonly chain: readonly X509Certificate[];
    }
  | { readonly outcome: 'failed' | 'timeout'; readonly reason: Text };

/** A TLS handshake over a stream that is open already. It is done whether the certificate is trusted or not: that is told apart. */
export async function shakeHands(
  stream: Duplex,
  host: string,
  options: { caPath: string | undefined; timeoutMs: number; signal: AbortSignal; alpn?: readonly string[] },
): Promise<Handshake> {
  const { signal } = options;
  signal.throwIfAborted();
  const ca = trustedRoots(options.caPath);
  const seconds = options.timeoutMs / 1000;
  const name = isIP(host) ? {} : { servername: host };
  return await new Promise((resolve, reject) => {
    const socket = connect({
      socket: stream,
      host,
      ...name,
      ca,
      rejectUnauthorized: false,
      ...(options.alpn && { ALPNProtocols: [...options.alpn] }),
    });
    const timer = setTimeout(
      () =>
        end({
          outcome: 'timeout',
          reason: { en: `no TLS handshake within ${seconds} s`, ru: `рукопожатие TLS не завершилось за ${seconds} с` },
        }),
      options.timeoutMs,
    );
    const fail = (error: Error) => end({ outcome: 'failed', reason: explainHandshake(error, host) });
    const closed = () => end({ outcome: 'failed', reason: explainHandshake(undefined, host) });
    const end = (found: Handshake) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      socket.off('error', fail);
      socket.off('close', closed);
      // What comes after is the user's of the socket.
      if (found.outcome !== 'done') {
        socket.on('error', () => {});
        socket.destroy();
      }
      resolve(found);
    };
    // At an orderly stop or the task's timeout nothing was found out.
    const stop = () => {
      reject(signal.reason);
      end({ outcome: 'failed', reason: '' });
    };
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', fail);
    socket.once('close', closed);
    socket.once('secureConnect', () => {
      const chain = chainOf(socket);
      const problem = socket.authorized ? undefined : String(socket.authorizationError);
      const words = problem === undefined ? undefined : explainDistrust(problem, chain, host);
      end({ outcome: 'done', socket, authorized: socket.authorized, problem, words, chain });
    });
  });
}

/** What the server sent, leaf first. */
function chainOf(socket: TLSSocket): X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let each = socket.getPeerX509Certificate(); each && chain.length < 20; each = each.issuerCertificate) {
    if (chain.some((known) => known.fingerprint256 === each?.fingerprint256)) break;
    chain.push(each);
  }
  return chain;
}
