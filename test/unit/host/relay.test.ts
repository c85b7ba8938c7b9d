import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { relay } from '../../../src/host/relay.js';
import { localPlace } from './local-host.js';

it('a host whose sshd does not forward connects with its own perl', async () => {
  const server = createServer((socket) => socket.on('data', (data: Buffer) => socket.end(data.toString().toUpperCase()))).listen(
    0,
    '127.0.0.1',
  );
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const place = localPlace();
  const stream = await relay(place, '127.0.0.1', typeof address === 'object' && address ? address.port : 0);
  stream.write('hello');
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  expect(Buffer.concat(chunks).toString()).toBe('HELLO');
  server.close();
  await expect(relay(place, '127.0.0.1', 1)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await expect(relay(place, 'no-such-host.invalid', 1)).rejects.toMatchObject({ code: 'ENOTFOUND' });
});
