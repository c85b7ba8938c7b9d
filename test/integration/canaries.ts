import { stripVTControlCharacters } from 'node:util';
import { randomSecret } from '../lab/credentials.js';
import type { LabHost } from '../lab/host.js';

/** Where each comes from, or how it is said. */
const NAMES = [
  ...['inventory', 'field', 'extra', 'file', 'store', 'captured', 'loop', 'diff', 'error', 'template', 'url', 'environment', 'stdin'],
  ...['prompt', 'response', 'asked', 'fact', 'hidden', 'become', 'keypass', 'passphrase'],
] as const;
export type CanaryName = (typeof NAMES)[number];

/** Values like no other text, one a name, and where they are found. */
export class Canaries {
  private readonly values: Readonly<Record<CanaryName, string>>;

  /** Some values are given; the others are made. */
  constructor(given: Partial<Record<CanaryName, string>>) {
    const made = Object.fromEntries(NAMES.map((name) => [name, randomSecret('', 18)])) as Record<CanaryName, string>;
    this.values = { ...made, ...given };
  }

  of(name: CanaryName): string {
    return this.values[name];
  }

  /** Which are in a text. Eight characters in a row are enough, also broken over lines; and base64 or hexadecimal of all. */
  leaks(text: string): string[] {
    const texts = [text, stripVTControlCharacters(text).replace(/[\s│+]+/g, '')];
    return Object.entries(this.values).flatMap(([name, value]) => {
      const windows = Array.from({ length: value.length - 7 }, (_, start) => value.slice(start, start + 8));
      return texts.some((each) => [...windows, ...encoded(value)].some((form) => each.includes(form))) ? [name] : [];
    });
  }

  /** Files of a host that hold one, as `name path`. The patterns come by standard input: they are in no file and no command line there. */
  async heldBy(host: LabHost, except: readonly string[]): Promise<string[]> {
    const folders = ['proc', 'sys', ...except].map((each) => `--exclude-dir=${each}`).join(' ');
    const forms = Object.values(this.values).flatMap((value) => [value, ...encoded(value)]);
    const paths = await host.run(`grep -rlaF -D skip ${folders} -f - / 2>/dev/null; true`, { input: `${forms.join('\n')}\n` });
    const files = paths.split('\n').filter(Boolean);
    const texts = await Promise.all(files.map((path) => host.readFile(path)));
    return files.flatMap((path, at) => this.leaks(texts[at] ?? '').map((name) => `${name} ${path}`)).sort();
  }
}

/** What of a value's base64 is the same wherever in an encoded text it begins; and its hexadecimal. */
export function encoded(value: string): string[] {
  const bytes = Buffer.from(value);
  const parts = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first characters hold bits of what stands before, the last ones of what follows.
    return text.slice(before === 0 ? 0 : before + 1, -1);
  });
  return [...parts, bytes.toString('hex')];
}

/** Names after which a reader of the text sees that something was masked. */
export function said(text: string): string[] {
  return NAMES.filter((name) => text.includes(`${name} <********>`));
}
