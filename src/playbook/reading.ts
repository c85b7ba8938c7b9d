import type { Diagnostics } from '../base/errors.js';
import type { Position } from '../base/position.js';
import type { YamlEntry, YamlNode } from '../source/node.js';
import { parseYaml } from '../source/yaml.js';
import type { PlaybookContext } from './context.js';
import type { Block, Handler, Item, Level, RoleInstance } from './tree.js';

/** One loading: files are parsed once, and what is wrong in one is said once however often it is imported. */
export class Library {
  private readonly parsed = new Map<string, YamlNode | undefined>();
  readonly checkedTemplates = new Set<string>();

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
  /** Of roles, in the order in which they are brought in. */
  readonly handlers: Handler[] = [];
  readonly staticRoles: RoleInstance[] = [];
  /** Roles of `roles:` and dependencies, which run once for the same parameters: how each was come to. */
  readonly broughtIn = new Map<string, { readonly role: RoleInstance; readonly ways: Way[] }>();
  /** Handlers, roles and tasks that includes with a plain name will bring. */
  readonly expectedHandlers: Handler[] = [];
  readonly lookedAtRoles: RoleInstance[] = [];
  readonly lookedAtBlocks: Block[] = [];
  /** An include whose handlers cannot be known before it is reached. */
  handlersMayCome = false;

  constructor(
    /** What includes name and was read for its errors. */
    readonly lookedAt = new Set<string>(),
  ) {}
}

/** Conditions and tags between the play and a role. */
export interface Way {
  readonly when: readonly string[];
  readonly tags: string;
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
  /** `readItems`: what a file or a role holds is read in the same way as the play's own tasks. */
  readonly readItems: (entry: YamlEntry, place: Place) => Item[];
}

export function collectorOf(place: Place): Diagnostics {
  return place.library.context.collect;
}
