import { posix } from 'node:path';
import { knownAfterApply } from '../../base/value.js';
import type { ActionContext } from '../../sdk/action-context.js';
import { type ArgumentsOf, t } from '../../sdk/arguments.js';
import { type ActionOutcome, defineAction, ModuleFailure, type Result } from '../../sdk/module.js';
import type { Operation } from '../../sdk/operation.js';
import type { ReadView } from '../../sdk/query.js';
import { attributeArguments, planAttributes, resultAttributes } from '../files/attributes.js';
import { expandPath } from '../files/expand-path.js';
import { existing, probeTarget, requireParent, type Target } from '../files/target.js';
import { keeping, planWrite } from '../files/write-plan.js';
import { checksumOf } from '../network/checksum.js';
import { type Fetched, fetchFile } from '../network/fetch-file.js';
import { addressed } from '../network/web-address.js';

const spec = {
  url: t.string().required(),
  dest: t.path().required().identifies().describe('Where it goes. A directory: into it, under the name in the URL.'),
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
  force_basic_auth: t.bool().default(false).describe('Sends user and password at once, not only when the server asks for them.'),
  expect_prefix: t.string().describe('How it must begin (`#!`): a page of a proxy or portal is refused.'),
  tmp_dest: t.path().describe("The host's directory for what is on its way. Left out: TMPDIR, or /tmp."),
  use_proxy: t.bool().default(true).describe("False: past the proxies of the host's environment."),
  validate_certs: t.bool().default(true),
  ca_path: t.path().describe('Further authorities that count as trusted: a PEM file on the control machine.'),
  http_agent: t.string().default('chatsctl'),
  timeout: t.duration().default(10).describe('For connecting, and for each silence.'),
};
type Args = ArgumentsOf<typeof spec>;

export const getUrl = defineAction({
  name: 'get_url',
  summary: "Downloads a file to the host, by the host's wget or curl where it has one",
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
    const known = await isRight(args, target, read);
    const { changes } = planAttributes(target.path, target.state, args, target.owners, false);
    return known && !args.force && !changes.length ? { ...resultOf(args, target), msg: 'file already exists' } : undefined;
  },
  async foresee(args, read) {
    const { path, state, owners } = await targetOf(args, read);
    const content = { subject: path, attribute: 'content', before: state ? `${state.size} bytes` : null, after: knownAfterApply };
    return [content, ...planAttributes(path, state, args, owners, false).changes];
  },
  async run(args, context) {
    const target = await targetOf(args, context.read);
    const started = context.now();
    if (target.state && target.state.type !== 'file') throw new ModuleFailure(`${target.path} is no regular file (${target.state.type})`);
    requireParent(target);
    if (!args.force && (await isRight(args, target, context.read)))
      return await settle(args, target, context, { msg: 'file already exists' });
    const wanted = checksumOf(args.checksum);
    const fetched = await fetchFile(context, await downloadOf(args, target, context.read), wanted);
    const elapsed = () => (context.now() - started) / 1000;
    if (!fetched) return await settle(args, target, context, { msg: 'not modified', status_code: 304, elapsed: elapsed() });
    const { operations, changed, result } = await planned(args, target, fetched, context);
    if (operations.length) await applyAndClear(operations, context);
    const { size, by } = fetched;
    return {
      changed,
      result: { ...result, ...named(args, target), msg: `OK (${size} bytes)`, status_code: 200, downloaded_by: by, elapsed: elapsed() },
    };
  },
});

async function targetOf(args: Args, read: ReadView): Promise<Target> {
  const { url } = addressed(args, ['http:', 'https:', 'ftp:']);
  const dest = await expandPath(args.dest, read);
  const inside = dest.endsWith('/') || existing(await read.stat(dest, { follow: true }))?.type === 'directory';
  const name = posix.basename(url.pathname) || 'index.html';
  return await probeTarget(inside ? posix.join(dest, name) : dest, args, read, { follow: true, contentBy: 'checksum' });
}

/** Does the file have the checksum that is wanted? */
async function isRight(args: Args, { path, state }: Target, read: ReadView): Promise<boolean> {
  const wanted = checksumOf(args.checksum);
  return wanted !== undefined && state?.type === 'file' && (await read.checksum(path, wanted.algorithm)) === wanted.digest;
}

async function downloadOf(args: Args, { state }: Target, read: ReadView) {
  const { url, credentials } = addressed(args, ['http:', 'https:', 'ftp:']);
  const since = state && !args.force && checksumOf(args.checksum) === undefined ? new Date(state.mtime * 1000).toUTCString() : undefined;
  return {
    url,
    credentials,
    headers: { ...(since !== undefined && { 'If-Modified-Since': since }), ...args.headers },
    agent: args.http_agent,
    timeout: args.timeout,
    validateCerts: args.validate_certs,
    caPath: args.ca_path,
    useProxy: args.use_proxy,
    temporary: args.tmp_dest === undefined ? undefined : await expandPath(args.tmp_dest, read),
  };
}

/** What puts it in its place; a folder on the host goes in any case, also when it is not what was wanted. */
async function planned(args: Args, target: Target, fetched: Fetched, context: ActionContext) {
  if (!('folder' in fetched)) {
    verify(args, fetched);
    const { changes, operations, result } = planWrite(target, fetched.content, args, { backup: args.backup });
    return { operations, changed: changes.length > 0, result };
  }
  const away: Operation = { kind: 'remove', path: fetched.folder, recurse: true };
  try {
    verify(args, fetched);
    const { path, state } = target;
    const { changes, attributes } = planAttributes(path, state, args, target.owners, false);
    const same = state !== undefined && target.checksum === fetched.sha256;
    const operations: Operation[] = same
      ? changes.length
        ? [{ kind: 'attributes', path, follow: false, attributes }]
        : []
      : [...keeping(path, state !== undefined, args), { kind: 'copy', from: `${fetched.folder}/body`, path, attributes }];
    return { operations: [...operations, away], changed: operations.length > 0, result: { ...resultOf(args, target), size: fetched.size } };
  } catch (error) {
    await context.apply([away]);
    throw error;
  }
}

/** The operations end with taking the temporary folder away; where one before it fails, that has to be done still. */
async function applyAndClear(operations: readonly Operation[], context: ActionContext): Promise<void> {
  try {
    await context.apply(operations);
  } catch (error) {
    const away = operations.filter((each) => each.kind === 'remove');
    if (away.length) await context.apply(away).catch(() => {});
    throw error;
  }
}

function verify(args: Args, { digest, head, size }: Fetched): void {
  const wanted = checksumOf(args.checksum);
  const { url } = addressed(args, ['http:', 'https:', 'ftp:']);
  const refuse = (msg: string) => new ModuleFailure(msg, { url: url.href, status_code: 200, outcome: 'content' });
  if (wanted && digest !== wanted.digest)
    throw refuse(`${url.href} has the checksum ${wanted.algorithm}:${digest}, expected ${args.checksum}; nothing was kept`);
  if (args.expect_prefix !== undefined && !head.toString().startsWith(args.expect_prefix)) {
    const page = /^\s*<(!doctype|html)/i.test(head.toString())
      ? 'a page (of a proxy or a portal?)'
      : size === 0
        ? 'nothing'
        : 'something else';
    throw refuse(`${url.href} gave ${page}: it does not begin with "${args.expect_prefix}"; nothing was kept`);
  }
}

/** The content is right: its attributes are made right too (Ansible forgets them after a 304). */
async function settle(args: Args, target: Target, context: ActionContext, said: Result): Promise<ActionOutcome> {
  const { changes, attributes } = planAttributes(target.path, target.state, args, target.owners, false);
  if (changes.length) await context.apply([{ kind: 'attributes', path: target.path, follow: false, attributes }]);
  return { changed: changes.length > 0, result: { ...resultOf(args, target), ...said } };
}

function resultOf(args: Args, target: Target): Result {
  const plan = planAttributes(target.path, target.state, args, target.owners, false);
  return {
    ...resultAttributes(target.state, plan, target.owners, false),
    ...named(args, target),
    state: 'file',
    size: target.state?.size ?? 0,
  };
}

function named(args: Args, { path }: Target): Result {
  return { url: addressed(args, ['http:', 'https:', 'ftp:']).url.href, dest: path };
}
