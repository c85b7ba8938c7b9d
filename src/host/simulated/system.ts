import type { Effect, Operation } from '../../sdk/operation.js';
import type { GroupState, PackageState, Query, ReadView, ScriptAnswer, UnitState, UserState } from '../../sdk/query.js';

/** Packages, units, users and groups, as the planned programs' effects would leave them. */
export class SimulatedSystem {
  constructor(
    private readonly real: ReadView,
    private readonly operations: readonly Operation[],
  ) {}

  async package(name: string, candidate: boolean): Promise<PackageState> {
    const state = await this.real.package(name, candidate ? { candidate } : {});
    const effect = this.last('package', name);
    if (!effect) return state;
    const { version: _before, ...rest } = state;
    if (effect.status === 'absent') return { ...rest, status: 'absent' };
    const version = effect.version ?? (effect.status === 'installed' ? state.candidate : undefined) ?? state.version;
    return { ...rest, status: effect.status, ...(version !== undefined && { version }) };
  }

  async unit(name: string): Promise<UnitState> {
    const state = await this.real.unit(name);
    const shipper = this.installing();
    const effect = this.last('unit', name);
    const mayCome = state.loadState === 'not-found' && !effect && shipper !== undefined;
    return {
      ...state,
      ...(effect?.activeState !== undefined && {
        activeState: effect.activeState,
        subState: effect.activeState === 'active' ? 'running' : 'dead',
      }),
      ...(effect?.unitFileState !== undefined && { unitFileState: effect.unitFileState }),
      ...(effect && state.loadState === 'not-found' && { loadState: 'loaded' }),
      ...(mayCome && { unknownFrom: shipper }),
    };
  }

  async user(name: string): Promise<UserState | undefined> {
    const effect = this.last('user', name);
    return effect ? effect.state : await this.real.user(name);
  }

  async group(name: string): Promise<GroupState | undefined> {
    const effect = this.last('group', name);
    return effect ? effect.state : await this.real.group(name);
  }

  /** What a script says is not simulated: the real host answers. */
  async script(query: Query & { readonly kind: 'script' }): Promise<ScriptAnswer> {
    return await this.real.script(query.script, query.args, query.stdin);
  }

  /** The packages that would be installed by the first `upTo` operations; undefined: none. */
  installing(upTo = this.operations.length): string | undefined {
    const names = new Set<string>();
    for (const effect of effectsOf(this.operations.slice(0, upTo))) {
      if (effect.kind === 'package') names[effect.status === 'installed' ? 'add' : 'delete'](effect.name);
    }
    return names.size ? [...names].join(', ') : undefined;
  }

  private last<K extends 'package' | 'unit' | 'user' | 'group'>(kind: K, name: string): (Effect & { readonly kind: K }) | undefined {
    let found: (Effect & { readonly kind: K }) | undefined;
    for (const effect of effectsOf(this.operations)) {
      if (effect.kind !== kind || !('name' in effect) || unitName(effect.name, kind) !== unitName(name, kind)) continue;
      // Effects of one kind add up: a start does not take back an enable before it.
      found = { ...found, ...effect } as Effect & { readonly kind: K };
    }
    return found;
  }
}

function effectsOf(operations: readonly Operation[]): Effect[] {
  return operations.flatMap((operation) => (operation.kind === 'run' ? operation.effects : []));
}

function unitName(name: string, kind: string): string {
  return kind === 'unit' && !/\.\w+$/.test(name) ? `${name}.service` : name;
}
