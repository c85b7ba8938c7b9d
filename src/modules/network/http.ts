import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { inEnglish, inRussian, type Text } from '../../base/translated.js';
import type { ActionContext } from '../../sdk/action-context.js';
import { type DialFailure, dial, dialProblem } from './dial.js';
import { shakeHands } from './handshake.js';
import { distrust, tlsProblem } from './tls-words.js';

export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  readonly timeoutMs: number;
  readonly validateCerts: boolean;
  readonly caPath: string | undefined;
  /** Sent once the server asks for them; with `first` at once. Never to another origin. */
  readonly credentials?: { readonly user: string; readonly password: string; readonly first: boolean } | undefined;
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

/** At which stage it ended: those of TCP, the TLS handshake, the certificate, or `http`: no proper answer. */
export type HttpOutcome = DialFailure | 'tls' | 'certificate' | 'http';

/** There was no answer; the message says why. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';

  constructor(
    readonly outcome: HttpOutcome,
    readonly text: Text,
  ) {
    super(inEnglish(text));
  }
}

const largest = 64 * 1024 * 1024;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** One request over connections as the host sees the network, redirects followed. Nothing is needed on the host. Throws HttpFailure. */
export async function exchange(context: ActionContext, wanted: HttpRequest): Promise<HttpAnswer> {
  let now = wanted;
  for (let count = 0; count <= 10; count++) {
    const answer = await authenticated(context, now);
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
    now = { ...now, url, headers, credentials: sameOrigin ? now.credentials : undefined, ...(!keep && { method: 'GET', body: undefined }) };
  }
  throw new HttpFailure('http', `${wanted.url.href} redirects more than 10 times`);
}

async function authenticated(context: ActionContext, wanted: HttpRequest): Promise<HttpAnswer> {
  const { credentials } = wanted;
  if (!credentials) return await once(context, wanted);
  const basic = Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64');
  const known = { ...wanted, headers: { Authorization: `Basic ${basic}`, ...wanted.headers } };
  if (credentials.first) return await once(context, known);
  const answer = await once(context, wanted);
  return answer.status === 401 && /\bbasic\b/i.test(answer.headers['www-authenticate'] ?? '') ? await once(context, known) : answer;
}

async function once(context: ActionContext, wanted: HttpRequest): Promise<HttpAnswer> {
  const { url } = wanted;
  const secure = url.protocol === 'https:';
  const port = Number(url.port) || (secure ? 443 : 80);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const dialled = await dial(context, host, port, wanted.timeoutMs);
  if (dialled.outcome !== 'open') throw new HttpFailure(dialled.outcome, dialProblem(host, port, dialled.outcome, dialled.reason));
  const stream = secure ? await secured(dialled.stream, host, port, wanted, context.signal) : dialled.stream;
  return await send(stream, wanted, context.signal);
}

async function secured(stream: Duplex, host: string, port: number, wanted: HttpRequest, signal: AbortSignal): Promise<Duplex> {
  const shaken = await shakeHands(stream, host, { caPath: wanted.caPath, timeoutMs: wanted.timeoutMs, signal, alpn: ['http/1.1'] });
  if (shaken.outcome !== 'done') {
    stream.destroy();
    throw new HttpFailure('tls', tlsProblem(host, port, shaken.reason));
  }
  if (!shaken.authorized && wanted.validateCerts) {
    shaken.socket.on('error', () => {});
    shaken.socket.destroy();
    throw new HttpFailure('certificate', distrust(host, port, shaken.words ?? ''));
  }
  return shaken.socket;
}

function send(stream: Duplex, { url, method, headers, body, timeoutMs }: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      stream.destroy();
      reject(signal.reason);
    };
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      stream.destroy();
    };
    const fail = (reason: Text) => {
      settle();
      reject(new HttpFailure('http', { en: `${url.origin}: ${inEnglish(reason)}`, ru: `${url.origin}: ${inRussian(reason)}` }));
    };
    let timer = setTimeout(
      () => fail({ en: `no answer within ${timeoutMs / 1000} s`, ru: `нет ответа за ${timeoutMs / 1000} с` }),
      timeoutMs,
    );
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) return stop();
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
          // The clock is one of silence: a long answer may take its time.
          clearTimeout(timer);
          timer = setTimeout(
            () => fail({ en: `it fell silent for ${timeoutMs / 1000} s`, ru: `замолчал на ${timeoutMs / 1000} с` }),
            timeoutMs,
          );
          if (size > largest) fail(`the answer is over ${largest / 1024 / 1024} MiB`);
          else chunks.push(chunk);
        });
        answer.on('error', (error) => fail(error.message));
        answer.on('end', () => {
          settle();
          resolve({ url, status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks), redirected: false });
        });
      },
    );
    asked.on('error', (error) => fail(error.message));
    asked.end(body);
  });
}
