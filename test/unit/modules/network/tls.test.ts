import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer as createTcp, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { createServer } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { inEnglish } from '../../../../src/base/translated.js';
import { shakeHands } from '../../../../src/modules/network/handshake.js';
import { anchorsOf, environmentRoots } from '../../../../src/modules/network/trust.js';
import { createAuthority } from '../../../lab/pki.js';

const folder = mkdtempSync(join(tmpdir(), 'tls-'));
const servers: Server[] = [];
afterAll(() => {
  for (const each of servers) each.close();
  rmSync(folder, { recursive: true });
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('error', () => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const authority = await createAuthority('Example');
const leaf = await authority.issue(['localhost']);
const root = file('root.pem', authority.root);
const whole = file('whole.pem', leaf.certificate + authority.intermediate + authority.root);
const right = await listen(
  createServer({ cert: leaf.certificate + authority.intermediate, key: leaf.key }, (socket) => socket.on('error', () => {})),
);
const bare = await listen(createServer({ cert: leaf.certificate, key: leaf.key }, (socket) => socket.on('error', () => {})));

/** Over a stream that is no socket, as one of SSH is. */
async function shake(port: number, host: string, caPath?: string, signal = new AbortController().signal) {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
  const stream = Duplex.from({ readable: socket, writable: socket }).on('error', () => {});
  const found = await shakeHands(stream, host, { caPath, timeoutMs: 2000, signal });
  if (found.outcome === 'done') found.socket.on('error', () => {}).destroy();
  return found;
}

describe('a certificate', () => {
  it('is trusted by its root, also out of the whole chain', async () => {
    expect(await shake(right, 'localhost', root)).toMatchObject({ authorized: true, words: undefined });
    expect(await shake(right, 'localhost', whole)).toMatchObject({ authorized: true });
  });

  it('is not, where the server does not send its intermediate, though the operator has it', async () => {
    const found = await shake(bare, 'localhost', whole);
    expect(found).toMatchObject({ authorized: false });
    expect(found.outcome === 'done' && inEnglish(found.words ?? '')).toContain(
      '"localhost" was issued by "Example Issuing CA", which the server does not send',
    );
  });

  it('is not for another name', async () => {
    const found = await shake(right, 'other.example.org', root);
    expect(found.outcome === 'done' && inEnglish(found.words ?? '')).toBe('it is for localhost, not for other.example.org');
  });
});

describe('a handshake that fails', () => {
  it('against a server without TLS', async () => {
    const plain = await listen(createTcp((socket) => socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(await shake(plain, 'localhost')).toMatchObject({
      outcome: 'failed',
      reason: { en: 'what answers does not speak TLS (plain HTTP?)' },
    });
  });

  it('where the connection is closed', async () => {
    const closing = await listen(createTcp((socket) => socket.on('error', () => {}).once('data', () => socket.destroy())));
    const found = await shake(closing, 'localhost');
    expect(found).toMatchObject({
      outcome: 'failed',
      reason: { en: expect.stringContaining('no certificate for localhost'), ru: expect.stringContaining('нет сертификата для localhost') },
    });
  });

  it('at an orderly stop, at once', async () => {
    const silent = await listen(createTcp((socket) => socket.on('error', () => {})));
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('stopped')), 50);
    await expect(shake(silent, 'localhost', undefined, stop.signal)).rejects.toThrow('stopped');
  });
});

describe('what is trusted', () => {
  it('of a file without a root, all', () => {
    expect(anchorsOf(file('intermediate.pem', authority.intermediate))).toHaveLength(1);
    expect(anchorsOf(whole)).toHaveLength(1);
  });

  it('fails for a file that has nothing, or something damaged', () => {
    expect(() => anchorsOf(file('empty.pem', 'x'))).toThrow('no certificate in PEM form');
    expect(() => anchorsOf(file('damaged.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'))).toThrow('damaged');
    expect(() => anchorsOf(join(folder, 'none.pem'))).toThrow('is not there');
  });

  it('has what the environment adds', () => {
    const before = process.env.NODE_EXTRA_CA_CERTS;
    process.env.NODE_EXTRA_CA_CERTS = root;
    try {
      expect(environmentRoots().join('')).toContain(authority.root.trim().slice(0, 200));
    } finally {
      if (before === undefined) delete process.env.NODE_EXTRA_CA_CERTS;
      else process.env.NODE_EXTRA_CA_CERTS = before;
    }
  });
});
