import type { AnyModule } from '../sdk/module.js';

/** Other names that mean the same: on a systemd host Ansible's `service` and `systemd` do what `systemd_service` does. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['systemd', 'systemd_service'],
  ['service', 'systemd_service'],
]);

/** The name that a module is known by: without Ansible's collection in front. */
function plainModuleName(name: string): string {
  const short = name.replace(/^ansible\.(builtin|legacy)\./, '');
  return otherNames.get(short) ?? short;
}

/** Modules by name; every name that means a module finds it. */
export class ModuleRegistry extends Map<string, AnyModule> {
  constructor(modules: readonly AnyModule[]) {
    super();
    for (const each of modules) {
      if (super.has(each.name)) throw new Error(`two modules are named ${each.name}`);
      super.set(each.name, each);
    }
  }

  override get(name: string): AnyModule | undefined {
    return super.get(plainModuleName(name));
  }

  override has(name: string): boolean {
    return super.has(plainModuleName(name));
  }
}
