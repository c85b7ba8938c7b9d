import { dirname, isAbsolute, join, relative } from 'node:path';
import { Diagnostics, failure } from '../base/errors.js';
import type { SourceValue } from '../base/template-text.js';
import { isMap, type Value, type ValueMap } from '../base/value.js';
import type { VariableSource } from '../sdk/control-context.js';
import type { PlaybookContext } from './context.js';
import { findTasksFile, readTasksFile } from './import-tasks.js';
import { readItems } from './read-items.js';
import { readRole } from './read-role.js';
import { Library, type Place, PlayParts } from './reading.js';
import { type Block, chainOf, type Handler, type Include, type Level, type RoleInstance, type Task, type Variables } from './tree.js';
import { filesOfFolder, includedFolder } from './variable-folder.js';
import { readVariables } from './variables.js';

export interface IncludedRole {
  readonly block: Block;
  /** The role's own and those of its dependencies, in order of definition. */
  readonly handlers: readonly Handler[];
  /** Dependencies first. With `public: true` their defaults and vars are to be seen by the tasks after the include. */
  readonly roles: readonly RoleInstance[];
}

/** Reads what includes name when they are reached. Every method throws a ChatsctlError with all that is wrong in what it read. */
export class IncludeReader {
  constructor(
    private readonly context: PlaybookContext,
    private readonly playbookDirectory: string,
  ) {}

  /** `parent`: the level that what is included stands under (the include's own parent with its `apply`, variables and so on). */
  tasks(file: string, include: Include, parent: Level): Block {
    return this.reading((library) => {
      const place = this.place(library, include, parent);
      const path = findTasksFile(file, place);
      if (path === undefined) throw failure('play/no-tasks-file', { file }, { position: include.position });
      return readTasksFile(path, { name: include.name, position: include.position, parent, keywords: {} }, place);
    });
  }

  role(name: string, include: Include, parent: Level, tasksFrom: string | undefined): IncludedRole {
    return this.reading((library) => {
      const place = { ...this.place(library, include, parent), isHandler: false };
      const from = { tasks: tasksFrom, vars: include.varsFrom, defaults: include.defaultsFrom, handlers: include.handlersFrom };
      const level = { keywords: {}, keywordPositions: {} };
      const block = readRole({ name, position: include.position, level, entryVars: {}, params: [], from, once: false }, place);
      library.context.collect.throwIfAny();
      if (!block) throw failure('role/not-found', { name, searched: place.playbookDirectory }, { position: include.position });
      return { block, handlers: place.play.handlers, roles: place.play.staticRoles };
    });
  }

  /** What include_vars reads, rendered by `scope`, and the paths of the files; of a folder's files a later one wins. */
  variables(source: VariableSource, task: Task, scope: { render(value: SourceValue): Value }): { variables: ValueMap; files: string[] } {
    const files =
      'file' in source
        ? [this.variablesPath(source.file, task)]
        : filesOfFolder(includedFolder(source.dir, task, this.context.cwd), source, this.context.files);
    const rendered = files.map((path) => scope.render(this.variablesAt(path, path)));
    return { variables: Object.assign({}, ...rendered.filter(isMap)), files };
  }

  /** A vars file as it stands, for `vars_files`. An empty file has no variables. */
  variablesFile(file: string, level: Level): Variables {
    return this.variablesAt(this.variablesPath(file, level), this.written(file));
  }

  /** In a role its vars/ comes first. */
  private variablesPath(file: string, level: Level): string {
    const role = roleOf(level);
    const directory = playDirectory(level) ?? this.playbookDirectory;
    const written = this.written(file);
    const inRole = role ? [join(role.path, 'vars', written), join(role.path, written)] : [];
    const own = isAbsolute(file) ? file : join(directory, file);
    const candidates = [...inRole, own, join(directory, 'vars', written)];
    return candidates.find((each) => this.context.files.isFile(each)) ?? own;
  }

  private written(file: string): string {
    return isAbsolute(file) ? relative(this.playbookDirectory, file) : file;
  }

  private variablesAt(path: string, key: string): Variables {
    return this.reading((library) => {
      const node = library.parse(path);
      return node ? readVariables({ key, keyPosition: node.position, value: node }, library.context.collect) : {};
    });
  }

  private reading<T>(read: (library: Library) => T): T {
    const collect = new Diagnostics();
    const result = read(new Library({ ...this.context, collect }));
    collect.throwIfAny();
    return result;
  }

  private place(library: Library, include: Include, parent: Level): Place {
    return {
      library,
      play: new PlayParts(),
      parent,
      directory: include.directory,
      playbookDirectory: playDirectory(include) ?? this.playbookDirectory,
      role: roleOf(include),
      isHandler: include.isHandler,
      stack: [],
      readItems,
    };
  }
}

function roleOf(level: Level): RoleInstance | undefined {
  return chainOf(level).findLast((each) => each.role)?.role;
}

/** Of the playbook that the play stands in, which import_playbook may have brought from elsewhere. */
function playDirectory(level: Level): string | undefined {
  const [play] = chainOf(level);
  return play && 'path' in play && typeof play.path === 'string' ? dirname(play.path) : undefined;
}
