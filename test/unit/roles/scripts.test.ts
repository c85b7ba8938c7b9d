// Scripts of the roles, run here against files and programs that stand for a server's.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from './shipped.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scripts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file of the server. */
function file(path: string, content = ''): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function program(name: string, body: string): void {
  file(`bin/${name}`, `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, 'bin', name), 0o755);
}

/** A script's lines; of the server's paths those named are in the folder, and its programs before this machine's. */
function lines(script: string, paths: readonly string[], args: readonly string[] = []): string[] {
  let text = readFileSync(`${root}/roles/preflight/files/${script}`, 'utf8');
  for (const path of paths) text = text.replaceAll(path, join(folder, path));
  file(script, text);
  const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
  const shell = script.endsWith('.pl') ? 'perl' : 'sh';
  return execFileSync(shell, [join(folder, script), ...args], { encoding: 'utf8', env }).split('\n').slice(0, -1);
}

describe('updates.sh', () => {
  const updates = (): string[] => lines('updates.sh', ['/var/lib/apt']);

  function refreshed(list = 'deb.debian.org_debian_dists_bookworm_InRelease'): void {
    file(`var/lib/apt/lists/${list}`);
    utimesSync(join(folder, 'var/lib/apt/lists'), 0, Date.UTC(2026, 0, 2, 3, 4) / 1000);
  }

  it('counts what apt would install, and says when the lists were refreshed', () => {
    refreshed();
    program('apt-get', "printf 'Reading package lists...\\nInst a [1] (2 Debian)\\nInst b (1 Debian)\\nConf a (2 Debian)\\n'");
    expect(updates()).toEqual(['2', '2026-01-02T03:04Z', '']);
    program('apt-get', "echo 'W: some warning' >&2");
    expect(updates()).toEqual(['0', '2026-01-02T03:04Z', '']);
  });

  it('does not take an apt that fails for one that has nothing to do', () => {
    refreshed();
    program('apt-get', "printf 'W: some warning\\nE: Unmet dependencies. Try something.\\nE: second\\n' >&2; exit 100");
    expect(updates()).toEqual(['unknown', '2026-01-02T03:04Z', 'Unmet dependencies. Try something.']);
    program('apt-get', "echo 'apt-get: cannot execute' >&2; exit 126");
    expect(updates()).toEqual(['unknown', '2026-01-02T03:04Z', 'apt-get: cannot execute']);
    program('apt-get', 'exit 9');
    expect(updates()).toEqual(['unknown', '2026-01-02T03:04Z', 'exit status 9']);
  });

  it('tells lists that were never refreshed', () => {
    program('apt-get', 'true');
    file('var/lib/apt/lists/lock');
    expect(updates()).toEqual(['0', 'never', '']);
  });

  it('knows lists of a repository without a Release file', () => {
    program('apt-get', 'true');
    refreshed('_opt_repository_._Packages');
    expect(updates()).toEqual(['0', '2026-01-02T03:04Z', '']);
  });
});
