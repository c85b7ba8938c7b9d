const variable = /\$(?:\{(\w+)\}|(\w+))/g;

export function hasVariables(words: readonly string[]): boolean {
  return words.some((each) => /\$[\w{]/.test(each) || each.startsWith('~'));
}

/** `$VAR`, `${VAR}` and a leading `~` from an environment; what it does not have stays as it is. */
export function expandWords(words: readonly string[], environment: ReadonlyMap<string, string>): string[] {
  return words.map((each) => {
    const home = environment.get('HOME');
    const start = home !== undefined && /^~(\/|$)/.test(each) ? `${home}${each.slice(1)}` : each;
    return start.replace(
      variable,
      (whole, braced: string | undefined, plain: string | undefined) => environment.get(braced ?? plain ?? '') ?? whole,
    );
  });
}
