import { createHash } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Host, HostPort } from '../../../src/host/port.js';
import type { Operation } from '../../../src/sdk/operation.js';
import { localHost, scratch } from './local-host.js';

let host: Host;
let port: HostPort;
let folder: string;
beforeAll(async () => {
  ({ host, port } = await localHost());
});
afterAll(() => host.close());
beforeEach(() => {
  folder = scratch();
});
const at = (name: string) => join(folder, name);
const text = (name: string) => readFileSync(at(name), 'utf8');
const mode = (name: string) => statSync(at(name)).mode & 0o7777;
const write = (name: string, content: string | Buffer, attributes = {}): Operation => ({
  kind: 'write',
  path: at(name),
  content: Buffer.from(content),
  attributes,
});
const program = (script: string, more = {}): Operation => ({ kind: 'run', argv: ['sh', '-c', script], effects: [], ...more });

describe('writing', () => {
  it('goes in one round trip, whatever there is to do', async () => {
    const before = host.counters.roundTrips;
    await port.apply([
      { kind: 'mkdir', path: at('a/b'), attributes: { mode: 0o750 } },
      write('a/b/f', 'x'),
      { kind: 'attributes', path: at('a/b/f'), follow: true, attributes: { mode: 0o640 } },
    ]);
    expect(host.counters.roundTrips - before).toBeLessThanOrEqual(2);
    expect(mode('a')).toBe(0o755);
    expect(mode('a/b')).toBe(0o750);
    expect(mode('a/b/f')).toBe(0o640);
  });

  it('gives what is new a mode of its own and keeps the attributes of what is there', async () => {
    writeFileSync(at('old'), 'before');
    chmodSync(at('old'), 0o754);
    await port.apply([write('new', 'secret'), write('old', 'after'), write('given', 'x', { mode: 0o4711 })]);
    expect([mode('new'), mode('old'), mode('given')]).toEqual([0o644, 0o754, 0o4711]);
    expect(text('old')).toBe('after');
  });

  it('is binary-safe and leaves nothing else behind', async () => {
    const content = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256));
    await port.apply([write('f', content), write('empty', '')]);
    expect(readFileSync(at('f')).equals(content)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['empty', 'f']);
  });

  it('replaces a link, and its target stays', async () => {
    writeFileSync(at('target'), 'kept');
    symlinkSync('target', at('l'));
    await port.apply([write('l', 'own')]);
    expect([text('l'), text('target')]).toEqual(['own', 'kept']);
  });

  it('never shows less than a whole file under the final name', async () => {
    writeFileSync(at('f'), 'old');
    await expect(port.apply([{ ...write('f', 'x'), attributes: { owner: 'no-such-user-here' } } as Operation])).rejects.toMatchObject({
      code: 'host/write-failed',
    });
    expect(text('f')).toBe('old');
    expect(readdirSync(folder)).toEqual(['f']);
  });

  it('says what failed, why, and stops there', async () => {
    mkdirSync(at('d'));
    await expect(port.apply([write('first', '1'), write('none/f', 'x'), write('third', '3')])).rejects.toMatchObject({
      code: 'host/write-failed',
      diagnostics: [{ params: { path: at('none/f'), reason: expect.stringContaining('no such file or directory') } }],
    });
    expect(readdirSync(folder).sort()).toEqual(['d', 'first']);
    await expect(port.apply([write('d', 'x')])).rejects.toMatchObject({
      diagnostics: [{ params: { reason: expect.stringContaining('directory') } }],
    });
  });

  it('refuses a source that is no regular file, and leaves nothing behind', async () => {
    await expect(port.apply([{ kind: 'copy', from: '/dev/zero', path: at('f'), attributes: {} }])).rejects.toMatchObject({
      code: 'host/write-failed',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('sends large content through a channel of its own and checks what arrived', async () => {
    const local = at('local');
    writeFileSync(local, Buffer.alloc(700_000, 'Ж'));
    const sha256 = createHash('sha256').update(readFileSync(local)).digest('hex');
    const large = (sum: string): Operation => ({
      kind: 'write',
      path: at('remote'),
      content: { size: 700_000, sha256: sum, localPath: local },
      attributes: { mode: 0o644 },
    });
    await port.apply([large(sha256), write('after', 'x')]);
    expect(readFileSync(at('remote')).equals(readFileSync(local))).toBe(true);
    expect(mode('remote')).toBe(0o644);
    await expect(port.apply([large(sha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0')))])).rejects.toMatchObject({
      code: 'host/write-failed',
    });
    await port.apply([write('inline', Buffer.alloc(300_000, 'x'))]);
    expect(readdirSync(folder).sort()).toEqual(['after', 'inline', 'local', 'remote']);
  });

  it('asks the check of `validate` before anything changes', async () => {
    writeFileSync(at('f'), 'old');
    const validated = (content: string): Operation => ({ ...write('f', content), validate: 'echo seen; grep -q good %s' }) as Operation;
    await expect(port.apply([validated('bad')])).rejects.toMatchObject({
      code: 'host/validate-failed',
      diagnostics: [{ params: { path: at('f'), rc: 1, output: 'seen' } }],
    });
    expect(text('f')).toBe('old');
    await port.apply([write('before', '1'), validated('good'), write('after', '2')]);
    expect(text('f')).toBe('good');
    expect(readdirSync(folder).sort()).toEqual(['after', 'before', 'f']);
  });
});

describe('other operations', () => {
  it('link, replace links, and keep hard links', async () => {
    writeFileSync(at('f'), 'x');
    symlinkSync('nowhere', at('l'));
    linkSync(at('f'), at('h'));
    await port.apply([
      { kind: 'link', path: at('l'), target: 'f', hard: false },
      { kind: 'link', path: at('h'), target: at('f'), hard: true },
      { kind: 'link', path: at('h2'), target: at('f'), hard: true },
    ]);
    expect(text('l')).toBe('x');
    expect(statSync(at('f')).nlink).toBe(3);
    expect(readdirSync(folder).sort()).toEqual(['f', 'h', 'h2', 'l']);
  });

  it('remove a tree, what is absent, and never what a link points to', async () => {
    mkdirSync(at('tree/deep'), { recursive: true });
    mkdirSync(at('kept'));
    writeFileSync(at('kept/f'), 'x');
    symlinkSync('../kept', at('tree/l'));
    await port.apply([
      { kind: 'remove', path: at('tree'), recurse: true },
      { kind: 'remove', path: at('absent'), recurse: true },
    ]);
    expect(readdirSync(folder)).toEqual(['kept']);
    expect(text('kept/f')).toBe('x');
    await expect(port.apply([{ kind: 'remove', path: at('kept'), recurse: false }])).rejects.toMatchObject({ code: 'host/write-failed' });
    await expect(port.apply([{ kind: 'remove', path: '/', recurse: true }])).rejects.toMatchObject({ code: 'host/write-failed' });
  });

  it('touch to the microsecond, and leave the other time', async () => {
    await port.apply([{ kind: 'touch', path: at('t'), mtime: 1_700_000_000.25, atime: 5 }]);
    await port.apply([{ kind: 'touch', path: at('t'), mtime: 1_700_000_001.5 }]);
    const { atimeMs, mtimeMs } = statSync(at('t'));
    expect([atimeMs, mtimeMs]).toEqual([5000, 1_700_000_001_500]);
  });

  it('back up what is there, and nothing else', async () => {
    writeFileSync(at('f'), 'old');
    const beside: Operation = { kind: 'backup', path: at('f'), under: 'beside' };
    const [kept, none] = await port.apply([beside, { ...beside, path: at('absent') }]);
    expect(kept?.backup).toMatch(/f\.\d+\.\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d~$/);
    expect(readFileSync(kept?.backup ?? '', 'utf8')).toBe('old');
    expect(none).toEqual({});
  });

  it('run programs with their input, environment and accepted codes', async () => {
    const [done] = await port.apply([
      program('cat; printf %s "$A"; echo e >&2; exit 3', { stdin: 'in ', environment: { A: 'б' }, okCodes: [0, 3] }),
    ]);
    expect(done).toEqual({ rc: 3, stdout: 'in б', stderr: 'e\n' });
    await expect(port.apply([program('echo why >&2; exit 4')])).rejects.toMatchObject({
      code: 'host/operation-failed',
      diagnostics: [{ params: { rc: '4', stderr: 'why' } }],
    });
    await expect(port.apply([{ kind: 'run', argv: ['no-such-program'], effects: [] }])).rejects.toMatchObject({
      code: 'host/operation-failed',
    });
  });

  it('end a program that takes too long, with its children', async () => {
    const started = Date.now();
    // Like no other of this machine.
    const nap = `30.${process.pid}`;
    await expect(port.apply([program(`sleep ${nap} & sleep 1${nap}; echo x`, { timeout: 1 })])).rejects.toMatchObject({
      code: 'host/operation-timeout',
    });
    expect(Date.now() - started).toBeLessThan(10_000);
    const { stdout } = await port.script({ script: `ps -eo args | grep "^sleep 1*${nap}"; true` });
    expect(stdout).toBe('');
  });

  it('do not wait for a daemon that keeps the outputs open', async () => {
    const started = Date.now();
    const [done] = await port.apply([program('sleep 20 & echo started')]);
    expect(done?.stdout).toBe('started\n');
    expect(Date.now() - started).toBeLessThan(5000);
  });
});
