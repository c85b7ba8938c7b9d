import { expect, it } from 'vitest';
import { SourceText } from '../../../src/base/position.js';
import { compileCondition } from '../../../src/vars/condition.js';
import { CONDITION_REFERENCE } from '../../../src/vars/condition-reference.js';
import { scopeOf } from './support.js';

it.each(CONDITION_REFERENCE)('$signature', ({ example }) => {
  const place = { source: new SourceText('play.yaml', example), offset: 0, length: example.length };
  expect(compileCondition(example, place).evaluate(scopeOf({ result: { rc: 0, changed: true } }))).toBe(true);
});
