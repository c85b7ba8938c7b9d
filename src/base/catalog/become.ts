import { defineErrors } from './define.js';

/** What keeps a session from becoming another user: sudo, above all. */
export const become = defineErrors('host', {
  'become-method': {
    status: 4,
    en: {
      message: 'become_method {method} is not supported; sudo is',
      explain: 'chatsctl becomes another user with sudo alone.',
      remedy: 'Set ansible_become_method: sudo, or log in as that user.',
    },
    ru: {
      message: 'become_method {method} не поддерживается; поддерживается sudo',
      explain: 'chatsctl меняет пользователя только через sudo.',
      remedy: 'Задайте ansible_become_method: sudo или входите этим пользователем.',
    },
  },
  'become-invalid': {
    status: 4,
    en: {
      message: '"{value}" cannot be a user name or a flag of sudo',
      explain: 'It goes into a command line on the host, so only plain words are accepted.',
      remedy: 'Correct become_user or become_flags.',
    },
    ru: {
      message: '«{value}» не может быть именем пользователя или флагом sudo',
      explain: 'Значение попадает в командную строку на сервере, поэтому допустимы только простые слова.',
      remedy: 'Исправьте become_user или become_flags.',
    },
  },
  'become-user': {
    status: 2,
    en: {
      message: '{host} has no user {user}',
      explain: 'become_user names a user that does not exist on the host.',
      remedy: 'Correct become_user, or create the user first.',
    },
    ru: {
      message: 'на {host} нет пользователя {user}',
      explain: 'become_user называет пользователя, которого на сервере нет.',
      remedy: 'Исправьте become_user или сначала создайте пользователя.',
    },
  },
  'sudo-missing': {
    status: 2,
    en: {
      message: '{host} has no sudo',
      explain: 'The task becomes another user, which needs sudo.',
      remedy: 'On the host, as root: apt-get install sudo. Or log in as root (ansible_user: root) without become.',
    },
    ru: {
      message: 'на {host} нет sudo',
      explain: 'Задача выполняется от другого пользователя, для этого нужен sudo.',
      remedy: 'На сервере от root: apt-get install sudo. Или входите как root (ansible_user: root) без become.',
    },
  },
  'sudo-password-required': {
    status: 2,
    en: {
      message: '{host}: sudo wants a password to become {user}, and none was given',
      explain: 'The login user may use sudo only with a password.',
      remedy: 'Add -K (--ask-become-pass), or keep it: chatsctl secrets set ansible_become_password -i INVENTORY.',
    },
    ru: {
      message: '{host}: sudo требует пароль для {user}, а он не задан',
      explain: 'Пользователь может применять sudo только с паролем.',
      remedy: 'Добавьте -K (--ask-become-pass) или сохраните пароль: chatsctl secrets set ansible_become_password -i ИНВЕНТАРЬ.',
    },
  },
  'sudo-wrong-password': {
    status: 2,
    en: {
      message: '{host}: sudo did not accept the password of {user}',
      explain: 'It was sent once and not again, so that the account is not locked.',
      remedy:
        'It must be the login user’s own password. Give it with -K (--ask-become-pass), or keep it: chatsctl secrets set ansible_become_password -i INVENTORY.',
    },
    ru: {
      message: '{host}: sudo не принял пароль пользователя {user}',
      explain: 'Пароль отправлен один раз и не повторяется, чтобы учётную запись не заблокировали.',
      remedy:
        'Нужен собственный пароль этого пользователя. Укажите его: -K (--ask-become-pass) или сохраните: chatsctl secrets set ansible_become_password -i ИНВЕНТАРЬ.',
    },
  },
  'sudo-not-allowed': {
    status: 2,
    en: {
      message: '{host}: sudo does not let {login} become {user}',
      explain: 'The sudoers file has no rule for it.',
      remedy: 'On the host, as root: usermod -aG sudo {login}, or add a rule with visudo. Then play again.',
    },
    ru: {
      message: '{host}: sudo не разрешает {login} стать {user}',
      explain: 'В sudoers нет правила для этого.',
      remedy: 'На сервере от root: usermod -aG sudo {login} или правило через visudo. Затем запустите ещё раз.',
    },
  },
  'sudo-tty-required': {
    status: 2,
    en: {
      message: '{host}: sudo insists on a terminal (requiretty)',
      explain: 'chatsctl uses no terminal: it would garble binary data.',
      remedy: 'Remove "Defaults requiretty" from sudoers, or add: Defaults:LOGIN_USER !requiretty',
    },
    ru: {
      message: '{host}: sudo требует терминал (requiretty)',
      explain: 'chatsctl работает без терминала: он исказил бы двоичные данные.',
      remedy: 'Уберите «Defaults requiretty» из sudoers или добавьте: Defaults:ПОЛЬЗОВАТЕЛЬ !requiretty',
    },
  },
  'sudo-timeout': {
    status: 2,
    en: {
      message: '{host}: sudo did not answer within {seconds} s',
      explain: 'PAM may wait for a second factor or a directory server, or the name of the host does not resolve on the host.',
      remedy: 'Try on the host: time sudo -n true. A slow one often misses its own name in /etc/hosts.',
    },
    ru: {
      message: '{host}: sudo не ответил за {seconds} с',
      explain: 'PAM может ждать второй фактор или сервер каталога, либо имя сервера не разрешается на нём самом.',
      remedy: 'Проверьте на сервере: time sudo -n true. Частая причина: в /etc/hosts нет его собственного имени.',
    },
  },
  'sudo-failed': {
    status: 2,
    en: {
      message: '{host}: sudo failed: {reason}',
      explain: 'sudo ended before the session began.',
      remedy: 'Log in and try: sudo -n true',
    },
    ru: {
      message: '{host}: ошибка sudo: {reason}',
      explain: 'sudo завершился до начала сеанса.',
      remedy: 'Войдите на сервер и проверьте: sudo -n true',
    },
  },
  'sudo-records': {
    status: 2,
    en: {
      message: '{host}: sudo records what passes through it (log_input, log_output), so secrets would be stored there',
      explain: 'All that is sent to the host or read there, secrets among it, would be kept under /var/log/sudo-io.',
      remedy: 'In sudoers: Defaults:LOGIN_USER !log_input, !log_output (and no LOG_INPUT: in the rule).',
    },
    ru: {
      message: '{host}: sudo записывает всё, что через него проходит (log_input, log_output): секреты сохранились бы на сервере',
      explain: 'Всё отправленное на сервер и прочитанное там, включая секреты, сохраняется в /var/log/sudo-io.',
      remedy: 'В sudoers: Defaults:ПОЛЬЗОВАТЕЛЬ !log_input, !log_output (и без LOG_INPUT: в правиле).',
    },
  },
});
