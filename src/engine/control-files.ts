import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { failure } from '../base/errors.js';
import { type Position, SourceText } from '../base/position.js';
import { truthFrom } from '../base/truth.js';
import type { Value, ValueMap } from '../base/value.js';
import { chainOf, type Level, type Task } from '../playbook/tree.js';
import type { ArgumentSpec } from '../sdk/argument.js';
import { canonicalNames, type Loaded } from '../sdk/coerce.js';
import type { ControlFile, TemplateFile } from '../sdk/control-file.js';
import { splitWords } from '../sdk/words.js';
import type { Scope } from '../vars/scope.js';
import { renderTemplateFile } from '../vars/template-file.js';

/** Files of the control machine that tasks name: looked for as Ansible does, in the role first, then beside the playbook. */
export class ControlFiles {
  constructor(private readonly playbookDirectory: string) {}

  /** What each file argument names, loaded. A template is rendered with the task's variables. */
  load(spec: ArgumentSpec, values: ValueMap, task: Task, scope: Scope): Loaded {
    const canonical = canonicalNames(spec);
    const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [canonical.get(name) ?? name, value]));
    const loaded: Record<string, Loaded[string]> = {};
    for (const [name, argument] of Object.entries(spec)) {
      const { loads } = argument;
      const value = given[name];
      if (!loads || typeof value !== 'string' || (loads.unless !== undefined && truthFrom(given[loads.unless]) === true)) continue;
      const [first = '', ...args] = loads.as === 'script' ? splitWords(value) : [value];
      const path = this.find(first, loads.folder, task, task.argPositions[name] ?? task.position);
      if (loads.as === 'template') loaded[name] = renderedTemplate(path, scope);
      else loaded[name] = loads.as === 'script' ? { file: new LocalFile(path), args } : new LocalFile(path);
    }
    return loaded;
  }

  /** Patterns of shell (`*`, `?` in the last part) under files/ or beside the playbook; sorted, without folders. */
  async glob(patterns: readonly string[], level: Level): Promise<string[]> {
    const found = await Promise.all(patterns.map((pattern) => this.matches(pattern, level)));
    return found.flat();
  }

  firstFound(names: readonly string[], level: Level, position: Position, mayBeEmpty: boolean): Value[] {
    const places = names.flatMap((name) => this.places(name, 'files', level));
    const found = places.find((each) => existsSync(each));
    if (found !== undefined) return [found];
    if (mayBeEmpty) return [];
    throw failure('task/file-missing', { name: names.join(', '), places: places.join(', ') }, { position });
  }

  private find(name: string, folder: 'files' | 'templates', level: Level, position: Position): string {
    const places = this.places(name, folder, level);
    const found = places.find((each) => existsSync(each));
    if (found === undefined) throw failure('task/file-missing', { name, places: places.join(', ') }, { position });
    return found;
  }

  private places(name: string, folder: 'files' | 'templates', level: Level): string[] {
    if (isAbsolute(name)) return [name];
    const roles = chainOf(level).flatMap((each) => (each.role ? [each.role.path] : []));
    return [...roles.reverse(), this.playbookDirectory].flatMap((root) => [join(root, folder, name), join(root, name)]);
  }

  private async matches(pattern: string, level: Level): Promise<string[]> {
    const expression = basename(pattern)
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    const matcher = new RegExp(`^${expression}$`);
    const folder = this.places(dirname(pattern), 'files', level).find((each) => existsSync(each));
    if (folder === undefined) return [];
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((each) => each.isFile() && matcher.test(each.name))
      .map((each) => resolve(folder, each.name))
      .sort();
  }
}

function renderedTemplate(path: string, scope: Scope): TemplateFile {
  return { path, content: String(renderTemplateFile(new SourceText(path, readFileSync(path, 'utf8')), scope)) };
}

class LocalFile implements ControlFile {
  readonly isDirectory: boolean;
  readonly mode: number;
  readonly size: number;

  constructor(readonly path: string) {
    const state = statSync(path);
    this.isDirectory = state.isDirectory();
    this.mode = state.mode & 0o7777;
    this.size = this.isDirectory ? 0 : state.size;
  }

  async sha256(): Promise<string> {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(this.path)) hash.update(chunk);
    return hash.digest('hex');
  }

  content(): Promise<Buffer> {
    return readFile(this.path);
  }

  async entries(): Promise<{ path: string; file: ControlFile }[]> {
    return entriesBelow(this.path, '');
  }
}

async function entriesBelow(folder: string, prefix: string): Promise<{ path: string; file: ControlFile }[]> {
  const found: { path: string; file: ControlFile }[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const file = new LocalFile(join(folder, name));
    found.push({ path: prefix + name, file });
    if (file.isDirectory) found.push(...(await entriesBelow(join(folder, name), `${prefix}${name}/`)));
  }
  return found;
}
