import type { Position } from '../base/position.js';
import type { SourceValue } from '../base/template-text.js';

/** A playbook as it was read: typed, validated, every import expanded, every condition compiled once. Nothing of a host is in it. */
export interface Playbook {
  readonly path: string;
  readonly plays: readonly Play[];
}

/** One CEL expression as it stands in the source. `when: [a, b]` is two, which must both hold. */
export interface ConditionText {
  readonly text: string;
  readonly position: Position;
}

export type Variables = Readonly<Record<string, SourceValue>>;

/** Keywords that children inherit. Each level keeps its own; `effectiveKeywords` walks up. Values may be templates, rendered for each host. */
export interface Keywords {
  readonly vars?: Variables;
  readonly connection?: SourceValue;
  readonly port?: SourceValue;
  readonly remoteUser?: SourceValue;
  readonly moduleDefaults?: SourceValue;
  readonly environment?: SourceValue;
  readonly noLog?: SourceValue;
  readonly runOnce?: SourceValue;
  readonly ignoreErrors?: SourceValue;
  readonly ignoreUnreachable?: SourceValue;
  readonly checkMode?: SourceValue;
  readonly diff?: SourceValue;
  readonly anyErrorsFatal?: SourceValue;
  readonly throttle?: SourceValue;
  readonly timeout?: SourceValue;
  readonly become?: SourceValue;
  readonly becomeUser?: SourceValue;
  readonly becomeMethod?: SourceValue;
  readonly becomeFlags?: SourceValue;
  readonly tags?: readonly string[];
  readonly when?: readonly ConditionText[];
  readonly notify?: readonly SourceValue[];
  readonly delegateTo?: SourceValue;
  readonly delegateFacts?: SourceValue;
}

/** A level of the chain play → block → task. */
export interface Level {
  readonly parent: Level | undefined;
  readonly keywords: Keywords;
  /** Set where a role begins: its variables are seen from here down. */
  readonly role?: RoleInstance;
  /** Variables given to an include (`vars:` of include_role, include_tasks): above set_fact in the ladder. Those of an import are block vars, as in Ansible. */
  readonly parameters?: Variables;
  /** Where each keyword's value stands, by its name in YAML (`notify[1]` in a list of them): for errors that only rendering shows. */
  readonly keywordPositions?: Readonly<Record<string, Position>>;
}

export interface Play extends Level {
  readonly kind: 'play';
  readonly parent: undefined;
  readonly name: SourceValue;
  readonly position: Position;
  readonly path: string;
  readonly hosts: SourceValue;
  readonly hostsPosition: Position;
  readonly gatherFacts: SourceValue;
  readonly gatherSubset: readonly string[] | undefined;
  readonly varsFiles: readonly SourceValue[];
  readonly varsPrompt: readonly VarsPrompt[];
  readonly preTasks: readonly Item[];
  /** Roles of `roles:` with their dependencies before them, each a block. */
  readonly roles: readonly Block[];
  readonly tasks: readonly Item[];
  readonly postTasks: readonly Item[];
  /** In the order of definition, roles' included. */
  readonly handlers: readonly Handler[];
  /** Every role that `roles:` and `import_role` bring, dependencies first: their defaults and vars are seen in the whole play. */
  readonly staticRoles: readonly RoleInstance[];
  readonly forceHandlers: SourceValue;
  readonly maxFailPercentage: SourceValue;
  readonly serial: SourceValue;
  readonly strategy: 'linear' | 'free';
  readonly order: 'inventory' | 'reverse_inventory' | 'sorted' | 'reverse_sorted' | 'shuffle';
}

export interface VarsPrompt {
  readonly name: string;
  readonly prompt: string;
  readonly default: SourceValue;
  readonly private: boolean;
  readonly confirm: boolean;
}

export type Item = Task | Block | Include;
/** An include as a handler runs whole. Blocks, include_role and flush_handlers are none. */
export type Handler = Task | Include;

/** Where a role begins (`role` is set) its dependencies are the first items, so that they see its variables. */
export interface Block extends Level {
  readonly kind: 'block';
  readonly parent: Level | undefined;
  readonly name: SourceValue;
  readonly position: Position;
  readonly items: readonly Item[];
  readonly rescue: readonly Item[];
  readonly always: readonly Item[];
}

export interface Loop {
  /** `loop` is a list as it is; `with_items` opens the lists in its list (one level) and takes one value for a list of one. */
  readonly kind: 'list' | 'items' | 'dict' | 'fileglob' | 'first_found';
  /** `first_found` with `skip: true`: none found is no error but an empty loop. */
  readonly mayBeEmpty: boolean;
  readonly value: SourceValue;
  readonly position: Position;
  readonly loopVar: string;
  readonly indexVar: string | undefined;
  readonly label: SourceValue;
  readonly pause: SourceValue;
  readonly extended: boolean;
  /** `extended_allitems: false` keeps `ansible_loop.allitems` out of the results of long loops. */
  readonly extendedAllItems: boolean;
  readonly breakWhen: readonly ConditionText[];
}

export interface Once {
  readonly id: SourceValue;
  /** Variable name in the customer's store. */
  readonly store: string | undefined;
  readonly value: SourceValue | undefined;
  readonly position: Position;
}

interface TaskLike extends Level {
  readonly parent: Level | undefined;
  readonly name: SourceValue;
  readonly position: Position;
  readonly loop: Loop | undefined;
  readonly register: string | undefined;
  /** Handlers: topics besides the name. */
  readonly listen: readonly string[];
  readonly isHandler: boolean;
}

export interface Task extends TaskLike {
  readonly kind: 'task';
  /** Canonical name in the registry. */
  readonly module: string;
  /** Of the module's key: for errors about arguments that are not there. */
  readonly modulePosition: Position;
  /** Argument names as written, aliases resolved, free form under its argument. */
  readonly args: Variables;
  /** Where each argument's key stands; for errors that only rendering shows. */
  readonly argPositions: Readonly<Record<string, Position>>;
  /** CEL texts in the arguments (`that` of assert), with their places. */
  readonly expressions: readonly ConditionText[];
  readonly until: readonly ConditionText[];
  readonly retries: SourceValue;
  readonly delay: SourceValue;
  readonly changedWhen: readonly ConditionText[];
  readonly failedWhen: readonly ConditionText[];
  readonly once: Once | undefined;
}

/** include_tasks and include_role: evaluated when reached. */
export interface Include extends TaskLike {
  readonly kind: 'include';
  readonly what: 'tasks' | 'role';
  /** A file's path or a role's name. */
  readonly target: SourceValue;
  readonly tasksFrom: SourceValue;
  readonly varsFrom: string | undefined;
  readonly defaultsFrom: string | undefined;
  readonly handlersFrom: string | undefined;
  /** `apply:` keywords for what is included. */
  readonly apply: Keywords;
  readonly allowDuplicates: boolean;
  readonly public: boolean;
  /** Folder that a relative file is looked for in. */
  readonly directory: string;
}

export interface RoleInstance {
  readonly name: string;
  readonly path: string;
  readonly defaults: Variables;
  /** Of `vars/main`, above `vars:` of the entry that lists the role. */
  readonly vars: Variables;
  /** Parameters given where the role is listed; above set_fact in the ladder. */
  readonly params: Variables;
  /** Where the playbook names it. */
  readonly position: Position;
  /** Of the entry point that runs (`tasks_from`); checked by `checkRoleArguments` when the role starts. */
  readonly argumentSpec: RoleArgumentSpec | undefined;
  /** Options of every entry point: names that are known in it. */
  readonly options: readonly string[];
  /** Whose defaults and vars it sees below its own, nearest last. */
  readonly dependencies: readonly RoleInstance[];
}

/** One entry point of `meta/argument_specs.yaml`. */
export interface RoleArgumentSpec {
  /** `main`, or as in `tasks_from`. */
  readonly entry: string;
  readonly shortDescription: string;
  readonly description: readonly string[];
  readonly options: Readonly<Record<string, RoleOption>>;
  readonly path: string;
}

export interface RoleOption {
  readonly type: 'str' | 'int' | 'float' | 'bool' | 'list' | 'dict' | 'path' | 'raw';
  readonly required: boolean;
  /** Ours: not required while one of these variables is known (`chat_license_key` once the token is kept). */
  readonly requiredUnless: readonly string[];
  readonly default: SourceValue | undefined;
  readonly choices: readonly (string | number | boolean)[] | undefined;
  readonly elements: RoleOption['type'] | undefined;
  readonly description: readonly string[];
  /** `no_log: true`: its values are masked everywhere. */
  readonly secret: boolean;
  /** Of a mapping, or of the mappings in a list. */
  readonly options: Readonly<Record<string, RoleOption>> | undefined;
  readonly position: Position;
}

/** What a level and those above it say together: the innermost wins; conditions, tags, notifications and environments add up. */
export interface EffectiveKeywords extends Omit<Keywords, 'vars' | 'environment' | 'moduleDefaults' | 'when' | 'tags' | 'notify'> {
  /** Outermost first. */
  readonly environments: readonly SourceValue[];
  readonly moduleDefaultLevels: readonly SourceValue[];
  readonly when: readonly ConditionText[];
  readonly tags: readonly string[];
  readonly notify: readonly SourceValue[];
  /** Play vars are a level of their own in the ladder and not in here. */
  readonly blockVars: readonly Variables[];
  readonly taskVars: Variables;
  readonly roles: readonly RoleInstance[];
  readonly parameters: readonly Variables[];
}

/** Walks from the play down to the level. */
export function chainOf(level: Level): readonly Level[] {
  const chain: Level[] = [];
  for (let each: Level | undefined = level; each; each = each.parent) chain.unshift(each);
  return chain;
}

export function effectiveKeywords(level: Level): EffectiveKeywords {
  const chain = chainOf(level);
  const merged: Keywords = Object.assign({}, ...chain.map((each) => each.keywords));
  const { vars: _vars, environment: _environment, moduleDefaults: _defaults, when: _when, tags: _tags, notify: _notify, ...rest } = merged;
  const each = <T>(pick: (level: Level) => T | undefined): T[] => chain.map(pick).filter((value): value is T & {} => value !== undefined);
  const inner = chain.filter((one) => one !== level && one.parent !== undefined);
  return {
    ...rest,
    environments: each((one) => one.keywords.environment),
    moduleDefaultLevels: each((one) => one.keywords.moduleDefaults),
    when: each((one) => one.keywords.when).flat(),
    tags: [...new Set(each((one) => one.keywords.tags).flat())],
    notify: each((one) => one.keywords.notify).flat(),
    blockVars: inner.map((one) => one.keywords.vars).filter((vars) => vars !== undefined),
    taskVars: level.parent === undefined ? {} : (level.keywords.vars ?? {}),
    roles: each((one) => one.role),
    parameters: each((one) => one.parameters),
  };
}
