import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import type { ValueMap } from '../../../../src/base/value.js';
import { uri } from '../../../../src/modules/action/uri.js';
import { coerce } from '../../../../src/sdk/arguments.js';
import { ModuleFailure } from '../../../../src/sdk/module.js';
import { fakeAction } from '../fake-contexts.js';
import { givenHost } from '../given-host.js';

let times = 0;
const server = createServer((asked, said) => {
  times++;
  if (asked.url === '/private' && !asked.headers.authorization) said.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
  else if (asked.url === '/cookies') said.writeHead(200, { 'Set-Cookie': ['a=1; Path=/', 'b=x=y'] }).end('ok');
  else if (asked.url === '/status') said.writeHead(200, { Status: 'odd', Url: 'odd' }).end();
  else if (asked.url === '/broken') said.writeHead(200, { 'Content-Length': '100' }).write('half', () => asked.socket.destroy());
  else if (asked.url === '/silent') said.writeHead(200, { 'Content-Length': '100' }).write('half');
  else if (asked.headers['if-modified-since']) said.writeHead(304).end();
  else asked.pipe(said.setHeader('X-Auth', asked.headers.authorization ?? 'none'));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
afterAll(() => server.closeAllConnections());
afterAll(() => server.close());

async function run(path: string, args: ValueMap = {}, files: Record<string, string> = {}) {
  const host = givenHost({ files });
  const { context } = fakeAction({ args, expect: {} }, host);
  times = 0;
  try {
    const done = await uri.run(coerce(uri.arguments, { url: `http://127.0.0.1:${port}${path}`, ...args }, 'uri'), context);
    return { ...done, failure: undefined, host };
  } catch (error) {
    if (!(error instanceof ModuleFailure)) throw error;
    return { changed: false, result: error.result, failure: error.message, host };
  }
}

describe('uri', () => {
  it('sends credentials when the server asks, or at once', async () => {
    const credentials = { url_username: 'u', url_password: 'p' };
    expect((await run('/private', { ...credentials, method: 'PUT', body: 'x' })).result).toMatchObject({
      status: 200,
      x_auth: 'Basic dTpw',
      outcome: 'ok',
    });
    expect(times).toBe(2);
    expect((await run('/private', { ...credentials, force_basic_auth: true })).result).toMatchObject({ status: 200 });
    expect(times).toBe(1);
    const { result } = await run('/', { url: `http://u:geheim@127.0.0.1:${port}/private` });
    expect(result).toMatchObject({ status: 200, url: `http://127.0.0.1:${port}/private` });
  });

  it('shows cookies, and its own fields before headers of the same name', async () => {
    expect((await run('/cookies')).result).toMatchObject({ cookies: { a: '1', b: 'x=y' }, cookies_string: 'a=1; b=x=y' });
    expect((await run('/status')).result).toMatchObject({ status: 200, url: `http://127.0.0.1:${port}/status` });
  });

  it('sends forms, lists in them several times', async () => {
    const form = { body_format: 'form-urlencoded', method: 'POST', return_content: true };
    expect((await run('/', { ...form, body: { a: [1, 2], b: 'x y' } })).result).toMatchObject({ content: 'a=1&a=2&b=x+y' });
    expect(
      (
        await run('/', {
          ...form,
          body: [
            ['z', 1],
            ['a', 2],
          ],
        })
      ).result,
    ).toMatchObject({ content: 'z=1&a=2' });
  });

  it('sends a file of the host', async () => {
    const { result } = await run('/', { method: 'POST', src: '/etc/app', remote_src: true, return_content: true }, { '/etc/app': 'data' });
    expect(result).toMatchObject({ content: 'data' });
  });

  it('keeps the content in a file; a 304 is a failure unless it is wanted, as with Ansible', async () => {
    const args = { method: 'POST', body: 'hello', dest: '/opt/', mode: '0640' };
    const { changed, host, result } = await run('/page', args, { '/opt/.keep': '' });
    expect(changed).toBe(true);
    expect(result).toMatchObject({ path: '/opt/page', mode: '0640', status: 200 });
    expect(host.nodes.get('/opt/page')?.content.toString()).toBe('hello');
    const there = { '/opt/page': 'hello' };
    expect((await run('/page', { ...args, force: true, mode: '0644' }, there)).changed).toBe(false);
    expect((await run('/page', args, there)).result).toMatchObject({ status: 304, failed: true, outcome: 'status' });
    expect((await run('/page', { ...args, status_code: [200, 304] }, there)).result).not.toHaveProperty('failed');
  });

  it('says where an answer broke off or fell silent', async () => {
    expect((await run('/broken')).result).toMatchObject({ status: -1, outcome: 'http' });
    expect(await run('/silent', { timeout: '300ms' })).toMatchObject({
      failure: expect.stringContaining('it fell silent for 0.3 s'),
      result: { status: -1, outcome: 'http' },
    });
    expect((await run('/', { url: 'http://127.0.0.1:1/' })).result).toMatchObject({ status: -1, outcome: 'refused' });
    expect((await run('/', { url: 'http://nothing.invalid/' })).result).toMatchObject({ status: -1, outcome: 'dns' });
  });
});
