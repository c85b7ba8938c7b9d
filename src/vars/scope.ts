import { formatPosition } from '../base/position.js';
import { type SourceValue, TemplateText } from '../base/template-text.js';
import { Unknown, type Value, type ValueMap } from '../base/value.js';
import { currentFrame, inFrame, markVolatile } from './frames.js';
import { isLazyMap, lazyMap } from './lazy-map.js';
import { isOmit, OMIT } from './omit.js';
import { type Layer, levelOf, sortLayers } from './precedence.js';
import { reservedKind } from './reserved.js';
import { renderTemplate } from './template.js';
import type { RenderContext, VariableOrigin, Variables } from './variables.js';

interface Rendered {
  readonly value: Value;
  readonly uses: ReadonlySet<string>;
}

/**
 * One host's variables by precedence, rendered when they are asked for and remembered. A scope never changes: `with` makes a new one, which
 * shares what the added layers cannot have changed.
 */
export class Scope implements Variables {
  private readonly rendered = new Map<string, Rendered>();
  private allNames: ReadonlySet<string> | undefined;

  private constructor(
    /** Highest first. */
    private readonly layers: readonly Layer[],
    readonly context: RenderContext,
    private readonly parent?: Scope,
    private readonly added: readonly Layer[] = [],
  ) {}

  static of(layers: readonly Layer[], context: Partial<RenderContext> = {}): Scope {
    return new Scope(sortLayers(layers), { searchPaths: [], env: {}, ...context });
  }

  /** With further layers, each at its level and above those of the same level. */
  with(...layers: readonly Layer[]): Scope {
    const merged = sortLayers([...[...this.layers].reverse(), ...layers]);
    return new Scope(merged, this.context, this, layers);
  }

  /** The same variables with other search paths (a role's files) or environment. */
  in(context: Partial<RenderContext>): Scope {
    return new Scope(this.layers, { ...this.context, ...context });
  }

  has(name: string): boolean {
    currentFrame()?.uses.add(name);
    return name === 'omit' || name === 'vars' || this.find(name) !== undefined;
  }

  names(): ReadonlySet<string> {
    this.allNames ??= new Set(this.layers.flatMap((layer) => Object.keys(layer.values)));
    return this.allNames;
  }

  get(name: string): Value | undefined {
    currentFrame()?.uses.add(name);
    if (name === 'omit') return OMIT;
    if (name === 'vars') {
      markVolatile();
      return this.view();
    }
    const layer = this.find(name);
    if (!layer) return undefined;
    const value = layer.values[name];
    if (value === undefined) return undefined;
    if (typeof value === 'object' && value !== null && isLazyMap(value)) markVolatile();
    const isPlain = levelOf(layer.level).plain || !holdsTemplate(value);
    const read = isPlain ? (value as Value) : this.renderVariable(name, value as SourceValue);
    this.context.onRead?.(name, read);
    return read;
  }

  /** All variables as one mapping, each rendered when it is read: `vars`, and a host's entry in `hostvars`. */
  view(): ValueMap {
    return lazyMap({ keys: () => this.names(), has: (name) => this.find(name) !== undefined, get: (name) => this.get(name) });
  }

  /** Where a variable got its value: the level, and the place where it is known. */
  origin(name: string): VariableOrigin | undefined {
    const layer = this.find(name);
    if (!layer) return undefined;
    const value = layer.values[name];
    const position = layer.position?.(name) ?? (value instanceof TemplateText ? value.position : undefined);
    return { title: levelOf(layer.level).title, ...(position && { place: formatPosition(position) }) };
  }

  /**
   * A value as written, with its templates rendered. Entries of mappings and lists that turn out as `omit` are left out; a value that is
   * `omit` itself is returned as OMIT.
   */
  render(value: SourceValue): Value {
    if (!holdsTemplate(value)) return value as Value;
    if (value instanceof TemplateText) return renderTemplate(value, this);
    if (isSourceList(value)) return value.map((each) => this.render(each)).filter((each) => !isOmit(each));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, each]) => [key, this.render(each)] as const);
    return Object.fromEntries(entries.filter(([, each]) => !isOmit(each)));
  }

  private find(name: string): Layer | undefined {
    for (const layer of this.layers) {
      if (!Object.hasOwn(layer.values, name)) continue;
      const fromHost = layer.level === 'facts' || layer.level === 'results';
      if (fromHost && isConnection(name)) continue;
      return layer;
    }
    return undefined;
  }

  private renderVariable(name: string, value: SourceValue): Value {
    const known = this.remembered(name);
    const enclosing = currentFrame();
    if (known) {
      for (const each of known.uses) enclosing?.uses.add(each);
      return known.value;
    }
    const position = value instanceof TemplateText ? value.position : undefined;
    return inFrame(this, name, position, (frame) => {
      const rendered = this.render(value);
      if (!frame.volatile) this.remember(name, { value: rendered, uses: frame.uses });
      if (enclosing?.owner === this) for (const each of frame.uses) enclosing.uses.add(each);
      return rendered;
    });
  }

  private remembered(name: string): Rendered | undefined {
    const own = this.rendered.get(name);
    if (own || !this.parent || this.adds(name)) return own;
    const inherited = this.parent.remembered(name);
    return inherited && [...inherited.uses].every((each) => !this.adds(each)) ? inherited : undefined;
  }

  /** Kept at the outermost scope where it is true, so that sibling scopes (tasks of a play) share it. */
  private remember(name: string, rendered: Rendered): void {
    const stays = this.parent && !this.adds(name) && [...rendered.uses].every((each) => !this.adds(each));
    if (stays) this.parent?.remember(name, rendered);
    else this.rendered.set(name, rendered);
  }

  private adds(name: string): boolean {
    return this.added.some((layer) => Object.hasOwn(layer.values, name));
  }
}

function isConnection(name: string): boolean {
  const kind = reservedKind(name);
  return kind === 'connection' || kind === 'become';
}

function isSourceList(value: SourceValue): value is readonly SourceValue[] {
  return Array.isArray(value);
}

const templates = new WeakMap<object, boolean>();

/** Whether something inside needs rendering. Values never change, so the answer is kept. */
function holdsTemplate(value: SourceValue | Value): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Unknown) return false;
  if (value instanceof TemplateText) return true;
  const known = templates.get(value);
  if (known !== undefined) return known;
  const found = !isLazyMap(value) && Object.values(value).some(holdsTemplate);
  templates.set(value, found);
  return found;
}
