import { RE2JS, RE2JSException } from 're2js';

export interface RegexMatch {
  /** UTF-16 offsets, half-open. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Group 1 and on; undefined where a group took no part. */
  readonly groups: readonly (string | undefined)[];
  /** Where group 1 and on start. */
  readonly groupStarts: readonly (number | undefined)[];
  readonly named: Readonly<Record<string, string | undefined>>;
}

/** A source text is no RE2 pattern: look-around, back-references, or a mistake. */
export class RegexSyntaxError extends Error {
  override readonly name = 'RegexSyntaxError';

  constructor(
    readonly source: string,
    /** As RE2 says it, in English. */
    readonly reason: string,
  ) {
    super(`${reason}: ${source}`);
  }
}

/** A regular expression in RE2's syntax: no input makes it hang. `(?i)`, `(?m)`, `(?s)`, `(?P<name>…)` work. */
export class Regex {
  private readonly compiled: RE2JS;

  /** Throws RegexSyntaxError. */
  constructor(readonly source: string) {
    try {
      this.compiled = RE2JS.compile(source);
    } catch (error) {
      if (error instanceof RE2JSException) throw new RegexSyntaxError(source, error.message);
      throw error;
    }
  }

  test(text: string): boolean {
    return this.compiled.matcher(text).find();
  }

  /** The first match at or after `from`. */
  first(text: string, from = 0): RegexMatch | undefined {
    const matcher = this.compiled.matcher(text);
    return matcher.find(from) ? toMatch(matcher) : undefined;
  }

  all(text: string): RegexMatch[] {
    const matcher = this.compiled.matcher(text);
    const matches: RegexMatch[] = [];
    while (matcher.find()) matches.push(toMatch(matcher));
    return matches;
  }
}

/** The text as a pattern that matches it alone. */
export function quoteRegex(text: string): string {
  return RE2JS.quote(text);
}

function toMatch(matcher: ReturnType<RE2JS['matcher']>): RegexMatch {
  return {
    start: matcher.start(),
    end: matcher.end(),
    text: matcher.group() ?? '',
    groups: Array.from({ length: matcher.groupCount() }, (_, at) => matcher.group(at + 1) ?? undefined),
    groupStarts: Array.from({ length: matcher.groupCount() }, (_, at) => startOf(matcher.start(at + 1))),
    named: Object.fromEntries(Object.entries(matcher.getNamedGroups()).map(([name, value]) => [name, value ?? undefined])),
  };
}

function startOf(offset: number): number | undefined {
  return offset < 0 ? undefined : offset;
}
