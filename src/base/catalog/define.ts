/** What an operator reads of one error. `{name}` is filled from the error's parameters. */
export interface ErrorText {
  /** One sentence: what was found, what was expected. No full stop. */
  readonly message: string;
  /** Why it matters, in two or three sentences (`chatsctl doc <code>`). */
  readonly explain: string;
  /** What mends it: the command or the line to write. */
  readonly remedy: string;
}

export interface ErrorDefinition {
  /** The contract's exit status when this ends a run: 2 task failed, 3 unreachable, 4 invalid input, 5 store, 6 locked. */
  readonly status: 1 | 2 | 3 | 4 | 5 | 6;
  readonly en: ErrorText;
  readonly ru: ErrorText;
}

type Names<S extends string> = S extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;
/** The parameters that the English message names; the Russian one may use no others (a test holds that). */
export type ParamsOf<D extends ErrorDefinition> = { readonly [K in Names<D['en']['message']>]: string | number };

export function defineErrors<const Area extends string, const T extends Record<string, ErrorDefinition>>(
  area: Area,
  errors: T,
): { readonly [K in keyof T & string as `${Area}/${K}`]: T[K] } {
  const named = Object.fromEntries(Object.entries(errors).map(([name, definition]) => [`${area}/${name}`, definition]));
  return named as { readonly [K in keyof T & string as `${Area}/${K}`]: T[K] };
}
