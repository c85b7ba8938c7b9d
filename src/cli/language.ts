import type { Language } from '../base/messages/message.js';

/** `--lang` wherever it stands (an error in the command line itself is said in it too), else the locale as gettext reads it. */
export function languageOf(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Language {
  const asked = argv.findLast((word, at) => word.startsWith('--lang=') || argv[at - 1] === '--lang');
  const name = asked?.replace('--lang=', '');
  if (name === 'en' || name === 'ru') return name;
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^ru\b|^ru_/i.test(locale) ? 'ru' : 'en';
}
