/** Handlebars' syntax tree, with its node types told apart (the package's own types leave `type` a string for most). */
export interface Location {
  /** Lines from 1, columns from 0, `end` is past the last character. */
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

interface Node<T extends string> {
  readonly type: T;
  readonly loc: Location;
}

export interface Program extends Node<'Program'> {
  readonly body: readonly Statement[];
  readonly blockParams?: readonly string[];
}

export interface Call {
  readonly params: readonly Expression[];
  readonly hash?: Hash;
}

export interface Mustache extends Node<'MustacheStatement'>, Call {
  readonly path: Path | Literal | SubExpression;
}

export interface Block extends Node<'BlockStatement'>, Call {
  readonly path: Path;
  readonly program?: Program;
  readonly inverse?: Program;
}

export interface DecoratorBlock extends Node<'DecoratorBlock'>, Call {
  readonly path: Path;
  readonly program: Program;
}

export interface Partial extends Node<'PartialStatement'>, Call {
  readonly name: Path | SubExpression;
  readonly indent: string;
}

export interface PartialBlock extends Node<'PartialBlockStatement'>, Call {
  readonly name: Path | SubExpression;
  readonly program: Program;
}

export interface Content extends Node<'ContentStatement'> {
  readonly value: string;
}

export type Comment = Node<'CommentStatement'>;
export type Decorator = Node<'Decorator'>;
export type Statement = Mustache | Block | DecoratorBlock | Partial | PartialBlock | Content | Comment | Decorator;

export interface SubExpression extends Node<'SubExpression'>, Call {
  readonly path: Path | SubExpression;
}

export interface Path extends Node<'PathExpression'> {
  /** `@index` */
  readonly data: boolean;
  /** How often `../` stands before it. */
  readonly depth: number;
  readonly parts: readonly string[];
  /** As written. */
  readonly original: string;
}

export interface Hash extends Node<'Hash'> {
  readonly pairs: readonly { readonly key: string; readonly value: Expression; readonly loc: Location }[];
}

export type Literal =
  | (Node<'StringLiteral'> & { readonly value: string })
  | (Node<'NumberLiteral'> & { readonly value: number })
  | (Node<'BooleanLiteral'> & { readonly value: boolean })
  | Node<'UndefinedLiteral'>
  | Node<'NullLiteral'>;

export type Expression = Path | Literal | SubExpression;

/** Names that begin with `this`, `.` or `..` never mean a block parameter or a helper. */
export function isScoped(path: Path): boolean {
  return /^(\.|this\b)/.test(path.original);
}

/** A helper's name, when the path can be one: a single plain word. */
export function helperName(path: Expression): string | undefined {
  if (path.type !== 'PathExpression' || path.data || path.depth > 0 || isScoped(path)) return undefined;
  return path.parts.length === 1 ? path.parts[0] : undefined;
}
