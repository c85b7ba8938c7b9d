import { accessSync, constants } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { failure } from '../base/errors.js';

/** The folder of a report, which is written in the end, is looked at in the beginning. Fails with `cli/report-unwritable`. */
export function demandWritable(file: string, cwd: string): void {
  try {
    accessSync(dirname(resolve(cwd, file)), constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw failure('cli/report-unwritable', { path: file, reason }, { cause: error });
  }
}
