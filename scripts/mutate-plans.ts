import { join } from 'node:path';
import { startVitest } from 'vitest/node';
import { modules } from '../src/modules/registry.js';

const root = join(import.meta.dirname, '..');
const cases = 'test/unit/modules/cases.test.ts';

interface Outcome {
  readonly name: string;
  readonly passed: boolean;
}

/** Runs the case tests whose names match; the plan of `mutated` never finds anything to do. */
async function runCases(pattern: string, mutated?: string): Promise<Outcome[]> {
  const file = join(root, 'src/modules/resource', `${mutated}.ts`);
  const exported = mutated?.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const emptyPlan = {
    name: 'empty-plan',
    enforce: 'pre' as const,
    transform: (code: string, id: string) =>
      id === file ? `${code}\n${exported}.plan = () => ({ changes: [], operations: [] });\n` : undefined,
  };
  const vitest = await startVitest(
    'test',
    [cases],
    { root, config: false, watch: false, reporters: [{}], testNamePattern: pattern, include: [cases], silent: true },
    { plugins: [emptyPlan] },
  );
  const tests = vitest.state.getTestModules().flatMap((each) => [...each.children.allTests()]);
  await vitest.close();
  return tests
    .filter((each) => each.result().state !== 'skipped')
    .map((each) => ({ name: each.name, passed: each.result().state === 'passed' }));
}

const resources = [...modules.values()].filter((each) => each.kind === 'resource').map((each) => each.name);
const whole = await runCases('^cases [a-z_]+/');
let passed = 0;
for (const module of resources) {
  const own = whole.filter((each) => each.name.startsWith(`${module}/`));
  const broken = (await runCases(`^cases ${module}/`, module)).filter((each) => !each.passed);
  const good = own.length > 0 && own.every((each) => each.passed) && broken.length > 0;
  if (good) passed += 1;
  console.log(`${good ? 'ok    ' : 'NOT OK'} ${module.padEnd(20)} ${broken.length} of ${own.length} cases fail when its plan is empty`);
}
console.log(`${passed} passed, ${resources.length - passed} failed`);
// Failing tests are what is wanted here: vitest's own exit status says nothing.
process.exit(passed === resources.length ? 0 : 1);
