import { isMap, type Value, type ValueMap } from '../../base/value.js';
import { type ArgumentsOf, t } from '../../sdk/arguments.js';
import { defineAction, ModuleFailure } from '../../sdk/module.js';
import { exchange, HttpFailure, type HttpRequest } from '../network/http.js';

const spec = {
  url: t.string().required(),
  method: t.string().default('GET'),
  body: t.any().describe('A text; a mapping or a list with `body_format`.'),
  body_format: t.choice(['raw', 'json', 'form-urlencoded']).default('raw'),
  headers: t.mapOf(t.string()).default({}),
  url_username: t.string().aliases('user'),
  url_password: t.string().secret().aliases('password'),
  status_code: t.list(t.int()).default([200]).describe('Answers that are fine.'),
  return_content: t.bool().default(false).describe('The content in the result; a failure has it in any case.'),
  follow_redirects: t.choice(['all', 'yes', 'safe', 'no', 'none']).default('safe').describe('`safe`: for GET and HEAD alone.'),
  validate_certs: t.bool().default(true),
  ca_path: t.path().describe('Further authorities that count as trusted: a PEM file on the control machine.'),
  http_agent: t.string().default('chatsctl'),
  timeout: t.duration().default(30),
};
type Args = ArgumentsOf<typeof spec>;

const looking: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export const uri = defineAction({
  name: 'uri',
  summary: 'Asks a web server, as the host sees the network',
  arguments: spec,
  rules: { together: [['url_username', 'url_password']] },
  examples: [
    { title: 'does it answer', task: 'uri: {url: "https://app.example.org/health", status_code: [200, 204]}' },
    {
      title: 'with a body',
      task: 'uri: {url: "https://app.example.org/api", method: POST, body: {a: 1}, body_format: json, status_code: 201}',
    },
  ],
  checkMode: (args) => (looking.has(args.method.toUpperCase()) ? 'runs' : 'unknown'),
  async run(args, context) {
    const started = context.now();
    const request = requestOf(args);
    try {
      const { url, status, headers, body, redirected } = await exchange(context, request);
      const text = body.toString();
      const fine = args.status_code.includes(status);
      const type = headers['content-type'] ?? '';
      const json = /^application\/(?:[\w.+-]*\+)?json\b/.test(type) ? parsed(text) : undefined;
      const result: ValueMap = {
        ...Object.fromEntries(
          Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name.replaceAll('-', '_'), String(value)]])),
        ),
        url: url.href,
        status,
        redirected,
        elapsed: (context.now() - started) / 1000,
        msg: fine ? `OK (${body.length} bytes)` : `status was ${status}, expected ${args.status_code.join(' or ')}`,
        ...((args.return_content || !fine) && { content: text }),
        ...(json !== undefined && { json }),
        ...(!fine && { failed: true }),
      };
      return { changed: false, result };
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      throw new ModuleFailure(error.message, { status: -1, url: request.url.href, redirected: false }, { cause: error });
    }
  },
});

function requestOf(args: Args): HttpRequest {
  const { url: text } = args;
  if (!URL.canParse(text)) throw new ModuleFailure(`"${text}" is no URL`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new ModuleFailure(`"${text}" is neither http nor https`);
  const { body, type } = bodyOf(args.body, args.body_format);
  const user = args.url_username;
  const headers = {
    'User-Agent': args.http_agent,
    ...(type !== undefined && { 'Content-Type': type }),
    ...(user !== undefined && { Authorization: `Basic ${Buffer.from(`${user}:${args.url_password ?? ''}`).toString('base64')}` }),
    ...args.headers,
  };
  const all = args.follow_redirects === 'all' || args.follow_redirects === 'yes';
  return {
    url,
    method: args.method.toUpperCase(),
    headers,
    body,
    timeoutMs: args.timeout * 1000,
    validateCerts: args.validate_certs,
    caPath: args.ca_path,
    follows: (method) => all || (args.follow_redirects === 'safe' && (method === 'GET' || method === 'HEAD')),
  };
}

function bodyOf(body: Value | undefined, format: Args['body_format']): { body: Buffer | undefined; type: string | undefined } {
  if (body === undefined || body === null) return { body: undefined, type: undefined };
  if (format === 'json') return { body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), type: 'application/json' };
  if (format === 'form-urlencoded') {
    const text = isMap(body)
      ? new URLSearchParams(Object.entries(body).map(([name, value]): [string, string] => [name, String(value)])).toString()
      : String(body);
    return { body: Buffer.from(text), type: 'application/x-www-form-urlencoded' };
  }
  return { body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), type: undefined };
}

function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
