import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { failure } from '../base/errors.js';
import { type Position, SourceText } from '../base/position.js';
import type { Value, ValueMap } from '../base/value.js';
import { chainOf, type Level, type Task } from '../playbook/tree.js';
import type { ArgumentSpec } from '../sdk/arguments.js';
import type { ControlFile, TemplateFile } from '../sdk/control-file.js';
import type { Scope } from '../vars/scope.js';
import { renderTemplateFile } from '../vars/template-file.js';

/** Files of the control machine that tasks name: looked for as Ansible does, in the role first, then beside the playbook. */
export class ControlFiles {
  constructor(private readonly playbookDirectory: string) {}

  /** What each file argument names, loaded. A template is rendered with the task's variables. */
  resolve(spec: ArgumentSpec, values: ValueMap, task: Task, scope: Scope): Record<string, ControlFile | TemplateFile> {
    const loaded: Record<string, ControlFile | TemplateFile> = {};
    for (const [name, argument] of Object.entries(spec)) {
      const { file } = argument.details;
      const value = values[name];
      if (!file || typeof value !== 'string') continue;
      const path = this.find(value, file, task, task.argPositions[name]);
      loaded[name] = file === 'templates' ? renderedTemplate(path, scope) : new LocalFile(path, value.endsWith('/'));
    }
    return loaded;
  }

  find(name: string, folder: 'files' | 'templates', level: Level, position: Position | undefined): string {
    const roots = [
      ...chainOf(level)
        .flatMap((each) => (each.role ? [each.role.path] : []))
        .reverse(),
      this.playbookDirectory,
    ];
    const candidates = isAbsolute(name) ? [name] : roots.flatMap((root) => [join(root, folder, name), join(root, name)]);
    const found = candidates.find((each) => existsSync(each));
    if (found === undefined) throw failure('task/file-missing', { name, places: candidates.join(', ') }, { position });
    return resolve(found);
  }

  /** Files that match shell patterns (`*`, `?` in the last part), sorted; a pattern without a match gives none. */
  async glob(patterns: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (const pattern of patterns) {
      const folder = resolve(this.playbookDirectory, dirname(pattern));
      const matcher = new RegExp(
        `^${basename(pattern)
          .replace(/[.+^${}()|[\]\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
      );
      const entries = existsSync(folder) ? await readdir(folder, { withFileTypes: true }) : [];
      found.push(...entries.filter((each) => each.isFile() && matcher.test(each.name)).map((each) => join(folder, each.name)));
    }
    return found.sort();
  }

  async firstFound(names: readonly string[], position: Position): Promise<Value[]> {
    const found = names.map((each) => resolve(this.playbookDirectory, each)).find((each) => existsSync(each));
    if (found === undefined) throw failure('task/file-missing', { name: names[0] ?? '', places: names.join(', ') }, { position });
    return [found];
  }
}

function renderedTemplate(path: string, scope: Scope): TemplateFile {
  return { path, content: renderTemplateFile(new SourceText(path, readFileSync(path, 'utf8')), scope) };
}

class LocalFile implements ControlFile {
  readonly isDirectory: boolean;
  readonly mode: number;
  readonly size: number;

  constructor(
    readonly path: string,
    readonly contentsOnly = false,
  ) {
    const state = statSync(path);
    this.isDirectory = state.isDirectory();
    this.mode = state.mode & 0o7777;
    this.size = this.isDirectory ? 0 : state.size;
  }

  async sha256(): Promise<string> {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(this.path)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  }

  content(): Promise<Buffer> {
    return readFile(this.path);
  }

  async entries(): Promise<{ path: string; file: ControlFile }[]> {
    const below = async (folder: string, prefix: string): Promise<{ path: string; file: ControlFile }[]> => {
      const names = (await readdir(folder)).sort();
      const found: { path: string; file: ControlFile }[] = [];
      for (const name of names) {
        const file = new LocalFile(join(folder, name));
        found.push({ path: prefix + name, file });
        if (file.isDirectory) found.push(...(await below(join(folder, name), `${prefix}${name}/`)));
      }
      return found;
    };
    return below(this.path, '');
  }
}
