import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registryPath, registryText } from './generate-registry.js';

const root = join(import.meta.dirname, '..');
const kinds = ['resource', 'query', 'action', 'control'] as const;
type Kind = (typeof kinds)[number];

const bodies: Readonly<Record<Kind, { define: string; body: string }>> = {
  resource: {
    define: 'defineResource',
    body: `  async probe(args, read) {
    return await read.stat(args.path);
  },
  plan(args, state) {
    if (state) return { changes: [], operations: [], result: { path: args.path } };
    return {
      changes: [{ subject: args.path, attribute: 'state', before: null, after: 'directory' }],
      operations: [{ kind: 'mkdir', path: args.path, attributes: {} }],
      result: { path: args.path },
    };
  },`,
  },
  query: {
    define: 'defineQuery',
    body: `  async query(args, read) {
    return { exists: (await read.stat(args.path)) !== undefined };
  },`,
  },
  action: {
    define: 'defineAction',
    body: `  checkMode: 'unknown',
  async run(args, context) {
    const { rc, stdout } = await context.exec({ argv: ['ls', '--', args.path] });
    return { changed: true, result: { rc, stdout } };
  },`,
  },
  control: {
    define: 'defineControl',
    body: `  run: async (args) => {
    return { changed: false, result: { msg: args.path } };
  },`,
  },
};

const cases: Readonly<Record<Kind, Readonly<Record<string, string>>>> = {
  resource: {
    makes_what_is_missing: `args: {path: /opt/x}\ngiven: {files: {/opt: {directory: true}}}\nexpect:\n  changes: ['/opt/x state: (absent) → directory']\n  operations: [mkdir /opt/x]\n`,
    is_there: `args: {path: /opt/x}\ngiven: {files: {/opt/x: {directory: true}}}\nexpect: {changes: []}\n`,
  },
  query: {
    is_there: `args: {path: /opt/x}\ngiven: {files: {/opt/x: content}}\nexpect: {result: {exists: true}}\n`,
    is_missing: `args: {path: /opt/x}\nexpect: {result: {exists: false}}\n`,
  },
  action: {
    runs: `args: {path: /opt}\ngiven: {context: {exec: [{stdout: x}]}}\nexpect: {changed: true, asked: [{exec: {argv: [ls, --, /opt]}}]}\n`,
    needs_a_path: `args: {}\nexpect: {failed: needs the argument "path"}\n`,
  },
  control: {
    says_it: `args: {path: /opt}\nexpect: {changed: false, result: {msg: /opt}}\n`,
    needs_a_path: `args: {}\nexpect: {failed: needs the argument "path"}\n`,
  },
};

function skeleton(kind: Kind, name: string): string {
  const { define, body } = bodies[kind];
  const exported = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return `import { t } from '../../sdk/arguments.js';
import { ${define} } from '../../sdk/module.js';

export const ${exported} = ${define}({
  name: '${name}',
  summary: 'What it is for, in one sentence without a full stop',
  arguments: { path: t.path().required().describe('What this is.') },
  examples: [{ title: 'the usual case', task: '${name}: {path: /opt/x}' }],
${body}
});
`;
}

const [kind, name = ''] = process.argv.slice(2);
const known = kinds.find((each) => each === kind);
if (!known || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error(`usage: npm run new:module -- <${kinds.join('|')}> <name>   (a name as in YAML: a-z, 0-9 and _)`);
  process.exit(4);
}
const file = join(root, 'src/modules', known, `${name}.ts`);
if (existsSync(file)) {
  console.error(`${file} is there already`);
  process.exit(4);
}
writeFileSync(file, skeleton(known, name));
const folder = join(root, 'test/unit/modules/cases', name);
mkdirSync(folder, { recursive: true });
for (const [situation, text] of Object.entries(cases[known])) writeFileSync(join(folder, `${situation}.yaml`), text);
writeFileSync(registryPath, registryText());
execFileSync('npx', ['biome', 'check', '--write', registryPath, file], { cwd: root, stdio: 'ignore' });
console.log(`wrote ${file}\nwrote ${folder}\nnext: npx vitest run test/unit/modules`);
