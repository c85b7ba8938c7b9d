import { catalog, type ErrorCode, type ErrorParams } from './catalog/index.js';
import { inRussian } from './phrases.js';
import type { Position } from './position.js';

export type Severity = 'error' | 'warning';

/** One finding about the input or a run: data, rendered in one place (render-error.ts), masked at the writer. */
export interface Diagnostic {
  readonly code: ErrorCode;
  readonly severity: Severity;
  /** Fill the `{name}` places of the catalog's texts. Never put a secret here. */
  readonly params: Readonly<Record<string, string | number>>;
  readonly position?: Position;
  /** A mend for just this case ("did you mean …"); the catalog's remedy is general. */
  readonly hint?: string;
  /** The hint in Russian, where it was given in both languages. */
  readonly ru?: { readonly hint?: string };
  /** The known name that was probably meant. `hint` says it in English already; the renderer says it in the operator's language. */
  readonly nearest?: string;
}

export interface DiagnosticOptions {
  position?: Position | undefined;
  hint?: string | undefined;
  /** Makes the hint `did you mean "…"?`. */
  nearest?: string | undefined;
  severity?: Severity;
}

export function diagnostic<C extends ErrorCode>(code: C, params: ErrorParams<C>, options: DiagnosticOptions = {}): Diagnostic {
  const { position, nearest } = options;
  const hint = options.hint ?? (nearest === undefined ? undefined : `did you mean "${nearest}"?`);
  return {
    code,
    severity: options.severity ?? 'error',
    params,
    ...(position && { position }),
    ...(hint !== undefined && { hint }),
    ...(nearest !== undefined && { nearest }),
  };
}

/** Everything that the tool expects to go wrong. Anything else that is thrown is a defect (exit status 1). */
export class ChatsctlError extends Error {
  override readonly name = 'ChatsctlError';

  constructor(
    readonly diagnostics: readonly [Diagnostic, ...Diagnostic[]],
    options: { cause?: unknown } = {},
  ) {
    super(plainMessage(diagnostics[0]), options);
  }

  get code(): ErrorCode {
    return this.diagnostics[0].code;
  }

  /** The exit status of the contract for this error, of its first diagnostic. */
  get exitStatus(): number {
    return catalog[this.code].status;
  }
}

/** The usual way to fail: one code, its parameters, where, why. */
export function failure<C extends ErrorCode>(
  code: C,
  params: ErrorParams<C>,
  options: DiagnosticOptions & { cause?: unknown } = {},
): ChatsctlError {
  return new ChatsctlError([diagnostic(code, params, options)], 'cause' in options ? { cause: options.cause } : {});
}

/** The catalog's sentence with its places filled, for logs and `msg`. */
export function plainMessage(found: Diagnostic, language: 'en' | 'ru' = 'en'): string {
  return fill(catalog[found.code][language].message, spoken(found.params, language));
}

/** Parameters in the reader's language, where they name kinds of values. */
export function spoken(params: Diagnostic['params'], language: 'en' | 'ru'): Diagnostic['params'] {
  if (language === 'en') return params;
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? inRussian(value) : value]));
}

export function fill(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}

/** Collects static errors of all files, so that they are reported at once. */
export class Diagnostics {
  private readonly found: Diagnostic[] = [];

  add<C extends ErrorCode>(code: C, params: ErrorParams<C>, options: DiagnosticOptions = {}): void {
    this.found.push(diagnostic(code, params, options));
  }

  push(...found: readonly Diagnostic[]): void {
    this.found.push(...found);
  }

  /** Runs `read`; a ChatsctlError in it is collected and `undefined` is the answer. */
  collect<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ChatsctlError)) throw error;
      this.push(...error.diagnostics);
      return undefined;
    }
  }

  get all(): readonly Diagnostic[] {
    return this.found;
  }

  get hasErrors(): boolean {
    return this.found.some((each) => each.severity === 'error');
  }

  /** Throws everything that was found when an error is among it. */
  throwIfAny(): void {
    const [first, ...rest] = [...this.found].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
    if (first && this.hasErrors) throw new ChatsctlError([first, ...rest]);
  }
}
