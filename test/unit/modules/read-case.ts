import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ControlFile, ControlScript, TemplateFile } from '../../../src/sdk/control-file.js';
import type { Case, GivenFile } from './case.js';

const folder = join(import.meta.dirname, 'cases');

export interface NamedCase extends Case {
  readonly module: string;
  readonly name: string;
}

export function readCases(): NamedCase[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .flatMap(({ name: module }) =>
      readdirSync(join(folder, module)).map((file) => {
        const text = readFileSync(join(folder, module, file), 'utf8');
        return { module, name: `${module}/${file.replace(/\.yaml$/, '')}`, ...(parse(text) as Case) };
      }),
    );
}

/** A file of the control machine as the engine hands it to a module. */
function controlFile(path: string, given: GivenFile): ControlFile {
  const content = given.base64 === undefined ? Buffer.from(given.content ?? '') : Buffer.from(given.base64, 'base64');
  return {
    path,
    isDirectory: given.directory ?? given.entries !== undefined,
    mode: Number.parseInt(given.mode ?? '0644', 8),
    size: content.length,
    sha256: async () => createHash('sha256').update(content).digest('hex'),
    content: async () => content,
    entries: async () =>
      Object.entries(given.entries ?? {}).map(([name, entry]) => ({ path: name, file: controlFile(join(path, name), entry) })),
  };
}

export function loaded(path: string, as: 'file' | 'template' | 'script', given: GivenFile): ControlFile | ControlScript | TemplateFile {
  if (as === 'template') return { path, content: given.content ?? '' };
  const file = controlFile(path, given);
  return as === 'script' ? { file, args: given.args ?? [] } : file;
}
