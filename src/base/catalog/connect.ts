import { defineErrors } from './define.js';

/** Reaching a host: names, ways, handshakes, channels. All of this area are "unreachable" (status 3): nothing was done on the host. */
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
      remedy:
        'На сервере: journalctl -u ssh и MaxStartups в sshd_config. Если за одним промежуточным сервером (jump host) много серверов, уменьшите --forks.',
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
      explain:
        'Вход выполнен, но sshd не открывает сеанс: MaxSessions 0, промежуточный сервер (jump host) не выполняет команд или нет свободных процессов.',
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
      remedy: 'На промежуточном сервере (jump host) задайте AllowTcpForwarding yes (или local) в sshd_config.',
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
      message: 'путь к {host} обрывается на промежуточном сервере (jump host) {hop}: {reason}',
      explain: 'Сервер доступен через ProxyJump; этот переход не удался.',
      remedy: 'Проверьте: ssh {hop}',
    },
  },
});
