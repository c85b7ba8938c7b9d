import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { ActionContext } from '../../sdk/action-context.js';
import { type ArgumentsOf, t } from '../../sdk/arguments.js';
import { defineAction, ModuleFailure, type Result } from '../../sdk/module.js';
import type { ReadView } from '../../sdk/query.js';
import { attributeArguments, planAttributes, resultAttributes } from '../files/attributes.js';
import { expandPath } from '../files/expand-path.js';
import { existing, probeTarget, type Target } from '../files/target.js';
import { planWrite } from '../files/write-plan.js';
import { exchange, HttpFailure } from '../network/http.js';

const spec = {
  url: t.string().required(),
  dest: t.path().required().describe('Where it goes. A directory: into it, under the name in the URL.'),
  checksum: t.string().describe('`sha256:…` (or sha1, sha512, md5) that it must have.'),
  force: t
    .bool()
    .default(false)
    .describe('Asks for it anew even where it is there; else the server is asked whether it has changed since.'),
  ...attributeArguments,
  backup: t.bool().default(false).describe('Keeps the old version beside the file.'),
  headers: t.mapOf(t.string()).default({}),
  url_username: t.string().aliases('username'),
  url_password: t.string().secret().aliases('password'),
  expect_prefix: t.string().describe('How it must begin (`#!`): a page of a proxy or portal is refused.'),
  validate_certs: t.bool().default(true),
  ca_path: t.path().describe('Further authorities that count as trusted: a PEM file on the control machine.'),
  http_agent: t.string().default('chatsctl'),
  timeout: t.duration().default(10).describe('For connecting, and for the answer to begin.'),
};
type Args = ArgumentsOf<typeof spec>;
type Algorithm = 'md5' | 'sha1' | 'sha256' | 'sha512';

export const getUrl = defineAction({
  name: 'get_url',
  summary: 'Downloads a file to the host, as the host sees the network',
  arguments: spec,
  rules: { together: [['url_username', 'url_password']] },
  examples: [
    {
      title: 'an installer',
      task: 'get_url: {url: "https://dist.example.org/installer.sh", dest: /opt/app/installer.sh, mode: "0755", expect_prefix: "#!"}',
    },
    {
      title: 'one version and no other',
      task: 'get_url: {url: "https://dist.example.org/app.tgz", dest: /opt/app.tgz, checksum: "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}',
    },
  ],
  checkMode: 'unknown',
  async guard(args, read) {
    const target = await targetOf(args, read);
    const known = await checksumMatches(args, target, read);
    const { changes } = planAttributes(target.path, target.state, args, target.owners, false);
    return known && !args.force && !changes.length ? resultOf(args, target, 'file already exists') : undefined;
  },
  async run(args, context) {
    const target = await targetOf(args, context.read);
    if (target.state && target.state.type !== 'file') throw new ModuleFailure(`${target.path} is no regular file (${target.state.type})`);
    if (!args.force && (await checksumMatches(args, target, context.read)))
      return await settle(args, target, context, 'file already exists');
    const content = await download(args, target, context);
    if (!content) return await settle(args, target, context, 'not modified');
    verify(args, content);
    const plan = planWrite(target, content, args, { backup: args.backup });
    if (plan.operations.length) await context.apply(plan.operations);
    return {
      changed: plan.changes.length > 0,
      result: { ...plan.result, ...named(args, target), msg: `OK (${content.length} bytes)`, status_code: 200 },
    };
  },
});

async function targetOf(args: Args, read: ReadView): Promise<Target> {
  const dest = await expandPath(args.dest, read);
  const inside = dest.endsWith('/') || existing(await read.stat(dest, { follow: true }))?.type === 'directory';
  if (!URL.canParse(args.url)) throw new ModuleFailure(`"${args.url}" is no URL`);
  const name = posix.basename(new URL(args.url).pathname) || 'index.html';
  return await probeTarget(inside ? posix.join(dest, name) : dest, args, read, { follow: true, contentBy: 'checksum' });
}

function checksumOf({ checksum }: Args): { algorithm: Algorithm; digest: string } | undefined {
  if (checksum === undefined || checksum === '') return undefined;
  const [, algorithm, digest] = /^(md5|sha1|sha256|sha512):([0-9A-Fa-f]+)$/.exec(checksum.trim()) ?? [];
  if (algorithm === undefined || digest === undefined)
    throw new ModuleFailure(`"${checksum}" is no checksum: expected sha256: and hexadecimal digits`);
  return { algorithm: algorithm as Algorithm, digest: digest.toLowerCase() };
}

async function checksumMatches(args: Args, { path, state }: Target, read: ReadView): Promise<boolean> {
  const wanted = checksumOf(args);
  return wanted !== undefined && state?.type === 'file' && (await read.checksum(path, wanted.algorithm)) === wanted.digest;
}

/** Undefined: what is there is what the server has. */
async function download(args: Args, { state }: Target, context: ActionContext): Promise<Buffer | undefined> {
  const since = state && !args.force && checksumOf(args) === undefined ? new Date(state.mtime * 1000).toUTCString() : undefined;
  const user = args.url_username;
  try {
    const answer = await exchange(context, {
      url: new URL(args.url),
      method: 'GET',
      headers: {
        'User-Agent': args.http_agent,
        ...(user !== undefined && { Authorization: `Basic ${Buffer.from(`${user}:${args.url_password ?? ''}`).toString('base64')}` }),
        ...(since !== undefined && { 'If-Modified-Since': since }),
        ...args.headers,
      },
      body: undefined,
      timeoutMs: args.timeout * 1000,
      validateCerts: args.validate_certs,
      caPath: args.ca_path,
      follows: () => true,
    });
    if (answer.status === 304 && since !== undefined) return undefined;
    if (answer.status !== 200)
      throw new ModuleFailure(`${args.url} answers ${answer.status}, expected 200`, { status_code: answer.status, url: answer.url.href });
    return answer.body;
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    throw new ModuleFailure(error.message, { status_code: -1, url: args.url }, { cause: error });
  }
}

function verify(args: Args, content: Buffer): void {
  const wanted = checksumOf(args);
  const found = wanted && createHash(wanted.algorithm).update(content).digest('hex');
  if (found !== wanted?.digest)
    throw new ModuleFailure(`${args.url} has the checksum ${wanted?.algorithm}:${found}, expected ${args.checksum}; nothing was kept`);
  if (args.expect_prefix !== undefined && !content.subarray(0, 4096).toString().startsWith(args.expect_prefix)) {
    const page = /^\s*<(!doctype|html)/i.test(content.subarray(0, 512).toString()) ? 'a page (of a proxy or a portal?)' : 'something else';
    throw new ModuleFailure(`${args.url} gave ${page}: it does not begin with "${args.expect_prefix}"; nothing was kept`);
  }
}

/** The content is right: its attributes are made right too (Ansible forgets them after a 304). */
async function settle(args: Args, target: Target, context: ActionContext, msg: string) {
  const { changes, attributes } = planAttributes(target.path, target.state, args, target.owners, false);
  if (changes.length) await context.apply([{ kind: 'attributes', path: target.path, follow: false, attributes }]);
  return { changed: changes.length > 0, result: resultOf(args, target, msg) };
}

function resultOf(args: Args, target: Target, msg: string): Result {
  const planned = planAttributes(target.path, target.state, args, target.owners, false);
  return {
    ...resultAttributes(target.state, planned, target.owners, false),
    ...named(args, target),
    state: 'file',
    size: target.state?.size ?? 0,
    msg,
  };
}

function named(args: Args, { path }: Target): Result {
  return { url: args.url, dest: path };
}
