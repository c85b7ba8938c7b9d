import { parseArgs } from 'node:util';
import type { Variant } from '../../test/lab/vendor/variant.js';

export interface DemoOptions {
  variant: Partial<Variant>;
  keep: boolean;
  sudo: 'nopasswd' | 'password';
  certificate: 'full-chain' | 'rsa' | 'wildcard';
}

export const DEMO_USAGE = `npm run demo -- [flags]
  --lang en|ru       language of the installer's prompts
  --no-echo          secret answers are read with echo switched off
  --noisy            colours, progress bars, prompts in pieces
  --slow [SECONDS]   silence during the installation (default 20)
  --asks-domain      the Chats installer asks for the chat domain name too
  --reworded         prompts in words that nobody has seen before
  --sudo-password    sudo asks for a password
  --keep             leave the laboratory running (npm run demo -- --clean removes it)
  --clean            remove laboratories that were kept, and end
`;

/** Throws on an unknown flag. `undefined`: only the clean-up was asked for. */
export function parseDemoOptions(argv: string[]): DemoOptions | 'clean' | 'help' {
  const { values } = parseArgs({
    args: argv.map((arg, index) => (arg === '--slow' && !/^\d+$/.test(argv[index + 1] ?? '') ? '--slow=20' : arg)),
    options: {
      lang: { type: 'string', default: 'en' },
      'no-echo': { type: 'boolean', default: false },
      noisy: { type: 'boolean', default: false },
      slow: { type: 'string', default: '0' },
      'asks-domain': { type: 'boolean', default: false },
      reworded: { type: 'boolean', default: false },
      'sudo-password': { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      clean: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  if (values.clean) return 'clean';
  if (values.lang !== 'en' && values.lang !== 'ru') throw new Error(`--lang is en or ru, not ${values.lang}`);
  const noisy: Partial<Variant> = values.noisy ? { colours: true, progress: true, stutter: true, pause: 0.3 } : {};
  return {
    variant: {
      lang: values.lang,
      echo: !values['no-echo'],
      silence: Number(values.slow),
      installerAsksDomain: values['asks-domain'],
      ...noisy,
      ...(values.reworded ? { wording: REWORDED[values.lang] } : {}),
    },
    keep: values.keep,
    sudo: values['sudo-password'] ? 'password' : 'nopasswd',
    certificate: 'full-chain',
  };
}

const REWORDED: Record<'en' | 'ru', Variant['wording']> = {
  en: {
    ask_domain: 'Please type the chat domain name (FQDN) > ',
    ask_licence: 'Your licence key, as received from the vendor > ',
    ask_client_id: 'Type the value of Client ID > ',
    ask_client_secret: 'Type the value of Client Secret > ',
    ask_token: 'Paste the integrational token here > ',
    give_client_id: '  * client ID = %s',
    give_client_secret: '  * client secret = %s',
    give_token: 'Your integrational token is: %s',
    install_done: 'All done: the product was successfully installed.',
  },
  ru: {
    ask_domain: 'Укажите доменное имя сервера чатов: ',
    ask_licence: 'Лицензионный ключ (получен от менеджера): ',
    ask_client_id: 'Значение Client ID: ',
    ask_client_secret: 'Значение Client secret: ',
    ask_token: 'Вставьте Integrational token: ',
    give_client_id: 'Ваш Client ID — %s',
    give_client_secret: 'Ваш Client secret — %s',
    give_token: 'Ваш Integrational token: %s',
    install_done: 'Программа успешно установлена!',
  },
};
