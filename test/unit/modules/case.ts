import type { Value, ValueMap } from '../../../src/base/value.js';

/** One file of cases/: what is given, what the module is asked, what it must answer. See CONTRIBUTING.md. */
export interface Case {
  readonly args: ValueMap;
  readonly given?: Given;
  /** Files of the control machine, by the argument that names them. */
  readonly files?: Readonly<Record<string, GivenFile>>;
  readonly expect: Expectation;
}

export interface Given {
  /** By path. A text is a file with that content. */
  readonly files?: Readonly<Record<string, string | GivenFile>>;
  readonly users?: Readonly<Record<string, ValueMap>>;
  readonly groups?: Readonly<Record<string, ValueMap>>;
  readonly packages?: Readonly<Record<string, ValueMap>>;
  readonly units?: Readonly<Record<string, ValueMap>>;
  /** Answers of our own scripts, by a part of their text. */
  readonly scripts?: Readonly<Record<string, { rc?: number; stdout?: string; stderr?: string }>>;
  readonly memory?: ValueMap;
  /** Variables, conditions and what else a context gives. */
  readonly context?: ValueMap;
}

export interface GivenFile {
  readonly content?: string;
  readonly base64?: string;
  readonly directory?: boolean;
  readonly link?: string;
  readonly fifo?: boolean;
  readonly hard?: string;
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
  readonly mtime?: number;
  readonly atime?: number;
  readonly unknownFrom?: string;
  /** Of a control machine's folder: what is in it. Of a script: its arguments. */
  readonly entries?: Readonly<Record<string, GivenFile>>;
  readonly args?: readonly string[];
}

export interface Expectation {
  /** `subject attribute: before → after`, in order, all of them. */
  readonly changes?: readonly string[];
  /** One line each: `write /x mode=0644`, `run systemctl start nginx`, … in order, all of them. */
  readonly operations?: readonly string[];
  /** A part of the result. */
  readonly result?: ValueMap;
  /** A part of the failure's message; nothing may be changed then. */
  readonly failed?: string;
  readonly warnings?: readonly string[];
  /** Files afterwards: content, or null for gone. */
  readonly after?: Readonly<Record<string, string | null>>;
  /** Changes when planned again after the operations; default: none. */
  readonly again?: readonly string[];
  /** Of actions and control modules. */
  readonly changed?: boolean;
  /** What was asked of the context, in order. */
  readonly asked?: readonly Value[];
}
