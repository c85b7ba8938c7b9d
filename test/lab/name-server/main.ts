// A name server of the laboratory: names on record, all others as Docker's own resolver knows them. Records are read at each question.
import { createSocket, type RemoteInfo } from 'node:dgram';
import { readFileSync } from 'node:fs';
import type { NameRecords } from './records.js';

const DOCKERS_OWN = '127.0.0.11';
const NXDOMAIN = 3;
const A = 1;

const server = createSocket('udp4');

/** The name and type of a packet's question, and where the question ends. */
function questionOf(packet: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = packet.readUInt8(at); length > 0; length = packet.readUInt8(at)) {
    labels.push(packet.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: packet.readUInt16BE(at + 1), end: at + 5 };
}

function answer(query: Buffer, addresses: readonly string[]): Buffer {
  const { type, end } = questionOf(query);
  const shown = type === A ? addresses : [];
  const head = Buffer.from(query.subarray(0, end));
  head.writeUInt16BE(0x8180 | (addresses.length === 0 ? NXDOMAIN : 0), 2);
  head.writeUInt16BE(shown.length, 6);
  head.writeUInt32BE(0, 8);
  // A pointer to the question's name, type A, class IN, 1 s to live, 4 bytes.
  const record = (address: string): number[] => [0xc0, 12, 0, A, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split('.').map(Number)];
  return Buffer.concat([head, ...shown.map((each) => Buffer.from(record(each)))]);
}

function forward(query: Buffer, from: RemoteInfo): void {
  const socket = createSocket('udp4');
  const timer = setTimeout(() => socket.close(), 3000);
  socket.once('message', (reply) => {
    clearTimeout(timer);
    server.send(reply, from.port, from.address);
    socket.close();
  });
  socket.send(query, 53, DOCKERS_OWN);
}

server.on('message', (query, from) => {
  const records = JSON.parse(readFileSync('/lab-names.json', 'utf8')) as NameRecords;
  const record = records[questionOf(query).name];
  if (record === undefined) forward(query, from);
  else server.send(answer(query, record[from.address] ?? record['*'] ?? []), from.port, from.address);
});
server.bind(53, '0.0.0.0');
