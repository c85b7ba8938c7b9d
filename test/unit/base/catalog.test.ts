import { describe, expect, it } from 'vitest';
import { catalog } from '../../../src/base/catalog/index.js';

const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();

describe('the catalog of errors', () => {
  it.each(Object.entries(catalog))('%s is written in both languages with the same places', (_, { en, ru }) => {
    expect(names(ru.message)).toEqual(names(en.message));
    for (const text of [en.explain, en.remedy, ru.explain, ru.remedy]) expect(text.length).toBeGreaterThan(5);
    for (const text of [en.remedy, ru.remedy]) expect(names(en.message)).toEqual(expect.arrayContaining(names(text)));
    expect(`${en.message}${ru.message}`).not.toMatch(/\.$/);
    expect(ru.message).toMatch(/[а-яё]/i);
  });
});
