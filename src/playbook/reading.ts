import type { Diagnostics } from '../base/errors.js';
import type { Position } from '../base/position.js';
import type { YamlNode } from '../source/node.js';
import { parseYaml } from '../source/yaml.js';
import type { PlaybookContext } from './context.js';
import type { Handler, Level, RoleInstance } from './tree.js';

/** One loading: files are parsed once, and what is wrong in one is said once however often it is imported. */
export class Library {
  private readonly parsed = new Map<string, YamlNode | undefined>();

  constructor(readonly context: PlaybookContext) {}

  /** Undefined where it cannot be read: the error is collected. */
  parse(path: string, position?: Position): YamlNode | undefined {
    if (this.parsed.has(path)) return this.parsed.get(path);
    const node = this.context.collect.collect(() => parseYaml(this.context.files.read(path, position)));
    this.parsed.set(path, node);
    return node;
  }
}

/** What the parts of one play add to it while they are read. */
export class PlayParts {
  readonly handlers: Handler[] = [];
  readonly staticRoles: RoleInstance[] = [];
  /** Dependencies that were brought in already, by name and parameters, with the conditions on the way to them. */
  readonly dependencies = new Map<string, string[]>();
  /** Names and topics of handlers that includes with a plain name will bring. */
  readonly expectedHandlers: Handler[] = [];
  /** An include whose handlers cannot be known before it is reached. */
  handlersMayCome = false;
  /** What includes name and was looked at. */
  readonly lookedAt = new Set<string>();
}

/** Where a list of tasks stands. */
export interface Place {
  readonly library: Library;
  readonly play: PlayParts;
  readonly parent: Level;
  /** Of the file that is read. */
  readonly directory: string;
  readonly playbookDirectory: string;
  readonly role: RoleInstance | undefined;
  readonly isHandler: boolean;
  /** Files and roles being read, outermost first: what is in it again goes round in a circle. */
  readonly stack: readonly string[];
}

export function collectorOf(place: Place): Diagnostics {
  return place.library.context.collect;
}
