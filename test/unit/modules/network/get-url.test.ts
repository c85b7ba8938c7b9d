import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import type { ValueMap } from '../../../../src/base/value.js';
import { getUrl } from '../../../../src/modules/action/get_url.js';
import type { ActionContext, ExecRequest } from '../../../../src/sdk/action-context.js';
import { coerce } from '../../../../src/sdk/arguments.js';
import { ModuleFailure } from '../../../../src/sdk/module.js';
import { createAuthority } from '../../../lab/pki.js';
import { fakeAction } from '../fake-contexts.js';
import { givenHost } from '../given-host.js';

// get_url's script is run for real, by this machine's wget and curl, against loopback.

const folder = mkdtempSync(join(tmpdir(), 'get-url-'));
const temporary = join(folder, 'tmp');
mkdirSync(temporary);
const servers: (Server | TcpServer)[] = [];
afterAll(() => {
  for (const each of servers) each.close();
  rmSync(folder, { recursive: true });
});

async function listen(server: Server | TcpServer): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const installer = '#!/bin/sh\necho installed\n';
const asked: { path: string; authorization: string | undefined; own: string | undefined }[] = [];
const http = createServer((request, response) => {
  const { authorization, 'x-own': own } = request.headers;
  asked.push({ path: request.url ?? '', authorization, own: typeof own === 'string' ? own : undefined });
  if (request.url === '/secret' && !authorization) response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
  else if (request.headers['if-modified-since']) response.writeHead(304).end();
  else if (request.url === '/gone') response.writeHead(404).end('<html>not here');
  else if (request.url === '/moved') response.writeHead(302, { Location: '/installer.sh' }).end();
  else if (request.url === '/portal') response.end('<!DOCTYPE html><p>log in');
  else if (request.url === '/empty') response.end();
  else response.end(installer);
});
const port = await listen(http);
const authority = await createAuthority('Example');
const leaf = await authority.issue(['localhost']);
const root = join(folder, 'root.pem');
writeFileSync(root, authority.root);
const tls = await listen(
  createHttps({ cert: leaf.certificate + authority.intermediate, key: leaf.key }, (_, response) => response.end(installer)),
);
const closed = await listen(createTcp());
servers.pop()?.close();

/** A PATH with what a Debian host has, and one of the two; each start of it is noted with its arguments. */
function pathWith(program: 'wget' | 'curl' | 'neither'): { path: string; started: () => string } {
  const bin = mkdtempSync(join(folder, `${program}-`));
  const needed = ['mktemp', 'rm', 'cat', 'sed', 'tail', 'wc', 'tr', 'sha256sum', 'sha512sum', 'md5sum', 'cut', 'head', 'od'];
  const find = (name: string) => execFileSync('/bin/sh', ['-c', `command -v ${name} || true`], { encoding: 'utf8' }).trim();
  for (const name of needed) symlinkSync(find(name), join(bin, name));
  const log = join(bin, 'started.log');
  if (program !== 'neither') {
    writeFileSync(join(bin, program), `#!/bin/sh\nprintf '%s\\n' "$@" >>'${log}'\nexec ${find(program)} "$@"\n`);
    chmodSync(join(bin, program), 0o755);
  }
  return { path: bin, started: () => (existsSync(log) ? readFileSync(log, 'utf8') : '') };
}

const available = (['wget', 'curl'] as const).filter(
  (each) => execFileSync('/bin/sh', ['-c', `command -v ${each} || true`], { encoding: 'utf8' }) !== '',
);

async function run(program: 'wget' | 'curl' | 'neither', args: ValueMap, files: Record<string, string> = { '/opt/.keep': '' }) {
  const host = givenHost({ files });
  const bin = pathWith(program);
  const fake = fakeAction({ args, expect: {} }, host);
  const exec = async ({ script = '' }: ExecRequest) => {
    const child = spawn('/bin/sh', ['-s'], { env: { PATH: bin.path, TMPDIR: temporary, HOME: folder } });
    child.stdin.end(script);
    const [stdout, stderr, [rc]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    const made = /^folder=(.*)$/m.exec(stdout)?.[1];
    // What lies in the temporary folder is on the host; it goes when the module takes the folder away.
    if (made) host.put(`${made}/body`, { type: 'file', content: readFileSync(join(made, 'body')) });
    return { rc: Number(rc), stdout, stderr };
  };
  const context: ActionContext = { ...fake.context, exec };
  try {
    const done = await getUrl.run(coerce(getUrl.arguments, { dest: '/opt/installer.sh', timeout: 5, ...args }, 'get_url'), context);
    return { ...done, failure: undefined, host, started: bin.started() };
  } catch (error) {
    if (!(error instanceof ModuleFailure)) throw error;
    return { changed: false, result: error.result, failure: error.message, host, started: bin.started() };
  }
}

const left = (host: ReturnType<typeof givenHost>) => [...host.nodes.keys()].filter((each) => each.includes('chatsctl-get_url.'));
const at = (path: string) => `http://127.0.0.1:${port}${path}`;

describe.each([...available, 'neither'] as const)('get_url by %s', (program) => {
  const by = program === 'neither' ? 'chatsctl' : program;

  it('puts the file in its place, and leaves nothing behind', async () => {
    const { changed, result, host, failure } = await run(program, { url: at('/moved'), mode: '0755', expect_prefix: '#!' });
    expect(failure).toBeUndefined();
    expect(changed).toBe(true);
    expect(result).toMatchObject({ dest: '/opt/installer.sh', mode: '0755', status_code: 200, downloaded_by: by, size: installer.length });
    expect(host.nodes.get('/opt/installer.sh')?.content.toString()).toBe(installer);
    expect(left(host)).toEqual([]);
  });

  it('the same content is no change, but its mode may be one', async () => {
    const there = { '/opt/installer.sh': installer };
    expect((await run(program, { url: at('/installer.sh'), force: true }, there)).changed).toBe(false);
    const mode = await run(program, { url: at('/installer.sh'), force: true, mode: '0755' }, there);
    expect(mode.changed).toBe(true);
    expect(mode.host.nodes.get('/opt/installer.sh')?.mode).toBe(0o755);
    expect(left(mode.host)).toEqual([]);
  });

  it('asks whether it has changed, and sets the mode after a 304 too', async () => {
    const { changed, result, failure } = await run(program, { url: at('/installer.sh'), mode: '0750' }, { '/opt/installer.sh': 'mine' });
    expect(failure).toBeUndefined();
    expect(changed).toBe(true);
    expect(result).toMatchObject({ msg: 'not modified', mode: '0750' });
  });

  it('keeps nothing that is not what was wanted', async () => {
    const page = await run(program, { url: at('/portal'), expect_prefix: '#!' });
    expect(page.failure).toContain('a page (of a proxy or a portal?)');
    const empty = await run(program, { url: at('/empty'), expect_prefix: '#!' });
    expect(empty.failure).toContain('gave nothing');
    const wrong = await run(program, { url: at('/x'), checksum: `sha512:${'0'.repeat(128)}` });
    expect(wrong.failure).toContain(`sha512:${createHash('sha512').update(installer).digest('hex')}`);
    for (const each of [page, empty, wrong]) {
      expect(each.result).toMatchObject({ outcome: 'content' });
      expect(each.host.nodes.has('/opt/installer.sh')).toBe(false);
      expect(left(each.host)).toEqual([]);
    }
  });

  it('tells what went wrong apart', async () => {
    expect((await run(program, { url: at('/gone') })).result).toMatchObject({ status_code: 404, outcome: 'status' });
    const refused = await run(program, { url: `http://127.0.0.1:${closed}/x` });
    expect(refused.failure).toContain(`refuses connections to port ${closed}`);
    expect(refused.result).toMatchObject({ status_code: -1, outcome: 'refused' });
    expect((await run(program, { url: 'http://nothing.invalid/x' })).result).toMatchObject({ outcome: 'dns' });
    const stranger = await run(program, { url: `https://localhost:${tls}/x` });
    expect(stranger.failure).toContain('"Example Issuing CA" was issued by "Example Root CA"');
    expect(stranger.result).toMatchObject({ outcome: 'certificate' });
  });

  it('trusts by ca_path', async () => {
    const { failure, changed } = await run(program, { url: `https://localhost:${tls}/x`, ca_path: root });
    expect(failure).toBeUndefined();
    expect(changed).toBe(true);
  });

  it('sends user, password and headers, none of them in arguments or messages', async () => {
    const url = `http://us%20er:p%22w%5Cd@127.0.0.1:${port}/secret`;
    const { failure, result, started } = await run(program, { url, headers: { 'X-Own': 'a "b" \\c' } });
    expect(failure).toBeUndefined();
    expect(asked.at(-1)).toEqual({
      path: '/secret',
      authorization: `Basic ${Buffer.from('us er:p"w\\d').toString('base64')}`,
      own: 'a "b" \\c',
    });
    expect(JSON.stringify(result)).not.toMatch(/us%20er|p%22w|p\\"w/);
    expect(started).not.toMatch(/secret|us.*er:|p"w|X-Own|127\.0\.0\.1/);
    if (program !== 'neither') expect(started).toContain('--config');
  });
});

it('no temporary folder of the host is left by what fails there', () => {
  // Those of downloads that came are taken away by operations, which the host in memory has no disk for.
  const bodies = readdirSync(temporary).map((each) => readdirSync(join(temporary, each)));
  expect(bodies.every((each) => each.includes('body') && !each.includes('config'))).toBe(true);
});
