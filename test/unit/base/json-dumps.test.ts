import { expect, it } from 'vitest';
import { jsonDumps } from '../../../src/base/json-dumps.js';

// What python3 -c 'import json; print(json.dumps(…))' prints.
it.each([
  [{ a: 1, b: ['x', true, null], c: {} }, undefined, '{"a": 1, "b": ["x", true, null], "c": {}}'],
  ['Чат "😀"\n\u007f', undefined, '"\\u0427\\u0430\\u0442 \\"\\ud83d\\ude00\\"\\n\\u007f"'],
  [[], undefined, '[]'],
  [{ a: [1, { b: 2 }], e: [] }, 2, '{\n  "a": [\n    1,\n    {\n      "b": 2\n    }\n  ],\n  "e": []\n}'],
])('%j', (value, indent, text) => {
  expect(jsonDumps(value, indent)).toBe(text);
});
