import { defineErrors } from './define.js';

/** Logging in: keys, passphrases, passwords. */
export const login = defineErrors('connect', {
  auth: {
    status: 3,
    en: {
      message: '{user}@{host} was not let in; tried: {tried}',
      explain: 'The server refused every way to log in that was at hand. OpenSSH user certificates are not supported.',
      remedy:
        'Try: ssh {user}@{host}. Set ansible_user, ansible_ssh_private_key_file or ansible_password, or load the key into the agent (ssh-add).',
    },
    ru: {
      message: 'вход {user}@{host} отклонён; испробовано: {tried}',
      explain: 'Сервер отклонил все доступные способы входа. Сертификаты пользователя OpenSSH не поддерживаются.',
      remedy:
        'Проверьте: ssh {user}@{host}. Задайте ansible_user, ansible_ssh_private_key_file или ansible_password или добавьте ключ в агент (ssh-add).',
    },
  },
  'too-many-auth-failures': {
    status: 3,
    en: {
      message: '{host} ended the log-in of {user} after too many attempts; tried: {tried}',
      explain: 'The server allows few attempts (MaxAuthTries), and the agent offered more keys than that.',
      remedy: 'Name the key: ansible_ssh_private_key_file, with IdentitiesOnly=yes in ansible_ssh_common_args or ~/.ssh/config.',
    },
    ru: {
      message: '{host} прервал вход {user}: слишком много попыток; испробовано: {tried}',
      explain: 'Сервер допускает мало попыток (MaxAuthTries), а агент предложил больше ключей.',
      remedy: 'Укажите ключ: ansible_ssh_private_key_file и IdentitiesOnly=yes в ansible_ssh_common_args или ~/.ssh/config.',
    },
  },
  'login-timeout': {
    status: 3,
    en: {
      message: '{host} did not answer for {seconds} s while {user} logged in',
      explain:
        'The handshake is done, but the server neither accepts nor refuses: PAM or a directory server (LDAP, AD) hangs, or the line broke.',
      remedy: 'Try: ssh {user}@{host}. On the host: journalctl -u ssh',
    },
    ru: {
      message: '{host} не отвечает {seconds} с при входе {user}',
      explain:
        'Согласование прошло, но сервер не принимает и не отклоняет вход: завис PAM или служба каталогов (LDAP, AD) либо оборвалась связь.',
      remedy: 'Проверьте: ssh {user}@{host}. На сервере: journalctl -u ssh',
    },
  },
  'login-closed': {
    status: 3,
    en: {
      message: '{host} closed the connection while {user} logged in ({reason}); tried: {tried}',
      explain:
        'The server neither refused nor accepted: the account may be expired or locked, the host may be starting or shutting down (/run/nologin), or sshd was restarted.',
      remedy: 'On the host: journalctl -u ssh, and chage -l {user}. Try: ssh {user}@{host}',
    },
    ru: {
      message: '{host} закрыл соединение при входе {user} ({reason}); испробовано: {tried}',
      explain:
        'Сервер не отклонил и не принял вход: срок учётной записи мог истечь, сервер мог запускаться или выключаться (/run/nologin) либо sshd перезапустили.',
      remedy: 'На сервере: journalctl -u ssh и chage -l {user}. Проверьте: ssh {user}@{host}',
    },
  },
  'password-expired': {
    status: 3,
    en: {
      message: '{host} wants a new password of {user} before it lets them in',
      explain: 'The password was accepted, and has expired. chatsctl does not change passwords of login users.',
      remedy: 'Log in by hand once: ssh {user}@{host}. Or, on the host as root: chage -M -1 {user}',
    },
    ru: {
      message: '{host} требует от {user} новый пароль',
      explain: 'Пароль принят, но его срок истёк. chatsctl не меняет пароли пользователей.',
      remedy: 'Войдите один раз вручную: ssh {user}@{host}. Или на сервере от root: chage -M -1 {user}',
    },
  },
  'key-file': {
    status: 3,
    en: {
      message: 'the private key {path} cannot be used: {reason}',
      explain: 'It was named for this host, so logging in without it would not be what was asked for.',
      remedy: 'Correct ansible_ssh_private_key_file; chmod 600 the file; or load the key into the agent (ssh-add).',
    },
    ru: {
      message: 'закрытый ключ {path} нельзя использовать: {reason}',
      explain: 'Ключ указан для этого сервера, поэтому входить без него нельзя.',
      remedy: 'Исправьте ansible_ssh_private_key_file; сделайте chmod 600 или добавьте ключ в агент (ssh-add).',
    },
  },
  'key-passphrase': {
    status: 3,
    en: {
      message: 'the private key {path} is encrypted, and there is no passphrase for it',
      explain: 'Nobody can be asked here (no terminal, or --no-input), and the agent does not have the key.',
      remedy:
        'Load it into the agent (ssh-add {path}), or keep the passphrase: chatsctl secrets set ansible_ssh_private_key_passphrase -i INVENTORY.',
    },
    ru: {
      message: 'закрытый ключ {path} зашифрован, а пароля к нему нет',
      explain: 'Спросить некого (нет терминала или задан --no-input), и в агенте ключа нет.',
      remedy:
        'Добавьте ключ в агент (ssh-add {path}) или сохраните пароль: chatsctl secrets set ansible_ssh_private_key_passphrase -i ИНВЕНТАРЬ.',
    },
  },
  'key-passphrase-wrong': {
    status: 3,
    en: {
      message: 'the passphrase does not open the private key {path}',
      explain: 'The key is encrypted with another one. Nothing was sent to the host.',
      remedy: 'Try it: ssh-keygen -yf {path}. Then correct ansible_ssh_private_key_passphrase, or type it again.',
    },
    ru: {
      message: 'пароль не подходит к закрытому ключу {path}',
      explain: 'Ключ зашифрован другим паролем. На сервер ничего не отправлено.',
      remedy: 'Проверьте: ssh-keygen -yf {path}. Затем исправьте ansible_ssh_private_key_passphrase или введите пароль ещё раз.',
    },
  },
});
