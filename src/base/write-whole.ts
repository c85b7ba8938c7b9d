import writeFileAtomic from 'write-file-atomic';

/** A reader sees the file of before or the whole new one; a crash leaves one of them. `mode`: of a new file. */
export async function writeWhole(path: string, text: string, { mode }: { readonly mode?: number } = {}): Promise<void> {
  await writeFileAtomic(path, text, { fsync: true, ...(mode !== undefined && { mode }) });
}
