import { readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { failure } from '../base/errors.js';
import { type Position, SourceText } from '../base/position.js';

/** A path as messages show it: relative to the working directory where that is shorter. */
export function shownPath(file: string, cwd: string): string {
  const absolute = resolve(cwd, file);
  const short = relative(cwd, absolute);
  return short !== '' && short.length < absolute.length && !isAbsolute(short) ? short : absolute;
}

/** Reads a file once; excerpts are cut from what was read. Errors: `yaml/no-file`, `yaml/unreadable`, `yaml/encoding`; `position`: of what named the file. */
export function readSource(file: string, cwd: string, position?: Position): SourceText {
  const shown = shownPath(file, cwd);
  const bytes = read(resolve(cwd, file), shown, position);
  try {
    return new SourceText(shown, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw failure('yaml/encoding', { file: shown }, { position, cause });
  }
}

function read(path: string, file: string, position: Position | undefined): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    if (code === 'ENOENT') throw failure('yaml/no-file', { file }, { position, cause });
    throw failure('yaml/unreadable', { file, reason: code }, { position, cause });
  }
}
