import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { dnsScript, parseDnsAnswers } from '../../../../src/modules/network/dns-script.js';

const run = promisify(execFile);

/** A DNS server (RFC 1035): an alias before the address, the names compressed; NXDOMAIN for what begins with "no". */
const server = createSocket('udp4', (query, { port, address }) => {
  const end = query.indexOf(0, 12) + 5;
  const question = query.subarray(12, end);
  const type = query.readUInt16BE(end - 4);
  const unknown = query.subarray(13, 15).toString() === 'no';
  const record = (kind: number, data: Buffer) => Buffer.concat([Buffer.from([0xc0, 12, 0, kind, 0, 1, 0, 0, 0, 60, 0, data.length]), data]);
  const alias = record(5, Buffer.from([1, 97, 0xc0, 12]));
  const found = type === 1 ? [alias, record(1, Buffer.from([203, 0, 113, 5]))] : [alias];
  const records = unknown ? [] : found;
  const header = Buffer.from([query[0] ?? 0, query[1] ?? 0, 0x81, unknown ? 0x83 : 0x80, 0, 1, 0, records.length, 0, 0, 0, 0]);
  server.send(Buffer.concat([header, question, ...records]), port, address);
});
server.bind(0, '127.0.0.1');
await once(server, 'listening');
afterAll(() => server.close());

async function ask(name: string, asked: string) {
  const script = dnsScript.replace('$server, 53,', `$server, ${server.address().port},`);
  const { stdout } = await run('/bin/sh', ['-c', script, 'sh', name, asked]);
  return parseDnsAnswers(stdout).map((each) => ({ ...each, server: undefined }));
}

describe("the script that asks DNS, by this machine's perl", () => {
  it('finds the address behind an alias', async () => {
    expect(await ask('chats.example.ru', '127.0.0.1')).toMatchObject([
      { type: 'A', outcome: 'NOERROR', addresses: ['203.0.113.5'] },
      { type: 'AAAA', outcome: 'NOERROR', addresses: [] },
    ]);
  });

  it('tells a name that is not there from a server that cannot be asked', async () => {
    expect(await ask('no.example.ru', '127.0.0.1')).toMatchObject([{ outcome: 'NXDOMAIN' }, { outcome: 'NXDOMAIN' }]);
    expect(await ask('chats.example.ru', 'no-address')).toMatchObject([{ outcome: 'error' }, { outcome: 'error' }]);
  });
});
