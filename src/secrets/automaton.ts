interface Node {
  readonly next: Map<number, Node>;
  /** How many characters lead here: the longest end of the text that a pattern begins with. */
  readonly depth: number;
  fallback: Node | undefined;
  /** The longest pattern that ends here; 0 when none does. */
  match: number;
}

export interface Scan {
  /** Half-open, in order, apart from each other: everything that any pattern covers. */
  readonly covered: readonly (readonly [start: number, end: number])[];
  /** So many characters at the end may be the beginning of a pattern. */
  readonly open: number;
}

/**
 * Finds every occurrence of every pattern in one pass, however many there are (Aho and Corasick, 1975). Overlapping occurrences are all
 * found: replacing one can never leave a part of another.
 */
export class Automaton {
  private readonly root: Node = { next: new Map(), depth: 0, fallback: undefined, match: 0 };

  constructor(patterns: Iterable<string>) {
    for (const pattern of patterns) this.insert(pattern);
    this.connect();
  }

  scan(text: string): Scan {
    const found: [number, number][] = [];
    let node = this.root;
    for (let at = 0; at < text.length; at++) {
      node = this.step(node, text.charCodeAt(at));
      if (node.match > 0) cover(found, at + 1 - node.match, at + 1);
    }
    return { covered: found, open: node.depth };
  }

  private step(from: Node, code: number): Node {
    for (let node: Node | undefined = from; node; node = node.fallback) {
      const next = node.next.get(code);
      if (next) return next;
    }
    return this.root;
  }

  private insert(pattern: string): void {
    let node = this.root;
    for (let at = 0; at < pattern.length; at++) {
      const code = pattern.charCodeAt(at);
      let next = node.next.get(code);
      if (!next) {
        next = { next: new Map(), depth: at + 1, fallback: undefined, match: 0 };
        node.next.set(code, next);
      }
      node = next;
    }
    node.match = pattern.length;
  }

  private connect(): void {
    const queue = [this.root];
    for (let node = queue.shift(); node; node = queue.shift()) {
      for (const [code, child] of node.next) {
        child.fallback = node === this.root ? this.root : this.step(node.fallback ?? this.root, code);
        if (child.match === 0) child.match = child.fallback.match;
        queue.push(child);
      }
    }
  }
}

/** Adds a range that ends last of all; what it touches becomes one. */
function cover(found: [number, number][], start: number, end: number): void {
  let from = start;
  for (let last = found.at(-1); last && last[1] >= from; last = found.at(-1)) {
    from = Math.min(from, last[0]);
    found.pop();
  }
  found.push([from, end]);
}
