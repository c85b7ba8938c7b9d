import type { TextName, Variant } from './variant.js';

type Texts = Record<TextName, string>;

// The vendor's wording is known only in the guide's own words. These lines are the lab's: whoever reads them must not rely on them.
const EN: Texts = {
  ask_domain: 'Enter chat domain name: ',
  ask_licence: 'License key: ',
  ask_client_id: 'Client ID: ',
  ask_client_secret: 'Client secret: ',
  ask_token: 'Enter Integrational token: ',
  give_client_id: 'Client ID: %s',
  give_client_secret: 'Client secret: %s',
  give_token: 'Integrational token: %s',
  link_done: 'Hosts are configured. Save these values, you will need them later.',
  install_started: 'Starting installation...',
  install_done: 'Installation has been completed successfully.',
  token_done: 'Done.',
  wrong_answer: 'Invalid value, try again.',
  unknown_question: 'Send anonymous statistics to the developers? (yes/no): ',
};

const RU: Texts = {
  ask_domain: 'Введите имя домена (chat domain name): ',
  ask_licence: 'Введите лицензионный ключ: ',
  ask_client_id: 'Введите Client ID: ',
  ask_client_secret: 'Введите Client secret: ',
  ask_token: 'Введите Integrational token: ',
  give_client_id: 'Client ID: %s',
  give_client_secret: 'Client secret: %s',
  give_token: 'Integrational token: %s',
  link_done: 'Хосты настроены. Сохраните эти параметры, они понадобятся далее.',
  install_started: 'Начинаем установку...',
  install_done: 'Установка успешно завершена.',
  token_done: 'Готово.',
  wrong_answer: 'Неверное значение, повторите ввод.',
  unknown_question: 'Отправлять анонимную статистику разработчикам? (да/нет): ',
};

/** The texts that a program is to use, with the variant's own wording over the built-in one. */
export function textsOf(variant: Variant): Texts {
  return { ...(variant.lang === 'ru' ? RU : EN), ...variant.wording };
}
