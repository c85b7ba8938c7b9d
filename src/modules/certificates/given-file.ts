import type { ControlFile } from '../../sdk/control-file.js';

/** A file of the control machine that was read; `path` is how an operator knows it. */
export interface GivenFile {
  readonly path: string;
  readonly content: Buffer;
  /** Why it could not be read, in the words of phrases.ts; `content` is empty then. */
  readonly unreadable?: string;
}

/** The bundle's files, read together. */
export async function readGiven(files: {
  readonly certificate: ControlFile;
  readonly key: ControlFile | undefined;
  readonly root_file: ControlFile | undefined;
}): Promise<{ certificate: GivenFile; key: GivenFile | undefined; root: GivenFile | undefined }> {
  const [certificate, key, root] = await Promise.all([
    read(files.certificate),
    files.key && read(files.key),
    files.root_file && read(files.root_file),
  ]);
  return { certificate, key, root };
}

async function read(file: ControlFile): Promise<GivenFile> {
  const { path } = file;
  const unreadable = (reason: string): GivenFile => ({ path, content: Buffer.alloc(0), unreadable: reason });
  if (file.isDirectory) return unreadable('it is a directory');
  try {
    return { path, content: await file.content() };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return unreadable(error.code === 'EACCES' || error.code === 'EPERM' ? 'permission denied' : String(error.code));
  }
}
