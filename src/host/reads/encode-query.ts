import type { Query } from '../../sdk/query.js';
import { pack } from '../session/pack.js';

/** A query as perl/queries.ts reads it. */
export function encodeQuery(query: Query): Buffer {
  switch (query.kind) {
    case 'stat':
      return pack('stat', query.path, query.follow);
    case 'read':
      return pack('read', query.path);
    case 'checksum':
      return pack('checksum', query.path, query.algorithm);
    case 'list':
      return pack('list', query.path, query.recurse);
    case 'package':
      return pack('package', query.name, query.candidate === true);
    case 'user':
    case 'group':
    case 'unit':
      return pack(query.kind, query.name);
    case 'script':
      return pack('script', query.script, pack(...query.args), query.stdin !== undefined, query.stdin);
  }
}

/** Equal queries have equal keys. */
export function keyOf(query: Query): string {
  return encodeQuery(query).toString('latin1');
}
