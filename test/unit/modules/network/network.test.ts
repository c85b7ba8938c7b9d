import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ValueMap } from '../../../../src/base/value.js';
import { modules } from '../../../../src/modules/registry.js';
import { coerce } from '../../../../src/sdk/arguments.js';
import { ModuleFailure } from '../../../../src/sdk/module.js';
import { createAuthority } from '../../../lab/pki.js';
import { fakeAction } from '../fake-contexts.js';
import { givenHost } from '../given-host.js';

const servers: Server[] = [];
const folder = mkdtempSync(join(tmpdir(), 'network-'));
afterAll(() => {
  for (const each of servers) each.close();
  rmSync(folder, { recursive: true });
});

async function listen(server: Server | HttpServer): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Runs an action against loopback, on the host that the case describes. */
async function run(name: string, args: ValueMap, files: Record<string, string> = { '/opt/.keep': '' }) {
  const module = modules.get(name);
  if (module?.kind !== 'action') throw new Error(`${name} is no action`);
  const host = givenHost({ files });
  // A host without wget and curl: get_url.test.ts is about those.
  const { context } = fakeAction({ args, given: { context: { exec: [{ stdout: 'by=none\n' }] } }, expect: {} }, host);
  try {
    return { ...(await module.run(coerce(module.arguments, args, name), context)), failure: undefined, host };
  } catch (error) {
    if (!(error instanceof ModuleFailure)) throw error;
    return { changed: false, result: error.result, failure: error.message, host };
  }
}

const authority = await createAuthority('Example');
const leaf = await authority.issue(['localhost']);
const rootFile = join(folder, 'root.pem');
writeFileSync(rootFile, authority.root);
const answer = (asked: IncomingMessage, said: ServerResponse) => {
  if (asked.url === '/old') return said.writeHead(302, { Location: '/new' }).end();
  if (asked.url === '/loop') return said.writeHead(302, { Location: '/loop' }).end();
  if (asked.url === '/json') return said.setHeader('Content-Type', 'application/json').end('{"a":[1]}');
  if (asked.url === '/page') return said.end('<!DOCTYPE html><p>log in');
  if (asked.url === '/403') return said.writeHead(403).end('no');
  if (asked.headers['if-modified-since']) return said.writeHead(304).end();
  return asked
    .pipe(said.setHeader('X-Method', `${asked.method}`).setHeader('X-Auth', asked.headers.authorization ?? 'none'))
    .on('pipe', () => {});
};
const http = await listen(createHttp(answer));
const script = await listen(
  createHttp((asked, said) => (asked.headers['if-modified-since'] ? said.writeHead(304).end() : said.end('#!/bin/sh\n'))),
);
const https = await listen(createHttps({ cert: leaf.certificate + authority.intermediate, key: leaf.key }, answer));
const plain = await listen(createTcp((socket) => socket.on('error', () => {}).end('220 hello\r\n')));

describe('tcp_check', () => {
  it('finds an open port', async () => {
    expect((await run('tcp_check', { host: '127.0.0.1', port: plain })).result).toMatchObject({ outcome: 'open' });
  });

  it('tells a name without address from a port that refuses', async () => {
    expect((await run('tcp_check', { host: 'nothing.invalid', port: 443 })).result).toMatchObject({ outcome: 'dns' });
    expect((await run('tcp_check', { host: '127.0.0.1', port: 1 })).result).toMatchObject({ outcome: 'refused' });
  });
});

describe('tls_check', () => {
  it('shows the chain of a server that is trusted by ca_path', async () => {
    const { result, failure } = await run('tls_check', { host: 'localhost', port: https, ca_path: rootFile });
    expect(failure).toBeUndefined();
    expect(result).toMatchObject({ dns: 'ok', tcp: 'open', tls: 'ok', authorized: true, names: ['localhost'] });
    expect(result.chain).toMatchObject([
      { subject: 'localhost', issuer: 'Example Issuing CA' },
      { subject: 'Example Issuing CA', issuer: 'Example Root CA' },
    ]);
  });

  it('says which certificate is not trusted', async () => {
    const { result, failure } = await run('tls_check', { host: 'localhost', port: https });
    expect(failure).toContain('it shows "localhost", issued by "Example Issuing CA"');
    expect(result).toMatchObject({ tcp: 'open', tls: 'untrusted', authorized: false });
    expect((await run('tls_check', { host: 'localhost', port: https, validate_certs: false })).failure).toBeUndefined();
  });

  it('tells a server without TLS from one that does not answer', async () => {
    expect((await run('tls_check', { host: '127.0.0.1', port: plain })).result).toMatchObject({
      tcp: 'open',
      tls: 'failed',
      outcome: 'tls',
    });
    const silent = await listen(createTcp(() => {}));
    expect((await run('tls_check', { host: '127.0.0.1', port: silent, timeout: '300ms' })).result).toMatchObject({
      tcp: 'open',
      tls: 'timeout',
    });
  });
});

describe('uri', () => {
  const at = (path: string) => `http://127.0.0.1:${http}${path}`;

  it('sends a body and credentials', async () => {
    const args = {
      url: at('/echo'),
      method: 'POST',
      body: { a: 1 },
      body_format: 'json',
      return_content: true,
      url_username: 'u',
      url_password: 'p',
      force_basic_auth: true,
    };
    expect((await run('uri', args)).result).toMatchObject({
      status: 200,
      content: '{"a":1}',
      x_method: 'POST',
      x_auth: 'Basic dTpw',
      url: at('/echo'),
    });
  });

  it('reads JSON, and shows content only when asked', async () => {
    const { result } = await run('uri', { url: at('/json') });
    expect(result).toMatchObject({ json: { a: [1] } });
    expect(result).not.toHaveProperty('content');
  });

  it('fails for another status, with the content', async () => {
    expect((await run('uri', { url: at('/403') })).result).toMatchObject({ failed: true, status: 403, content: 'no' });
    expect((await run('uri', { url: at('/403'), status_code: [200, 403] })).result).not.toHaveProperty('failed');
  });

  it('follows redirects of GET, of POST only with all', async () => {
    expect((await run('uri', { url: at('/old') })).result).toMatchObject({ status: 200, redirected: true, url: at('/new') });
    expect((await run('uri', { url: at('/old'), follow_redirects: 'none' })).result).toMatchObject({ status: 302 });
    expect((await run('uri', { url: at('/old'), method: 'POST', body: 'x' })).result).toMatchObject({ status: 302 });
    expect((await run('uri', { url: at('/old'), method: 'POST', body: 'x', follow_redirects: 'all' })).result).toMatchObject({
      status: 200,
      x_method: 'GET',
    });
    expect((await run('uri', { url: at('/loop') })).failure).toContain('more than 10 times');
  });

  it('trusts by ca_path, and nothing else', async () => {
    const url = `https://localhost:${https}/json`;
    expect((await run('uri', { url, ca_path: rootFile })).result).toMatchObject({ status: 200 });
    expect(await run('uri', { url })).toMatchObject({ failure: expect.stringContaining('not trusted'), result: { status: -1 } });
    expect((await run('uri', { url, validate_certs: false })).result).toMatchObject({ status: 200 });
  });
});

describe('get_url', () => {
  const url = `http://127.0.0.1:${script}/installer.sh`;

  it('downloads, and asks whether it has changed the next time', async () => {
    const { changed, result, host } = await run('get_url', { url, dest: '/opt/', mode: '0755', expect_prefix: '#!' });
    expect(changed).toBe(true);
    expect(result).toMatchObject({ dest: '/opt/installer.sh', mode: '0755' });
    expect(host.nodes.get('/opt/installer.sh')?.content.toString()).toBe('#!/bin/sh\n');
    expect((await run('get_url', { url, dest: '/opt/installer.sh' }, { '/opt/installer.sh': 'mine' })).result).toMatchObject({
      msg: 'not modified',
    });
  });

  it('with force the same content is no change', async () => {
    expect((await run('get_url', { url, dest: '/opt/x', force: true }, { '/opt/x': '#!/bin/sh\n' })).changed).toBe(false);
    expect((await run('get_url', { url, dest: '/opt/x', force: true }, { '/opt/x': 'other' })).changed).toBe(true);
  });

  it('keeps nothing that is not what was wanted', async () => {
    const page = await run('get_url', { url: `http://127.0.0.1:${http}/page`, dest: '/opt/x', expect_prefix: '#!' });
    expect(page.failure).toContain('a page (of a proxy or a portal?)');
    const wrong = await run('get_url', { url, dest: '/opt/x', checksum: `sha256:${'0'.repeat(64)}` });
    expect(wrong.failure).toContain('nothing was kept');
    for (const each of [page, wrong]) expect(each.host.nodes.has('/opt/x')).toBe(false);
    const digest = createHash('sha256').update('#!/bin/sh\n').digest('hex');
    expect((await run('get_url', { url, dest: '/opt/x', checksum: `sha256:${digest}` })).changed).toBe(true);
  });
});

describe('wait_for', () => {
  it('a port, and what it says', async () => {
    expect((await run('wait_for', { port: plain })).failure).toBeUndefined();
    expect((await run('wait_for', { port: plain, search_regex: '^220' })).failure).toBeUndefined();
    expect((await run('wait_for', { port: plain, search_regex: '^550', timeout: 2 })).failure).toContain('in vain');
  });
});
