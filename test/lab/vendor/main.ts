// The vendor of the laboratory: its three hosts on 443, and the tests' own interface on 8080.
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { VENDOR_HOSTS } from '../names.js';
import { download, LICENCE_ROUTES, REGISTRY_ROUTES, type Reply } from './routes.js';
import { type Licence, VendorRecords } from './state.js';
import { DEFAULT_VARIANT, type Variant } from './variant.js';

interface Configuration {
  licence: Licence;
  variant: Partial<Variant>;
}

const configuration = JSON.parse(readFileSync('/lab/vendor.json', 'utf8')) as Configuration;
const installer = readFileSync('/lab/installer.sh', 'utf8');
const records = new VendorRecords(configuration.licence, configuration.variant);

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function parseFields(body: string): Map<string, string> {
  const lines = body.split('\n').filter((line) => line.includes('='));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

async function answerVendor(request: IncomingMessage): Promise<Reply> {
  const host = (request.headers.host ?? '').split(':')[0];
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (host === VENDOR_HOSTS.downloads) return download(path, installer, records);
  const routes = host === VENDOR_HOSTS.licence ? LICENCE_ROUTES : host === VENDOR_HOSTS.registry ? REGISTRY_ROUTES : {};
  const route = routes[path];
  if (path === '/') return { status: 200, body: 'ok\n' };
  return route === undefined ? { status: 404, body: 'not found\n' } : route(parseFields(await bodyOf(request)), records);
}

async function answerTests(request: IncomingMessage): Promise<Reply> {
  const json = (value: unknown): Reply => ({ status: 200, type: 'application/json', body: JSON.stringify(value) });
  switch (`${request.method} ${request.url}`) {
    case 'GET /state':
      return json(records.view);
    case 'GET /issued':
      return json(records.issued);
    case 'GET /variant':
      return json(records.variant);
    case 'POST /variant': {
      const change = JSON.parse(await bodyOf(request)) as Partial<Variant>;
      const unknown = Object.keys(change).filter((name) => !(name in DEFAULT_VARIANT));
      if (unknown.length > 0) return { status: 400, body: `unknown: ${unknown.join(', ')}\n` };
      records.variant = { ...records.variant, ...change };
      return json(records.variant);
    }
    case 'POST /reset':
      records.reset();
      return json(records.view);
    default:
      return { status: 404, body: 'not found\n' };
  }
}

function listener(answer: (request: IncomingMessage) => Promise<Reply>): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    answer(request)
      .catch((error: unknown): Reply => ({ status: 500, body: `${String(error)}\n` }))
      .then(({ status, body, type }) => {
        response.writeHead(status, {
          'content-type': type ?? 'text/plain',
          'content-length': Buffer.byteLength(body),
          connection: 'close',
        });
        response.end(request.method === 'HEAD' ? undefined : body);
      });
  };
}

createServer({ cert: readFileSync('/lab/vendor.crt'), key: readFileSync('/lab/vendor.key') }, listener(answerVendor)).listen(443);
createHttpServer(listener(answerTests)).listen(8080);
