import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../docker.js';

/** How the lab's machines reach Debian's packages: the same way as the machine that builds them does. */
export interface AptSetup {
  /** Files with sources for bookworm, absolute paths; empty: Debian's own defaults. */
  sources: string[];
  /** apt.conf lines (proxies, dates of a frozen mirror), as `Name "value";`. */
  settings: string[];
}

const SOURCES = '/etc/apt';
const RELEVANT = /^Acquire::(https?::Proxy\S*|Check-Valid-Until|Check-Date|Retries) "[^"]/;
// A suite of Debian itself, not another vendor's that has the release's name in its own.
const BOOKWORM = /(^|[\s,])bookworm(-updates|-security)?([\s/]|$)/m;
const DEBIANS = /(^|\s)main(\s|$)/m;

export async function readAptSetup(): Promise<AptSetup> {
  const found: string[] = [];
  for (const file of [join(SOURCES, 'sources.list'), ...(await listSourceFiles())]) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const active = text.replace(/^\s*#.*$/gm, '');
    if (BOOKWORM.test(active) && DEBIANS.test(active)) found.push(file);
  }
  const config = await runCommand('apt-config', ['dump']).catch(() => ({ code: 1, stdout: '', stderr: '' }));
  const settings = config.stdout.split('\n').filter((line) => RELEVANT.test(line));
  return { sources: found, settings };
}

async function listSourceFiles(): Promise<string[]> {
  const folder = join(SOURCES, 'sources.list.d');
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /\.(list|sources)$/.test(name)).map((name) => join(folder, name));
}
