import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { registryPath, registryText } from '../../../scripts/generate-registry.js';
import { isMap } from '../../../src/base/value.js';
import { modules } from '../../../src/modules/registry.js';
import { checkRules, coerce, schemaOf } from '../../../src/sdk/arguments.js';
import type { AnyModule } from '../../../src/sdk/module.js';
import { loaded } from './read-case.js';

const all = [...modules.values()];
const examples = all.flatMap((module) => module.examples.map((example) => ({ name: `${module.name}: ${example.title}`, module, example })));

describe('the registry', () => {
  it('is what scripts/generate-registry.ts makes of the folder', () => {
    const plain = (text: string) => text.replace(/,(?=\s*[\])])/g, '').replace(/\s+/g, '');
    expect(plain(readFileSync(registryPath, 'utf8')), 'run: npx tsx scripts/generate-registry.ts').toBe(plain(registryText()));
  });

  it('finds modules by the names that Ansible gives them', () => {
    expect(modules.get('ansible.builtin.copy')).toBe(modules.get('copy'));
    expect(modules.get('ansible.legacy.copy')).toBe(modules.get('copy'));
    expect(modules.has('ansible.builtin.nothing')).toBe(false);
    expect([...modules.keys()].every((each) => !each.includes('.'))).toBe(true);
  });

  it('names each module as its file is named', () => {
    for (const [name, module] of modules) expect(module.name).toBe(name);
  });

  it('has a sentence for each module, without a full stop', () => {
    expect(all.filter((each) => each.summary === '' || each.summary.endsWith('.')).map((each) => each.name)).toEqual([]);
  });

  it('knows the arguments that rules and free forms name', () => {
    const named = (module: AnyModule) => [
      ...Object.values(module.rules ?? {}).flatMap((rules: readonly (readonly string[])[]) => rules.flat()),
      ...(module.freeForm === undefined ? [] : [module.freeForm]),
    ];
    expect(all.flatMap((module) => named(module).filter((each) => !(each in module.arguments)))).toEqual([]);
  });
});

describe('examples', () => {
  it.each(examples)('$name', ({ module, example }) => {
    const task: unknown = parse(example.task);
    const found = isMap(task) ? task[module.name] : undefined;
    const values = isMap(found) ? found : { [module.freeForm ?? 'free form']: found ?? null };
    const validate = new Ajv({ strict: false }).compile(schemaOf(module.arguments));
    expect(validate(values), JSON.stringify(validate.errors)).toBe(true);
    checkRules(module, values);
    const files = Object.entries(module.arguments).flatMap(([name, { loads }]) => {
      const value = values[name];
      return loads && typeof value === 'string' && values[loads.unless ?? ''] !== true ? [[name, loaded(value, loads.as, {})]] : [];
    });
    expect(() => coerce(module.arguments, values, module.name, {}, Object.fromEntries(files))).not.toThrow();
  });
});
