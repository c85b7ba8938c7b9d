import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ActionContext } from '../../sdk/action-context.js';
import { dial, dialProblem } from './dial.js';
import { shakeHands } from './handshake.js';

export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  readonly timeoutMs: number;
  readonly validateCerts: boolean;
  readonly caPath: string | undefined;
  /** Whether a redirect is followed, by the method that it would be followed with. */
  readonly follows: (method: string) => boolean;
}

export interface HttpAnswer {
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly redirected: boolean;
}

/** There was no answer; the message says at which stage. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';
}

const largest = 64 * 1024 * 1024;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** One request over connections as the host sees the network, redirects followed. Nothing is needed on the host. Throws HttpFailure. */
export async function exchange(context: ActionContext, wanted: HttpRequest): Promise<HttpAnswer> {
  let now = wanted;
  for (let count = 0; count <= 10; count++) {
    const answer = await once(context, now);
    const next = answer.headers.location;
    if (!redirects.has(answer.status) || next === undefined || !now.follows(now.method)) return { ...answer, redirected: count > 0 };
    const url = new URL(next, now.url);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return { ...answer, redirected: count > 0 };
    // As browsers do, and Ansible: only 307 and 308 keep the method.
    const keep = answer.status >= 307 || now.method === 'GET' || now.method === 'HEAD';
    const sameOrigin = url.origin === now.url.origin;
    const headers = sameOrigin
      ? now.headers
      : Object.fromEntries(Object.entries(now.headers).filter(([name]) => !/^(authorization|cookie)$/i.test(name)));
    now = { ...now, url, headers, ...(!keep && { method: 'GET', body: undefined }) };
  }
  throw new HttpFailure(`${wanted.url.href} redirects more than 10 times`);
}

async function once(context: ActionContext, wanted: HttpRequest): Promise<HttpAnswer> {
  const { url } = wanted;
  const secure = url.protocol === 'https:';
  const port = Number(url.port) || (secure ? 443 : 80);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const dialled = await dial(context, host, port, wanted.timeoutMs);
  if (dialled.outcome !== 'open') throw new HttpFailure(dialProblem(host, port, dialled.outcome, dialled.reason));
  const stream = secure ? await secured(dialled.stream, host, port, wanted) : dialled.stream;
  return await send(stream, wanted);
}

async function secured(stream: Duplex, host: string, port: number, wanted: HttpRequest): Promise<Duplex> {
  const shaken = await shakeHands(stream, host, { caPath: wanted.caPath, timeoutMs: wanted.timeoutMs, alpn: ['http/1.1'] });
  if (shaken.outcome !== 'done') {
    stream.destroy();
    throw new HttpFailure(`${host} port ${port} answers, but not with TLS: ${shaken.reason}`);
  }
  if (!shaken.authorized && wanted.validateCerts) {
    shaken.socket.on('error', () => {});
    shaken.socket.destroy();
    throw new HttpFailure(`the certificate of ${host} port ${port} is not trusted: ${shaken.problem}`);
  }
  return shaken.socket;
}

function send(stream: Duplex, { url, method, headers, body, timeoutMs }: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      clearTimeout(timer);
      stream.destroy();
      reject(new HttpFailure(`${url.origin}: ${reason}`));
    };
    const timer = setTimeout(() => fail(`no answer within ${timeoutMs / 1000} s`), timeoutMs);
    stream.on('error', (error) => fail(error.message));
    const asked = request(
      {
        method,
        path: `${url.pathname}${url.search}`,
        headers: { Host: url.host, Connection: 'close', ...headers, ...(body && { 'Content-Length': String(body.length) }) },
        createConnection: () => stream,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        let size = 0;
        answer.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > largest) fail(`the answer is over ${largest / 1024 / 1024} MiB`);
          else chunks.push(chunk);
        });
        answer.on('error', (error) => fail(error.message));
        answer.on('end', () => {
          clearTimeout(timer);
          stream.destroy();
          resolve({ url, status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks), redirected: false });
        });
      },
    );
    asked.on('error', (error) => fail(error.message));
    asked.end(body);
  });
}
