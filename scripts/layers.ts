// The rule of imports: they point to strictly lower layers. Run with --picture for the graph as a mermaid diagram.
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

/** Folders of `src/` by rank: a file may import from folders of a greater number, and from its own. */
export const RANKS: Readonly<Record<string, number>> = {
  cli: 1,
  engine: 2,
  reporters: 2,
  journal: 2,
  playbook: 3,
  modules: 3,
  host: 3,
  sdk: 4,
  connection: 4,
  inventory: 4,
  vars: 4,
  secrets: 4,
  events: 5,
  source: 5,
  base: 6,
};

export interface SourceFile {
  /** Relative to `src/`, with forward slashes: `vars/scope.ts`. */
  readonly path: string;
  readonly imports: readonly Import[];
}

interface Import {
  /** As written. */
  readonly specifier: string;
  readonly line: number;
  /** Nothing of it is left when the program runs. */
  readonly typeOnly: boolean;
}

/** Every file of a `src/` folder with all that it imports: statically, for types, re-exported, and when running. */
export function readSources(src: string): SourceFile[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .sort()
    .map((path) => ({ path, imports: importsOf(path, readFileSync(join(src, path), 'utf8')) }));
}

export function importsOf(path: string, text: string): Import[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier) {
      const line = file.getLineAndCharacterOfPosition(specifier.getStart(file)).line + 1;
      found.push({ specifier: specifier.text, line, typeOnly: isTypeOnly(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function specifierOf(node: ts.Node): ts.StringLiteralLike | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier);
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : undefined;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return literal(node.arguments[0]);
  return undefined;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  if (!ts.isImportDeclaration(node) || !node.importClause) return false;
  const { phaseModifier, name, namedBindings } = node.importClause;
  if (phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  return (
    !name && namedBindings !== undefined && ts.isNamedImports(namedBindings) && namedBindings.elements.every((each) => each.isTypeOnly)
  );
}

function literal(node: ts.Node | undefined): ts.StringLiteralLike | undefined {
  return node && ts.isStringLiteralLike(node) ? node : undefined;
}

/** What breaks the rule, each with what to do about it. */
export function violations(files: readonly SourceFile[]): string[] {
  return [...files.flatMap(upwardImports), ...sharedPackages(files), ...cycles(files)];
}

function upwardImports(file: SourceFile): string[] {
  const from = folderOf(file.path);
  const own = RANKS[from];
  if (own === undefined) return [`src/${file.path}: the folder "${from}" has no rank: give it one in scripts/layers.ts.`];
  return file.imports.flatMap(({ specifier, line }) => {
    const target = targetOf(file.path, specifier);
    if (target === undefined) return [];
    const place = `src/${file.path}:${line}`;
    if (target.startsWith('../')) return [`${place}: imports ${specifier}, which is outside src/: move what is needed into a layer.`];
    const to = folderOf(target);
    const rank = RANKS[to];
    if (to === from || (rank !== undefined && rank > own)) return [];
    const why =
      rank === own
        ? `${to} and ${from} are of one rank (${own}) and do not know each other: take what is needed as an interface in an argument, and let cli/ put the two together`
        : `${to} (rank ${rank}) stands above ${from} (rank ${own}): move what is shared down, or take it as an interface in an argument`;
    return [`${place}: imports ${specifier}, but ${why}.`];
  });
}

/** A package is one folder's business: the others use that folder's words. */
function sharedPackages(files: readonly SourceFile[]): string[] {
  const users = new Map<string, Map<string, string>>();
  for (const file of files) {
    for (const { specifier, line } of file.imports) {
      if (specifier.startsWith('.') || isBuiltin(specifier)) continue;
      const name = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
      const folders = users.get(name) ?? new Map<string, string>();
      const folder = folderOf(file.path);
      if (!folders.has(folder)) folders.set(folder, `src/${file.path}:${line}`);
      users.set(name, folders);
    }
  }
  return [...users]
    .filter(([, folders]) => folders.size > 1)
    .map(([name, folders]) => {
      const places = [...folders.values()].join(' and ');
      return `the package "${name}" is imported by ${places}: let one folder import it, and offer the others a function.`;
    });
}

/** Files that import each other, one line for all that hang together, with a shortest ring among them. Rings of values first: they break at run time. */
function cycles(files: readonly SourceFile[]): string[] {
  const values = rings(files, (each) => !each.typeOnly).map((ring) => ({ ring, kind: 'import cycle' }));
  const known = new Set(values.flatMap(({ ring }) => ring));
  const types = rings(files, () => true)
    .filter((ring) => !ring.some((each) => known.has(each)))
    .map((ring) => ({ ring, kind: 'import cycle of types' }));
  return [...values, ...types].map(({ ring, kind }) => {
    const shown = [...ring, ring[0]].map((each) => `src/${each}`).join(' → ');
    return `${kind} ${shown}: move what both need into a file of its own.`;
  });
}

/** A shortest ring for each set of files that reach each other. */
function rings(files: readonly SourceFile[], counts: (each: Import) => boolean): string[][] {
  const known = new Set(files.map((file) => file.path));
  const edges = new Map(
    files.map((file) => {
      const targets = file.imports.filter(counts).map(({ specifier }) => targetOf(file.path, specifier));
      return [file.path, targets.filter((each) => each !== undefined && known.has(each)) as string[]] as const;
    }),
  );
  const found: string[][] = [];
  const done = new Set<string>();
  for (const { path } of files) {
    if (done.has(path)) continue;
    const together = [...reach(path, edges)].filter((each) => reach(each, edges).has(path)).sort();
    for (const each of together) done.add(each);
    const [shortest] = together
      .map((each) => shortestRing(each, edges))
      .filter((ring) => ring !== undefined)
      .sort((a, b) => a.length - b.length);
    if (shortest) found.push(shortest);
  }
  return found;
}

/** What a file imports, and what that imports, and so on; itself only where a ring leads back. */
function reach(start: string, edges: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set(edges.get(start));
  for (const at of found) for (const next of edges.get(at) ?? []) found.add(next);
  return found;
}

function shortestRing(start: string, edges: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const at of queue) {
    for (const next of edges.get(at) ?? []) {
      if (next === start) {
        const way = [at];
        for (let back = at; back !== start; ) {
          back = cameFrom.get(back) ?? start;
          way.unshift(back);
        }
        return way;
      }
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, at);
      queue.push(next);
    }
  }
  return undefined;
}

/** Folders and what they import, for the README. */
export function picture(files: readonly SourceFile[]): string {
  const arrows = new Set<string>();
  for (const file of files) {
    for (const { specifier } of file.imports) {
      const target = targetOf(file.path, specifier);
      const from = folderOf(file.path);
      if (target !== undefined && folderOf(target) !== from) arrows.add(`  ${from} --> ${folderOf(target)}`);
    }
  }
  const ranks = [...new Set(Object.values(RANKS))].map((rank) => {
    const folders = Object.keys(RANKS).filter((folder) => RANKS[folder] === rank);
    return `  subgraph rank${rank}[" "]\n${folders.map((folder) => `    ${folder}`).join('\n')}\n  end`;
  });
  return ['graph TD', ...ranks, ...[...arrows].sort()].join('\n');
}

/** The file that a relative import means, as a path in `src/`; undefined for a package. */
function targetOf(importer: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = relative('/src', resolve('/src', dirname(importer), specifier)).replaceAll('\\', '/');
  return path.replace(/\.js$/, '.ts');
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : path;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const files = readSources(fileURLToPath(new URL('../src', import.meta.url)));
  if (process.argv.includes('--picture')) console.log(picture(files));
  else {
    const found = violations(files);
    for (const each of found) console.error(each);
    console.log(`${files.length} files, ${found.length} violations of the layers`);
    process.exitCode = found.length === 0 ? 0 : 1;
  }
}
