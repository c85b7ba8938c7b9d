import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { trustedRoots } from './trust.js';

export type Handshake =
  | {
      readonly outcome: 'done';
      readonly socket: TLSSocket;
      readonly authorized: boolean;
      readonly problem: string | undefined;
      readonly chain: readonly X509Certificate[];
    }
  | { readonly outcome: 'failed' | 'timeout'; readonly reason: string };

/** A TLS handshake over a stream that is open already. It is done whether the certificate is trusted or not: that is told apart. */
export async function shakeHands(
  stream: Duplex,
  host: string,
  options: { caPath: string | undefined; timeoutMs: number; alpn?: readonly string[] },
): Promise<Handshake> {
  const ca = trustedRoots(options.caPath);
  const name = isIP(host) ? {} : { servername: host };
  return await new Promise((resolve) => {
    const socket = connect({
      socket: stream,
      host,
      ...name,
      ca,
      rejectUnauthorized: false,
      ...(options.alpn && { ALPNProtocols: [...options.alpn] }),
    });
    const timer = setTimeout(
      () => end({ outcome: 'timeout', reason: `no TLS handshake within ${options.timeoutMs / 1000} s` }),
      options.timeoutMs,
    );
    const fail = (error: Error) => end({ outcome: 'failed', reason: error.message });
    const closed = () => end({ outcome: 'failed', reason: 'the connection was closed during the TLS handshake' });
    const end = (found: Handshake) => {
      clearTimeout(timer);
      socket.off('error', fail);
      socket.off('close', closed);
      // What comes after is the user's of the socket.
      if (found.outcome !== 'done') {
        socket.on('error', () => {});
        socket.destroy();
      }
      resolve(found);
    };
    socket.once('error', fail);
    socket.once('close', closed);
    socket.once('secureConnect', () => {
      const problem = socket.authorized ? undefined : String(socket.authorizationError);
      end({ outcome: 'done', socket, authorized: socket.authorized, problem, chain: chainOf(socket) });
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
