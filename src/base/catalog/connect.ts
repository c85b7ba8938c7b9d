import { defineErrors } from './define.js';

/** Reaching a host and logging in to it. All are "unreachable" (status 3): nothing was done on the host. */
export const connect = defineErrors('connect', {
  dns: {
    status: 3,
    en: {
      message: 'the name {host} has no address here ({reason})',
      explain: 'The name could not be resolved on the machine that chatsctl runs on. Nothing was sent to the host.',
      remedy: 'Try: getent hosts {host}. Correct the name, or set ansible_host to the address.',
    },
    ru: {
      message: 'имя {host} здесь не разрешается в адрес ({reason})',
      explain: 'Имя не удалось разрешить на машине, где запущен chatsctl. На сервер ничего не отправлено.',
      remedy: 'Проверьте: getent hosts {host}. Исправьте имя или задайте адрес в ansible_host.',
    },
  },
  refused: {
    status: 3,
    en: {
      message: '{host} refuses connections to port {port}',
      explain: 'The machine answers, but nothing listens on that port, or a firewall rejects it.',
      remedy: 'Is sshd running there, and on that port? Set ansible_port if it is another one.',
    },
    ru: {
      message: '{host} отклоняет подключения к порту {port}',
      explain: 'Машина отвечает, но порт никто не слушает или его закрывает межсетевой экран.',
      remedy: 'Запущен ли там sshd и на этом ли порту? Если порт другой, задайте ansible_port.',
    },
  },
  timeout: {
    status: 3,
    en: {
      message: '{host} port {port} did not answer within {seconds} s',
      explain: 'No answer came to the first packet: a firewall that drops packets, a wrong address, a host that is down.',
      remedy: 'Try: ssh -v -p {port} {host}. A slow network needs a larger --timeout or ConnectTimeout.',
    },
    ru: {
      message: '{host}, порт {port}: нет ответа за {seconds} с',
      explain: 'На первый пакет ответа нет: межсетевой экран отбрасывает пакеты, адрес неверен или сервер выключен.',
      remedy: 'Проверьте: ssh -v -p {port} {host}. Для медленной сети увеличьте --timeout или ConnectTimeout.',
    },
  },
  'handshake-timeout': {
    status: 3,
    en: {
      message: '{host} port {port} took the connection, but said nothing for {seconds} s',
      explain:
        'TCP is there, but the SSH handshake did not come about: a firewall that keeps half a connection, a hung sshd, another kind of server.',
      remedy: 'Try: ssh -v -p {port} {host}. Is the port right (ansible_port)? A slow network needs a larger --timeout or ConnectTimeout.',
    },
    ru: {
      message: '{host}, порт {port}: соединение принято, но ответа нет {seconds} с',
      explain:
        'TCP-соединение есть, но согласование SSH не началось: межсетевой экран держит половину соединения, sshd завис или на порту другая служба.',
      remedy:
        'Проверьте: ssh -v -p {port} {host}. Верен ли порт (ansible_port)? Для медленной сети увеличьте --timeout или ConnectTimeout.',
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
  dropped: {
    status: 3,
    en: {
      message: '{host} port {port} dropped the connection before the handshake, again and again ({reason})',
      explain:
        'sshd does so when too many log in at once (MaxStartups), a filter such as fail2ban or /etc/hosts.deny always. It was tried five times within ten seconds.',
      remedy: 'On the host: journalctl -u ssh, and MaxStartups in sshd_config. With many hosts behind one jump host lower --forks.',
    },
    ru: {
      message: '{host}, порт {port}: соединение раз за разом обрывается до согласования ({reason})',
      explain:
        'Так поступает sshd, когда входящих слишком много (MaxStartups), и фильтры вроде fail2ban или /etc/hosts.deny. Было пять попыток за десять секунд.',
      remedy: 'На сервере: journalctl -u ssh и MaxStartups в sshd_config. Если за одним посредником много серверов, уменьшите --forks.',
    },
  },
  handshake: {
    status: 3,
    en: {
      message: 'the SSH handshake with {host} port {port} failed ({reason})',
      explain: 'The algorithms were agreed upon, but what the server sent does not prove that it holds the key that it shows.',
      remedy: 'Something stands in between, or sshd on the host is broken. Try: ssh -v -p {port} {host}',
    },
    ru: {
      message: 'согласование SSH с {host}, порт {port}, не удалось ({reason})',
      explain: 'Алгоритмы согласованы, но ответ сервера не доказывает, что предъявленный ключ принадлежит ему.',
      remedy: 'Между вами кто-то стоит, или sshd на сервере неисправен. Проверьте: ssh -v -p {port} {host}',
    },
  },
  'host-certificate': {
    status: 3,
    en: {
      message: 'the certificate of {host} does not vouch for it: {reason}',
      explain:
        'A line @cert-authority of known_hosts trusts an authority for this host, and no key of its own is on record. Nothing was sent to it.',
      remedy:
        'On the host: ssh-keygen -Lf /etc/ssh/ssh_host_ed25519_key-cert.pub shows what it has; its authority signs a new one with ssh-keygen -s CA -h -I {host} -n {host}. HostCertificate in sshd_config names the file.',
    },
    ru: {
      message: 'сертификат сервера {host} его не подтверждает: {reason}',
      explain:
        'Строка @cert-authority в known_hosts доверяет центру сертификации для этого сервера, а его собственный ключ не записан. Ничего не отправлено.',
      remedy:
        'На сервере: ssh-keygen -Lf /etc/ssh/ssh_host_ed25519_key-cert.pub покажет сертификат; новый выпускает центр: ssh-keygen -s CA -h -I {host} -n {host}. Файл указывает HostCertificate в sshd_config.',
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
  'proxy-command': {
    status: 3,
    en: {
      message: 'the ProxyCommand to {host} ended: {reason} (it was: {command})',
      explain: '~/.ssh/config reaches the host through that program, and it ended before the SSH handshake.',
      remedy: 'Run it by hand: it must print a line that begins with SSH-2.0.',
    },
    ru: {
      message: 'ProxyCommand к {host} завершился: {reason} (команда: {command})',
      explain: 'По ~/.ssh/config сервер доступен через эту программу, и она завершилась до согласования SSH.',
      remedy: 'Запустите её вручную: она должна вывести строку, начинающуюся с SSH-2.0.',
    },
  },
  unreachable: {
    status: 3,
    en: {
      message: '{host} port {port} cannot be reached ({reason})',
      explain: 'The network has no way to that address.',
      remedy: 'Check the address, the route and the VPN.',
    },
    ru: {
      message: '{host}, порт {port}: недоступен ({reason})',
      explain: 'В сети нет пути к этому адресу.',
      remedy: 'Проверьте адрес, маршрут и VPN.',
    },
  },
  'not-ssh': {
    status: 3,
    en: {
      message: '{host} port {port} does not speak SSH ({reason})',
      explain: 'Something answers on the port, but not with the SSH protocol.',
      remedy: 'Check ansible_port.',
    },
    ru: {
      message: '{host}, порт {port}: отвечает не по протоколу SSH ({reason})',
      explain: 'На порту кто-то отвечает, но не по протоколу SSH.',
      remedy: 'Проверьте ansible_port.',
    },
  },
  algorithms: {
    status: 3,
    en: {
      message: '{host} port {port} and chatsctl have no SSH algorithm in common ({reason})',
      explain: 'The server is hardened to algorithms that are not supported here, for instance post-quantum key exchange alone.',
      remedy: 'Allow curve25519-sha256 or ecdh-sha2-nistp256 and aes256-gcm or aes256-ctr in sshd_config of the host.',
    },
    ru: {
      message: 'у {host}, порт {port}, и chatsctl нет общих алгоритмов SSH ({reason})',
      explain: 'Сервер разрешает только алгоритмы, которые здесь не поддерживаются, например только постквантовый обмен ключами.',
      remedy: 'Разрешите в sshd_config сервера curve25519-sha256 или ecdh-sha2-nistp256 и aes256-gcm или aes256-ctr.',
    },
  },
  'host-key-unknown': {
    status: 3,
    en: {
      message: 'the key of {host} is not known: {type} {fingerprint}',
      explain: 'No known_hosts file has a key of this host, so it cannot be told from an impostor. Nothing was sent to it.',
      remedy:
        'Compare the fingerprint with what the host itself says on its console (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub and its like). When they are equal, repeat the command with --accept-new-host-keys, or run the command shown.',
    },
    ru: {
      message: 'ключ сервера {host} неизвестен: {type} {fingerprint}',
      explain: 'Ни в одном файле known_hosts нет ключа этого сервера, поэтому подмену не отличить. Ничего не отправлено.',
      remedy:
        'Сравните отпечаток с тем, что показывает сам сервер на своей консоли (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub и подобные). Если совпадает, повторите команду с --accept-new-host-keys или выполните показанную команду.',
    },
  },
  'host-key-changed': {
    status: 3,
    en: {
      message: 'the key of {host} has CHANGED: it shows {type} {fingerprint}, known is another at {place}',
      explain: 'Either the host was reinstalled, or somebody stands in between. It is refused always, also with accept-new.',
      remedy:
        'Find out why first: was it reinstalled, is the address another machine’s now? Only when the new key is right, remove the old entry by the command shown.',
    },
    ru: {
      message: 'ключ сервера {host} ИЗМЕНИЛСЯ: предъявлен {type} {fingerprint}, известен другой: {place}',
      explain: 'Либо сервер переустановлен, либо соединение перехвачено. Отказ безусловный, даже с accept-new.',
      remedy:
        'Сначала выясните причину: переустановка, адрес теперь у другой машины? Только если новый ключ верен, удалите старую запись показанной командой.',
    },
  },
  'host-key-revoked': {
    status: 3,
    en: {
      message: 'the key of {host} is revoked: {fingerprint}, at {place}',
      explain: 'A line @revoked of known_hosts forbids this key.',
      remedy: 'The host needs a new key. Do not remove the line before you know why it is there.',
    },
    ru: {
      message: 'ключ сервера {host} отозван: {fingerprint}, {place}',
      explain: 'Строка @revoked в known_hosts запрещает этот ключ.',
      remedy: 'Серверу нужен новый ключ. Не удаляйте строку, пока не узнаете, зачем она там.',
    },
  },
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
  'known-hosts': {
    status: 3,
    en: {
      message: 'the file of known host keys {path} cannot be used: {reason}',
      explain: 'Without it no host can be told from an impostor, and a new key cannot be recorded.',
      remedy: 'Correct the path or its permissions.',
    },
    ru: {
      message: 'файл известных ключей {path} нельзя использовать: {reason}',
      explain: 'Без него подмену сервера не отличить, а новый ключ некуда записать.',
      remedy: 'Исправьте путь или права доступа.',
    },
  },
  config: {
    status: 3,
    en: {
      message: 'the ssh configuration for {host} cannot be used: {reason}',
      explain: '`ssh -G` reads ~/.ssh/config as ssh itself does; it failed, or it names what is not supported here.',
      remedy: 'Try: ssh -G {host}',
    },
    ru: {
      message: 'конфигурацию ssh для {host} нельзя использовать: {reason}',
      explain: '`ssh -G` читает ~/.ssh/config так же, как сам ssh; он завершился с ошибкой или указано то, что здесь не поддерживается.',
      remedy: 'Проверьте: ssh -G {host}',
    },
  },
  lost: {
    status: 3,
    en: {
      message: 'the connection to {host} was lost ({reason})',
      explain: 'The connection ended while it was in use: a reboot, a network fault, sshd was killed. What ran may have been done in part.',
      remedy: 'Run the same command again: what is done stays done, and a running job is adopted.',
    },
    ru: {
      message: 'соединение с {host} потеряно ({reason})',
      explain: 'Соединение оборвалось во время работы: перезагрузка, сбой сети, sshd завершён. Часть работы могла быть выполнена.',
      remedy: 'Запустите ту же команду ещё раз: сделанное сохранится, а идущее задание будет подхвачено.',
    },
  },
  'channel-refused': {
    status: 3,
    en: {
      message: '{host} refuses to open a session ({reason})',
      explain: 'The log-in worked, but sshd opens no session: MaxSessions 0, ForceCommand of a jump host, or no free process.',
      remedy: 'Look into the log of sshd on the host (journalctl -u ssh).',
    },
    ru: {
      message: '{host} отказывается открыть сеанс ({reason})',
      explain: 'Вход выполнен, но sshd не открывает сеанс: MaxSessions 0, сервер-посредник без команд или нет свободных процессов.',
      remedy: 'Посмотрите журнал sshd на сервере (journalctl -u ssh).',
    },
  },
  'forward-refused': {
    status: 3,
    en: {
      message: '{host} does not forward connections to {address} ({reason})',
      explain: 'sshd refused a TCP channel: AllowTcpForwarding is off, or PermitOpen does not name the address.',
      remedy: 'For a jump host set AllowTcpForwarding yes (or local) in its sshd_config.',
    },
    ru: {
      message: '{host} не пробрасывает соединения к {address} ({reason})',
      explain: 'sshd отказал в TCP-канале: AllowTcpForwarding выключен или адрес не назван в PermitOpen.',
      remedy: 'На сервере-посреднике задайте AllowTcpForwarding yes (или local) в sshd_config.',
    },
  },
  jump: {
    status: 3,
    en: {
      message: 'the way to {host} fails at jump host {hop}: {reason}',
      explain: 'The host is reached through ProxyJump; that hop could not be passed.',
      remedy: 'Try: ssh {hop}',
    },
    ru: {
      message: 'путь к {host} обрывается на сервере-посреднике {hop}: {reason}',
      explain: 'Сервер доступен через ProxyJump; этот переход не удался.',
      remedy: 'Проверьте: ssh {hop}',
    },
  },
});
