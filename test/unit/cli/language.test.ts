import { expect, test } from 'vitest';
import { languageOf } from '../../../src/cli/language.js';

test.each<[string[], Record<string, string>, 'en' | 'ru']>([
  [[], {}, 'en'],
  [[], { LANG: 'ru_RU.UTF-8' }, 'ru'],
  [[], { LANG: 'ru_RU.UTF-8', LC_ALL: 'C' }, 'en'],
  [[], { LANG: 'C', LC_MESSAGES: 'ru' }, 'ru'],
  [[], { LANG: 'run_TIME' }, 'en'],
  [['play', '--lang', 'ru'], { LANG: 'C' }, 'ru'],
  [['--lang=en', 'play'], { LANG: 'ru_RU.UTF-8' }, 'en'],
  [['--lang', 'en', '--lang', 'ru'], {}, 'ru'],
  [['--lang', 'de'], { LANG: 'ru_RU' }, 'ru'],
])('%j with %j is %s', (argv, env, expected) => {
  expect(languageOf(argv, env)).toBe(expected);
});
