import { fill } from '../errors.js';
import { en } from './en.js';
import type { MessageText } from './message-text.js';
import { ru } from './ru.js';

export type Language = 'en' | 'ru';

export type MessageKey = keyof typeof en;
export type MessageParams = Readonly<Record<string, string | number>>;

const catalogs: Readonly<Record<Language, Readonly<Record<MessageKey, MessageText>>>> = { en, ru };
const plurals = { en: new Intl.PluralRules('en'), ru: new Intl.PluralRules('ru') };

/** An operator-facing text in a language, its places filled. */
export function message(language: Language, key: MessageKey, params: MessageParams = {}): string {
  const text = catalogs[language][key];
  if (typeof text === 'string') return fill(text, params);
  const form = plurals[language].select(Number(params.count ?? 0));
  return fill(text[form] ?? text.other, params);
}

export type Say = (key: MessageKey, params?: MessageParams) => string;

export function speaker(language: Language): Say {
  return (key, params) => message(language, key, params);
}
