import type { Value } from '../base/value.js';

/** A JSON Schema fragment: what ajv validates and editors read. */
export type Schema = Readonly<Record<string, unknown>>;

/** What the engine loads for an argument from the control machine. */
export interface Loading {
  /** Where a relative path is looked for, in a role and beside the playbook. */
  readonly folder: 'files' | 'templates';
  /** `file`: a ControlFile. `template`: rendered, a TemplateFile. `script`: the value's first word is the file, a ControlScript. */
  readonly as: 'file' | 'template' | 'script';
  /** A boolean argument that, when true, makes this a path on the host: then nothing is loaded and the text is the value. */
  readonly unless?: string;
}

interface Details<T> {
  readonly schema: Schema;
  /** In words, for errors: `a list`, `true or false`. */
  readonly expected: string;
  /** The value after rendering as the module gets it; undefined: it is of another form. `path`: of the argument, for errors inside it. */
  readonly convert: (value: Value, owner: string, path: string) => T | undefined;
  /** Not rendered: conditions, variable names. */
  readonly literal?: boolean;
  /** A text with commas is one element of a list, not several. */
  readonly whole?: boolean;
  readonly loads?: Loading;
  /** Takes every argument that is not declared, by its name (set_fact). */
  readonly rest?: boolean;
  /** Takes values of every form, also what check mode does not know. */
  readonly any?: boolean;
  /** Of mappings, and of lists of them. */
  readonly fields?: ArgumentSpec;
}

/** One argument: immutable; each method answers a changed copy. `Present` says that a value is always there. */
export class Argument<T, Present extends boolean = false> {
  declare readonly present: Present;

  constructor(
    readonly details: Details<T>,
    readonly description = '',
    readonly isRequired = false,
    readonly defaultValue: Value | undefined = undefined,
    readonly isSecret = false,
    readonly otherNames: readonly string[] = [],
    /** The boolean field beside it that, when true, makes it secret. */
    readonly secretField: string | undefined = undefined,
    /** Says what the task is about, or whether it is done: where it is not known (check mode), neither is what the task would do. */
    readonly isIdentity = false,
  ) {}

  get literal(): boolean {
    return this.details.literal ?? false;
  }

  /** Set when the engine loads it from the control machine. */
  get loads(): Loading | undefined {
    return this.details.loads;
  }

  describe(text: string): Argument<T, Present> {
    return this.copy<Present>({ description: text });
  }

  required(): Argument<T, true> {
    return this.copy<true>({ isRequired: true });
  }

  default(value: Value): Argument<T, true> {
    return this.copy<true>({ isRequired: false, defaultValue: value });
  }

  /** Its value is masked everywhere, and never quoted in an error. */
  secret(): Argument<T, Present> {
    return this.copy<Present>({ isSecret: true });
  }

  /** Secret where the boolean field beside it says so (`{answer: …, secret: true}`). */
  secretIf(field: string): Argument<T, Present> {
    return this.copy<Present>({ secretField: field });
  }

  /** What the task is about, or whether it is done. What a resource module requires is that anyway. */
  identifies(): Argument<T, Present> {
    return this.copy<Present>({ isIdentity: true });
  }

  aliases(...names: string[]): Argument<T, Present> {
    return this.copy<Present>({ otherNames: names });
  }

  private copy<P extends boolean>(
    change: Partial<
      Pick<Argument<T>, 'description' | 'isRequired' | 'defaultValue' | 'isSecret' | 'otherNames' | 'secretField' | 'isIdentity'>
    >,
  ): Argument<T, P> {
    const { details, description, isRequired, defaultValue, isSecret, otherNames, secretField, isIdentity } = { ...this, ...change };
    return new Argument<T, P>(details, description, isRequired, defaultValue, isSecret, otherNames, secretField, isIdentity);
  }
}

export type ArgumentSpec = { readonly [name: string]: Argument<unknown, boolean> };

export type ArgumentsOf<S extends ArgumentSpec> = {
  readonly [K in keyof S & string]: S[K] extends Argument<infer T, infer P> ? (P extends true ? T : T | undefined) : never;
};
