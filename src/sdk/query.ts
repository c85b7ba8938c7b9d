/**
 * What a probe may ask of a host. Queries are data: they are coalesced into one frame, cached under their own content, and in check mode
 * answered by the simulated host first.
 */
export type Query =
  | { readonly kind: 'stat'; readonly path: string; readonly follow: boolean }
  | { readonly kind: 'read'; readonly path: string }
  | { readonly kind: 'checksum'; readonly path: string; readonly algorithm: 'sha1' | 'sha256' | 'md5' | 'sha512' }
  | { readonly kind: 'list'; readonly path: string; readonly recurse: boolean }
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'package'; readonly name: string; readonly candidate?: true }
  | { readonly kind: 'unit'; readonly name: string }
  | { readonly kind: 'script'; readonly script: string; readonly args: readonly string[]; readonly stdin?: string };

export interface Answers {
  stat: FileState | undefined;
  read: Buffer | undefined;
  checksum: string | undefined;
  list: readonly DirectoryEntry[] | undefined;
  user: UserState | undefined;
  group: GroupState | undefined;
  package: PackageState;
  unit: UnitState;
  script: ScriptAnswer;
}

export type FileType = 'file' | 'directory' | 'link' | 'fifo' | 'socket' | 'block' | 'character';

/** lstat (or stat with `follow`) of a path. Absent paths answer undefined; ENOTDIR and EACCES are failures of the task. */
export interface FileState {
  readonly type: FileType;
  /** Permission bits with setuid, setgid and sticky: 0..0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Names, or the number as text when it has no name. */
  readonly owner: string;
  readonly group: string;
  /** Bytes. */
  readonly size: number;
  /** Seconds since the epoch, with fraction. */
  readonly atime: number;
  readonly mtime: number;
  readonly ctime: number;
  readonly inode: number;
  readonly device: number;
  readonly nlink: number;
  /** Of a link: where it points, as written. */
  readonly target?: string;
  /** True where a rename over the path cannot work (a mount point of its own). */
  readonly mountPoint?: boolean;
  /** Set by the simulated host: the path may be brought by this package, which would be installed. */
  readonly unknownFrom?: string;
}

export interface DirectoryEntry {
  /** Relative to the listed directory. */
  readonly path: string;
  readonly state: FileState;
}

export interface UserState {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly gecos: string;
  readonly home: string;
  readonly shell: string;
  /** Supplementary groups by name. */
  readonly groups: readonly string[];
  /** The hash field of /etc/shadow when it is readable; never printed. */
  readonly passwordHash?: string;
  /** Days between two changes of the password, at least and at most (shadow(5)); absent where there is none, or /etc/shadow is not readable. */
  readonly passwordMin?: number;
  readonly passwordMax?: number;
  /** The day the account ends, in days since 1970-01-01; absent: never. */
  readonly expires?: number;
  readonly homeExists: boolean;
}

export interface GroupState {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

export interface PackageState {
  readonly name: string;
  /** dpkg: installed, config-files (removed, conffiles left), half-…, or absent. */
  readonly status: 'installed' | 'config-files' | 'broken' | 'absent';
  readonly version?: string;
  readonly held: boolean;
  /** Newest version apt would install, where the index knows one. */
  readonly candidate?: string;
  /** The name is virtual and these installed packages provide it. */
  readonly providedBy: readonly string[];
}

export interface UnitState {
  readonly name: string;
  /** systemctl show: loaded, not-found, masked, … */
  readonly loadState: string;
  readonly activeState: string;
  readonly subState: string;
  /** UnitFileState: enabled, disabled, static, masked, generated, … ; empty when there is no unit file. */
  readonly unitFileState: string;
  /** Set by the simulated host: the unit may be brought by this package. */
  readonly unknownFrom?: string;
}

export interface ScriptAnswer {
  readonly rc: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A read-only view of a host. Asking costs at most one round trip for all that is asked in the same turn of the event loop. */
export interface ReadView {
  stat(path: string, options?: { follow?: boolean }): Promise<FileState | undefined>;
  /** Bytes of a regular file (links followed), undefined when absent. Over 16 MiB: a failure. */
  readFile(path: string): Promise<Buffer | undefined>;
  checksum(path: string, algorithm: 'sha1' | 'sha256' | 'md5' | 'sha512'): Promise<string | undefined>;
  list(path: string, options?: { recurse?: boolean }): Promise<readonly DirectoryEntry[] | undefined>;
  user(name: string): Promise<UserState | undefined>;
  group(name: string): Promise<GroupState | undefined>;
  /** The candidate costs apt half a second: it is looked up for a package that is not installed, and else only when asked for. */
  package(name: string, options?: { candidate?: boolean }): Promise<PackageState>;
  unit(name: string): Promise<UnitState>;
  /** Our own read-only POSIX sh; `args` are $1…; never user text. An `Unknown` environment (check mode after a planned change) answers from the real host. */
  script(script: string, args?: readonly string[], stdin?: string): Promise<ScriptAnswer>;
}
