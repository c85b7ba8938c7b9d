import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from './shipped.js';

/** Arguments for people, by the module that takes them. */
const texts: Readonly<Record<string, readonly string[]>> = {
  finding: ['title', 'found', 'needed', 'remedy'],
  fail: ['msg'],
  assert: ['fail_msg', 'success_msg'],
};

/** What a program says is shown as it said it. */
const quotations = new Set(['unauthorized: Incorrect login or password']);

interface Spoken {
  readonly where: string;
  readonly text: unknown;
}

function spokenIn(node: unknown, where: string): Spoken[] {
  if (Array.isArray(node)) return node.flatMap((each) => spokenIn(each, where));
  if (typeof node !== 'object' || node === null) return [];
  const name = 'name' in node && typeof node.name === 'string' ? node.name : '';
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    const names = texts[key];
    if (names === undefined || typeof value !== 'object' || value === null) return spokenIn(value, where);
    return Object.entries(value)
      .filter(([argument]) => names.includes(argument))
      .map(([argument, text]: [string, unknown]) => ({ where: `${where}: ${name}: ${argument}`, text }));
  });
}

/** English words outside of templates, and in the texts within them. */
function english(text: string): string[] {
  const outside = text.replace(/\{\{.*?\}\}/gs, ' ');
  const quoted = [...text.matchAll(/\{\{(?!#if|#unless|#each).*?\}\}/gs)].flatMap(([template]) =>
    [...template.matchAll(/'([^']* [^']*)'/g)].map(([, each = '']) => each),
  );
  return [outside, ...quoted].flatMap((each) => each.match(/(?<![-\w./])[a-z]{2,}(?![-\w./=])/g) ?? []);
}

const files = readdirSync(`${root}/roles`, { recursive: true, encoding: 'utf8' })
  .filter((each) => /\/(tasks|handlers)\/.*\.yaml$/.test(each))
  .sort();
const spoken = files.flatMap((file) => spokenIn(parse(readFileSync(`${root}/roles/${file}`, 'utf8')), file));

describe('texts of the shipped roles', () => {
  it.each(spoken)('$where', ({ text }) => {
    // One text for both languages has no word of either: `{{ address }}`, `Debian 12`.
    if (typeof text === 'string') {
      if (!quotations.has(text)) expect(english(text)).toEqual([]);
      return;
    }
    expect(text).toEqual({ en: expect.any(String), ru: expect.any(String) });
    const { ru } = text as { readonly ru: string };
    if (!/[а-яё]/i.test(ru)) expect(english(ru)).toEqual([]);
  });
});
