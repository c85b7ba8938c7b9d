import { readdirSync, statSync } from 'node:fs';
import type { Position, SourceText } from '../base/position.js';
import { readSource } from '../source/read-source.js';

/** How the loader sees the control machine's disk. Paths are absolute. */
export interface FileAccess {
  /** Throws `yaml/no-file` and its like; `position`: of what named the file. */
  read(path: string, position?: Position): SourceText;
  isFile(path: string): boolean;
  isFolder(path: string): boolean;
  /** Names in a folder, sorted; none where it cannot be read. */
  list(folder: string): readonly string[];
}

export function diskFiles(cwd: string): FileAccess {
  return {
    read: (path, position) => readSource(path, cwd, position),
    isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
    isFolder: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
    list: (folder) => {
      try {
        return readdirSync(folder).sort();
      } catch {
        return [];
      }
    },
  };
}

/** Ansible's order of looking. */
const EXTENSIONS = ['.yml', '.yaml', '.json'] as const;

/** The file of that name, written with or without its extension. */
export function yamlFile(files: FileAccess, path: string): string | undefined {
  return [...EXTENSIONS.map((extension) => path + extension), path].find((each) => files.isFile(each));
}

/** The same, or all files of a folder of that name (`vars/main/*.yaml`), sorted, subfolders too. */
export function yamlFiles(files: FileAccess, path: string): readonly string[] {
  const single = yamlFile(files, path);
  if (single !== undefined) return [single];
  return files.isFolder(path) ? below(files, path) : [];
}

function below(files: FileAccess, folder: string): string[] {
  return files.list(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (name.startsWith('.') || name.endsWith('~')) return [];
    if (files.isFolder(path)) return below(files, path);
    return EXTENSIONS.some((extension) => name.endsWith(extension)) ? [path] : [];
  });
}
