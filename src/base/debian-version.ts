/** A version as Debian orders them (deb-version(7)): `[epoch:]upstream[-revision]`, `~` before everything, even the end. */
export class DebianVersion {
  private readonly epoch: number;
  private readonly upstream: string;
  private readonly revision: string;

  constructor(readonly text: string) {
    const trimmed = text.trim();
    const colon = trimmed.indexOf(':');
    const hasEpoch = colon > 0 && /^\d+$/.test(trimmed.slice(0, colon));
    const rest = hasEpoch ? trimmed.slice(colon + 1) : trimmed;
    const dash = rest.lastIndexOf('-');
    this.epoch = hasEpoch ? Number(trimmed.slice(0, colon)) : 0;
    this.upstream = dash < 0 ? rest : rest.slice(0, dash);
    this.revision = dash < 0 ? '' : rest.slice(dash + 1);
  }

  /** Negative, zero or positive. */
  compare(other: DebianVersion): number {
    return this.epoch - other.epoch || compareParts(this.upstream, other.upstream) || compareParts(this.revision, other.revision);
  }

  toString(): string {
    return this.text;
  }
}

/** Turn by turn: a part without digits by letters, then a number. */
function compareParts(a: string, b: string): number {
  const left = tokens(a);
  const right = tokens(b);
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const order =
      index % 2 === 0 ? compareLetters(left[index] ?? '', right[index] ?? '') : compareNumbers(left[index] ?? '', right[index] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function tokens(text: string): string[] {
  return [...text.matchAll(/(\D*)(\d*)/g)].filter((match) => match[0] !== '').flatMap((match) => [match[1] ?? '', match[2] ?? '']);
}

function compareLetters(a: string, b: string): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const order = weight(a[index]) - weight(b[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function weight(letter: string | undefined): number {
  if (letter === '~') return -1;
  if (letter === undefined) return 0;
  return /[A-Za-z]/.test(letter) ? letter.charCodeAt(0) : letter.charCodeAt(0) + 256;
}

function compareNumbers(a: string, b: string): number {
  const left = a.replace(/^0+/, '');
  const right = b.replace(/^0+/, '');
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}
