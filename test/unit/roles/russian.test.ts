// One word for one thing in all that an operator reads in Russian: the guide's and the README's.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { root } from './shipped.js';

const instead: readonly (readonly [found: RegExp, word: string])[] = [
  [/(?<![\w-])Chats(?![\w-])|сервер\p{L}* чатов/u, 'Чаты, сервер Чатов'],
  [/(?<![\w-])Meetings(?![\w-])|сервер\p{L}* встреч/u, 'Встречи, сервер Встреч'],
  [/поставщик/iu, 'вендор'],
  [/сценари|пьес/iu, 'плейбук, play'],
  [/папк|директори/iu, 'каталог'],
  [/посредник/iu, 'промежуточный сервер (jump host)'],
  [/достига(?:ет|ют)/iu, 'с сервера … доступен …'],
  [/слыш(?:ит|ат)/iu, 'видно, получает'],
];

const files = ['roles', 'src/base/catalog', 'src/base/messages', 'src/modules', 'src/cli', 'src/host']
  .flatMap((folder) => readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' }).map((each) => `${folder}/${each}`))
  .filter((each) => /\.(yaml|sh|pl|ts)$/.test(each) && !/\/defaults\//.test(each));
const lines = [...files, 'README.ru.md'].flatMap((file) =>
  readFileSync(`${root}/${file}`, 'utf8')
    .split('\n')
    .map((text, at) => ({ where: `${file}:${at + 1}`, text: text.replace(/\{\{.*?\}\}|`[^`]*`/g, ' ') }))
    // Of a line in both languages the Russian half.
    .map(({ where, text }) => ({
      where,
      text: /^.*?(?=\p{Script=Cyrillic})/u.test(text) ? text.replace(/^[^\p{Script=Cyrillic}]*(?:\\t|ru: )/u, '') : '',
    })),
);

describe('texts in Russian', () => {
  it.each(instead)('%s: %s', (found, word) => {
    expect(
      lines.filter(({ text }) => found.test(text)).map(({ where, text }) => `${where}: ${text.trim()}`),
      word,
    ).toEqual([]);
  });
});
