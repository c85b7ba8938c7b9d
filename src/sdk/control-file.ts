/** A file or folder of the control machine that an argument names; read when asked for. */
export interface ControlFile {
  /** Absolute. */
  readonly path: string;
  readonly isDirectory: boolean;
  /** Permission bits. */
  readonly mode: number;
  /** Bytes; 0 for a folder. */
  readonly size: number;
  /** Hex. */
  sha256(): Promise<string>;
  content(): Promise<Buffer>;
  /** Everything below a folder, folders before what is in them; paths relative to it. */
  entries(): Promise<readonly { readonly path: string; readonly file: ControlFile }[]>;
}

/** A `.hbs` file as rendered with the task's variables. */
export interface TemplateFile {
  readonly path: string;
  readonly content: string;
}

/** `script`'s argument: a script of the control machine with what follows it. */
export interface ControlScript {
  readonly file: ControlFile;
  /** Split as a shell does, quotes taken away. */
  readonly args: readonly string[];
}
