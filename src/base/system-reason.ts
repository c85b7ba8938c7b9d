/** Words for what an operator meets at night, by the system's name of it (errno); phrases.ts has them in Russian. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or directory',
  ENOTDIR: 'a part of the path is no directory',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  ENOINODE: 'no inode is left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is larger than a limit allows',
  EIO: 'the device failed to read or write',
  EBUSY: 'it is in use',
  ELOOP: 'too many links, or one that is not followed',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

/** The plain words, with what the system said in brackets; else that and its errno. */
export function systemReason(errno: string, said: string): string {
  const plain = WORDS[errno];
  if (plain !== undefined) return said === '' ? plain : `${plain} (${said})`;
  return errno === '' || said === '' ? said || errno : `${said} (${errno})`;
}

/** Why an operation on a file of the control machine failed. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return WORDS[code] ?? (code || error.message);
}
