// A session that is killed, or a disk that fills up, at every point of an operation: the file under its final name is the old or the new one,
// and the same operations played again bring everything about and leave nothing else behind.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { HostPort } from '../../../src/host/port.js';
import type { Operation } from '../../../src/sdk/operation.js';
import { faultyPerl } from './fault.js';
import { localHost, scratch } from './local-host.js';

const OLD = 'old line\n'.repeat(400);
const NEW = 'a newer line\n'.repeat(300);
const LARGE = Buffer.alloc(300_000, 'large ');

/** Something to do in a folder: `given` makes it as it was, `shown` is what stands under the final name. */
interface Case {
  readonly name: string;
  given(folder: string): void;
  operations(folder: string): Operation[];
  shown(folder: string): string;
}

const write =
  (content: string | Buffer, attributes = {}) =>
  (folder: string): Operation[] => [{ kind: 'write', path: join(folder, 'f'), content: Buffer.from(content), attributes }];
const old = (folder: string) => writeFileSync(join(folder, 'f'), OLD, { mode: 0o640 });
const hash = (folder: string) =>
  existsSync(join(folder, 'f'))
    ? createHash('sha256')
        .update(readFileSync(join(folder, 'f')))
        .digest('hex')
    : 'absent';
/** With its mode: what is there is never more open than asked for. */
const hashAndMode = (folder: string) =>
  `${hash(folder)} ${existsSync(join(folder, 'f')) ? (statSync(join(folder, 'f')).mode & 0o7777).toString(8) : ''}`;

const cases: Case[] = [
  { name: 'a file that is replaced', given: old, operations: write(NEW), shown: hashAndMode },
  { name: 'a new file with a mode', given: () => {}, operations: write(NEW, { mode: 0o600 }), shown: hashAndMode },
  { name: 'content of another channel', given: old, operations: write(LARGE), shown: hashAndMode },
  {
    name: 'a copy on the host, after a backup',
    given: (folder) => {
      old(folder);
      writeFileSync(join(folder, 'source'), NEW);
    },
    operations: (folder) => [
      { kind: 'backup', path: join(folder, 'f'), under: 'beside' },
      { kind: 'copy', path: join(folder, 'f'), from: join(folder, 'source'), attributes: {} },
    ],
    shown: hash,
  },
  {
    name: 'a link that points elsewhere',
    given: (folder) => symlinkSync('old-target', join(folder, 'f')),
    operations: (folder) => [{ kind: 'link', path: join(folder, 'f'), target: 'new-target', hard: false }],
    shown: (folder) => readlinkSync(join(folder, 'f')),
  },
];

const environment = { ...process.env };
let folder = '';
afterEach(() => {
  process.env = { ...environment };
  rmSync(folder, { recursive: true, force: true });
});

async function apply(operations: readonly Operation[], fault?: string): Promise<{ error: unknown; reached: boolean }> {
  const log = join(folder, 'fault.log');
  rmSync(log, { force: true });
  if (fault !== undefined) Object.assign(process.env, faultyPerl(folder, fault, log));
  const { host, port } = await localHost();
  const error = await attempt(port, operations);
  await host.close();
  process.env = { ...environment };
  return { error, reached: existsSync(log) };
}

async function attempt(port: HostPort, operations: readonly Operation[]): Promise<unknown> {
  try {
    // A session that is killed is found dead by the next request, and another takes its place.
    await port.read.stat('/');
    await port.apply(operations);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** A working folder in the scratch folder, as it was before. */
function fresh({ given }: Case): string {
  const work = join(folder, 'work');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  given(work);
  return work;
}

async function outcomes(each: Case): Promise<{ before: string; after: string }> {
  const work = fresh(each);
  const before = each.shown(work);
  expect((await apply(each.operations(work))).error).toBeUndefined();
  return { before, after: each.shown(work) };
}

describe.each([
  ['KILL', cases],
  ['ENOSPC', cases],
  ['EDQUOT', cases.slice(0, 1)],
] as const)('%s at every point of', (how, met) => {
  it.each(met.map((each) => [each.name, each] as const))('%s', async (_, each) => {
    folder = scratch();
    const { before, after } = await outcomes(each);
    let points = 0;
    for (let point = 1; ; point += 1) {
      const work = fresh(each);
      const { error, reached } = await apply(each.operations(work), `${point} ${how}`);
      if (!reached) {
        expect(error).toBeUndefined();
        break;
      }
      points += 1;
      const found = each.shown(work);
      expect([before, after], `${how} at point ${point}`).toContain(found);
      if (how === 'KILL')
        expect(error, `at point ${point}`).toMatchObject({ code: expect.stringMatching(/^host\/(session-ended|upload-failed)$/) });
      else if (error !== undefined) {
        const reason = expect.stringMatching(how === 'ENOSPC' ? /^no space is left/ : /^the disk quota is used up/);
        expect(error, `at point ${point}`).toMatchObject({
          code: expect.stringMatching(/^host\/(write|upload)-failed$/),
          diagnostics: [{ params: { path: expect.stringMatching(/\/f(\.\d+\..*~)?$/), reason } }],
        });
        // A fault that is told cleans up after itself.
        expect(leftovers(work), `${how} at point ${point}`).toEqual([]);
        expect(found).toBe(before);
      }
      expect((await apply(each.operations(work))).error).toBeUndefined();
      expect(each.shown(work)).toBe(after);
      expect(leftovers(work), `after ${how} at point ${point} and a good run`).toEqual([]);
    }
    expect(points).toBeGreaterThanOrEqual(2);
  });
});

function leftovers(work: string): string[] {
  return readdirSync(work).filter((name) => name.includes('.chatsctl-'));
}

it('a folder that was made and not finished has no mode that would stay', async () => {
  folder = scratch();
  const operations = (work: string): Operation[] => [
    { kind: 'mkdir', path: join(work, 'a/b'), attributes: {} },
    { kind: 'mkdir', path: join(work, 'c/d'), attributes: { mode: 0o2770 } },
  ];
  const each: Case = { name: 'folders', given: () => {}, operations, shown: () => '' };
  const modes = (work: string) =>
    ['a', 'a/b', 'c', 'c/d'].map((name) => (existsSync(join(work, name)) ? (statSync(join(work, name)).mode & 0o7777).toString(8) : '-'));
  for (let point = 1; ; point += 1) {
    const work = fresh(each);
    if (!(await apply(operations(work), `${point} KILL`)).reached) break;
    const [a, b, c, d] = modes(work);
    expect(
      [a, b, c].every((mode) => mode === '755' || mode === '-'),
      `${point}: ${modes(work).join(' ')}`,
    ).toBe(true);
    // What asks for a mode finds another one, and mends it.
    expect(['-', '700', '2770']).toContain(d);
    expect((await apply(operations(work))).error).toBeUndefined();
    expect(modes(work)).toEqual(['755', '755', '755', '2770']);
  }
});

it('what others are writing just now stays, what another machine left goes after an hour', async () => {
  folder = scratch();
  const work = fresh({ name: '', given: old, operations: () => [], shown: () => '' });
  const { host, port } = await localHost();
  const digits = '0123456789abcdef01234567';
  const started = /^.*\) (.*)$/s.exec(readFileSync('/proc/self/stat', 'utf8'))?.[1]?.split(' ')[19];
  let machine = 0;
  for (const byte of readFileSync('/proc/sys/kernel/hostname')) machine = (machine * 31 + byte) % 4294967291;
  const kept = [`.f.chatsctl-${machine}.${process.pid}.${started}-${digits}`, `.f.chatsctl-1.1.1-${digits}`, '.f.chatsctl-mine'];
  const gone = [`.f.chatsctl-${machine}.${process.pid}.1-${digits}`, `.f.chatsctl-2.1.1-${digits}`];
  for (const name of [...kept, ...gone]) writeFileSync(join(work, name), 'x');
  chmodSync(join(work, 'f'), 0o600);
  execFileSync('touch', ['-d', '2 hours ago', join(work, gone[1] ?? '')]);
  await port.apply(write(NEW)(work));
  await host.close();
  expect(readdirSync(work).sort()).toEqual([...kept, 'f'].sort());
});
