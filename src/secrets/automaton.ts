/** A text to look for. */
export interface Pattern {
  readonly text: string;
  /** Where white space was taken out of the secret: it may stand there in what is read, before the character of that index. */
  readonly gaps?: ReadonlySet<number>;
}

interface Node {
  readonly next: Map<number, Node>;
  /** How many characters lead here: the longest end of the text that a pattern begins with. */
  readonly depth: number;
  fallback: Node | undefined;
  /** The longest pattern that ends here. */
  match: Pattern | undefined;
}

export interface Found {
  readonly start: number;
  readonly end: number;
  /** Undefined: the beginning of a secret that somebody cut off there. */
  readonly pattern: Pattern | undefined;
}

export interface Matches {
  /** In the order of their ends; they may overlap. */
  readonly found: readonly Found[];
  /** So many characters at the end may be the beginning of a pattern. */
  readonly depth: number;
}

/** What was shortened ends so. */
const CUT = '…'.charCodeAt(0);
/** A cut secret's beginning must be long enough not to stand there by chance. */
const SHORTEST_CUT = 8;

/**
 * Finds every occurrence of every pattern in one pass, however many there are (Aho and Corasick, 1975). Overlapping occurrences are all
 * found: replacing one can never leave a part of another.
 */
export class Automaton {
  private readonly root: Node = { next: new Map(), depth: 0, fallback: undefined, match: undefined };

  constructor(patterns: Iterable<Pattern>) {
    for (const pattern of patterns) this.insert(pattern);
    this.connect();
  }

  scan(text: string): Matches {
    const found: Found[] = [];
    let node = this.root;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === CUT && node.depth >= SHORTEST_CUT) found.push({ start: at - node.depth, end: at, pattern: undefined });
      node = this.step(node, code);
      if (node.match) found.push({ start: at + 1 - node.match.text.length, end: at + 1, pattern: node.match });
    }
    return { found, depth: growing(node).depth };
  }

  private step(from: Node, code: number): Node {
    for (let node: Node | undefined = from; node; node = node.fallback) {
      const next = node.next.get(code);
      if (next) return next;
    }
    return this.root;
  }

  private insert(pattern: Pattern): void {
    let node = this.root;
    for (let at = 0; at < pattern.text.length; at++) {
      const code = pattern.text.charCodeAt(at);
      let next = node.next.get(code);
      if (!next) {
        next = { next: new Map(), depth: at + 1, fallback: undefined, match: undefined };
        node.next.set(code, next);
      }
      node = next;
    }
    node.match = pattern;
  }

  private connect(): void {
    const queue = [this.root];
    for (let at = 0; at < queue.length; at++) {
      const node = queue[at] ?? this.root;
      for (const [code, child] of node.next) {
        child.fallback = node === this.root ? this.root : this.step(node.fallback ?? this.root, code);
        child.match ??= child.fallback.match;
        queue.push(child);
      }
    }
  }
}

/** The longest end that can still become a pattern: a pattern that is whole, and begins no longer one, cannot. */
function growing(node: Node): Node {
  let at = node;
  while (at.next.size === 0 && at.fallback) at = at.fallback;
  return at;
}
