import { posix } from 'node:path';
import type { ActionContext } from '../../sdk/action-context.js';
import { type ArgumentsOf, t } from '../../sdk/arguments.js';
import { defineAction, ModuleFailure } from '../../sdk/module.js';
import type { ReadView } from '../../sdk/query.js';
import { guardArguments, guardReason } from '../commands/guard.js';
import { attributeArguments } from '../files/attributes.js';
import { expandPath } from '../files/expand-path.js';
import { existing, probeTarget, requireParent, type Target } from '../files/target.js';
import { planWrite } from '../files/write-plan.js';
import { exchange, HttpFailure, type HttpRequest } from '../network/http.js';
import { bodyOf, headerResult, jsonOf } from '../network/uri-result.js';
import { addressed } from '../network/web-address.js';

const spec = {
  url: t.string().required(),
  method: t.string().default('GET'),
  body: t.any().describe('A text; a mapping or a list with `body_format`.'),
  body_format: t.choice(['raw', 'json', 'form-urlencoded']).default('raw'),
  src: t.controlFileUnless('files', 'remote_src').describe('A file that is the body.'),
  remote_src: t.bool().default(false).describe('`src` is a path on the host.'),
  headers: t.mapOf(t.string()).default({}),
  url_username: t.string().aliases('user'),
  url_password: t.string().secret().aliases('password'),
  force_basic_auth: t.bool().default(false).describe('Sends user and password at once, not only when the server asks for them.'),
  status_code: t.list(t.int()).default([200]).describe('Answers that are fine.'),
  return_content: t.bool().default(false).describe('The content in the result; a failure has it in any case.'),
  dest: t.path().describe('Where the content goes on the host. A directory: into it, under the name in the URL.'),
  force: t.bool().default(false).describe('With `dest`: asks anew; else the server is asked whether it has changed since (304).'),
  ...attributeArguments,
  creates: guardArguments.creates,
  removes: guardArguments.removes,
  follow_redirects: t.choice(['all', 'yes', 'safe', 'no', 'none']).default('safe').describe('`safe`: for GET and HEAD alone.'),
  validate_certs: t.bool().default(true),
  ca_path: t.path().describe('Further authorities that count as trusted: a PEM file on the control machine.'),
  http_agent: t.string().default('chatsctl'),
  timeout: t.duration().default(30).describe('For connecting, for TLS, and for each silence.'),
};
type Args = ArgumentsOf<typeof spec>;

const looking: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export const uri = defineAction({
  name: 'uri',
  summary: 'Asks a web server, as the host sees the network',
  arguments: spec,
  rules: { exclusive: [['body', 'src']], together: [['url_username', 'url_password']] },
  examples: [
    { title: 'does it answer', task: 'uri: {url: "https://app.example.org/health", status_code: [200, 204]}' },
    {
      title: 'with a body',
      task: 'uri: {url: "https://app.example.org/api", method: POST, body: {a: 1}, body_format: json, status_code: 201}',
    },
  ],
  checkMode: (args) => (looking.has(args.method.toUpperCase()) && args.dest === undefined ? 'runs' : 'unknown'),
  async guard(args, read) {
    const reason = await guardReason({ ...args, chdir: undefined }, read);
    return reason === undefined ? undefined : { skipped: true, msg: `Did not run since ${reason}` };
  },
  async run(args, context) {
    const started = context.now();
    const request = await requestOf(args, context.read);
    const target = args.dest === undefined ? undefined : await targetOf(args, args.dest, request.url, context.read);
    if (target?.state?.type === 'file' && !args.force) since(request, target.state.mtime);
    try {
      const answer = await exchange(context, request);
      const fine = args.status_code.includes(answer.status);
      const written = fine && target && answer.status !== 304 ? await write(args, target, answer.body, context) : undefined;
      const json = jsonOf(answer);
      const result = {
        ...headerResult(answer),
        ...written?.result,
        url: answer.url.href,
        status: answer.status,
        redirected: answer.redirected,
        outcome: fine ? 'ok' : 'status',
        elapsed: (context.now() - started) / 1000,
        msg: fine ? `OK (${answer.body.length} bytes)` : `status was ${answer.status}, expected ${args.status_code.join(' or ')}`,
        ...((args.return_content || !fine) && { content: answer.body.toString() }),
        ...(json !== undefined && { json }),
        ...(!fine && { failed: true }),
      };
      return { changed: written?.changed ?? false, result };
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      const result = {
        status: -1,
        outcome: error.outcome,
        url: request.url.href,
        redirected: false,
        elapsed: (context.now() - started) / 1000,
      };
      throw new ModuleFailure(error.text, result, { cause: error });
    }
  },
});

type Request = HttpRequest & { readonly headers: Record<string, string> };

async function requestOf(args: Args, read: ReadView): Promise<Request> {
  const { url, credentials } = addressed(args, ['http:', 'https:']);
  const { body, type } =
    args.src === undefined ? bodyOf(args.body, args.body_format) : { body: await sourceOf(args.src, read), type: undefined };
  const all = args.follow_redirects === 'all' || args.follow_redirects === 'yes';
  return {
    url,
    method: args.method.toUpperCase(),
    headers: { 'User-Agent': args.http_agent, ...(type !== undefined && { 'Content-Type': type }), ...args.headers },
    body,
    timeoutMs: args.timeout * 1000,
    validateCerts: args.validate_certs,
    caPath: args.ca_path,
    credentials,
    follows: (method) => all || (args.follow_redirects === 'safe' && (method === 'GET' || method === 'HEAD')),
  };
}

async function sourceOf(src: NonNullable<Args['src']>, read: ReadView): Promise<Buffer> {
  if (typeof src !== 'string') return await src.content();
  const content = await read.readFile(await expandPath(src, read));
  if (!content) throw new ModuleFailure(`${src} is not there on the host`);
  return content;
}

function since(request: Request, mtime: number): void {
  request.headers['If-Modified-Since'] ??= new Date(mtime * 1000).toUTCString();
}

async function targetOf(args: Args, given: string, url: URL, read: ReadView): Promise<Target> {
  const dest = await expandPath(given, read);
  const inside = dest.endsWith('/') || existing(await read.stat(dest, { follow: true }))?.type === 'directory';
  const path = inside ? posix.join(dest, posix.basename(url.pathname) || 'index.html') : dest;
  const target = await probeTarget(path, args, read, { follow: true, contentBy: 'checksum' });
  requireParent(target);
  return target;
}

async function write(args: Args, target: Target, content: Buffer, context: ActionContext) {
  const plan = planWrite(target, content, args);
  if (plan.operations.length) await context.apply(plan.operations);
  return { changed: plan.changes.length > 0, result: { ...plan.result, path: target.path } };
}
