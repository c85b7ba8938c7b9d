import { defineErrors } from './define.js';

/** Who a host says it is: its key, its certificate, known_hosts. */
export const hostKey = defineErrors('connect', {
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
});
