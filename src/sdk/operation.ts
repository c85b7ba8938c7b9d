/** What a plan wants done on a host: data, applied by the engine in one message, and in check mode applied to the simulated host. */
export type Operation =
  | WriteOperation
  | { readonly kind: 'mkdir'; readonly path: string; readonly attributes: Attributes }
  | { readonly kind: 'attributes'; readonly path: string; readonly follow: boolean; readonly attributes: Attributes }
  | { readonly kind: 'remove'; readonly path: string; readonly recurse: boolean }
  | { readonly kind: 'link'; readonly path: string; readonly target: string; readonly hard: boolean }
  | { readonly kind: 'touch'; readonly path: string; readonly atime?: number | 'now'; readonly mtime?: number | 'now' }
  | { readonly kind: 'copy'; readonly from: string; readonly path: string; readonly attributes: Attributes }
  | { readonly kind: 'backup'; readonly path: string; readonly under: 'beside' | 'state-directory' }
  | RunOperation;

/** Omitted: kept as is, or the safe default for something new (files 0644, directories 0755, as Ansible with its usual umask, the become user's own). */
export interface Attributes {
  readonly mode?: number;
  readonly owner?: string;
  readonly group?: string;
}

/** Written beside the target (0600, attributes before content), flushed, renamed over it; in place where a rename cannot work. Links are replaced. */
export interface WriteOperation {
  readonly kind: 'write';
  readonly path: string;
  readonly content: Buffer | ContentSource;
  readonly attributes: Attributes;
  /** A command with `%s` for the new file's path, run as user text before the rename; failing, nothing is changed. */
  readonly validate?: string;
}

/** Content that is too large to hold: read when sent. */
export interface ContentSource {
  readonly size: number;
  readonly sha256: string;
  /** Local file on the control machine. */
  readonly localPath: string;
}

/** A program of the system (apt-get, systemctl, useradd, …) that a module needs, with what it does to the simulated host. */
export interface RunOperation {
  readonly kind: 'run';
  readonly argv: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Goes to standard input; the only place for a secret. */
  readonly stdin?: string;
  readonly effects: readonly Effect[];
  /** Exit codes that are fine. Default [0]. */
  readonly okCodes?: readonly number[];
  /** Seconds; default 600. */
  readonly timeout?: number;
}

export type Effect =
  | { readonly kind: 'package'; readonly name: string; readonly status: 'installed' | 'config-files' | 'absent'; readonly version?: string }
  | { readonly kind: 'packages-index' }
  | { readonly kind: 'unit'; readonly name: string; readonly activeState?: string; readonly unitFileState?: string }
  | { readonly kind: 'user'; readonly name: string; readonly state: import('./query.js').UserState | undefined }
  | { readonly kind: 'group'; readonly name: string; readonly state: import('./query.js').GroupState | undefined };

/** One difference between the host and what is wanted; diffs are made of these. */
export interface Change {
  /** What changes: a path, `package wget`, `unit nginx`, `user deploy`. */
  readonly subject: string;
  readonly attribute: string;
  readonly before: string | number | boolean | null;
  readonly after: string | number | boolean | null;
  /** For contents: whole texts, of which --diff shows a unified diff. Undefined before: a new file. Binary or over 100 KB: left out. */
  readonly text?: { readonly before: string | undefined; readonly after: string | undefined };
}
