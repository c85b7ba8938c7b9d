import { defineErrors } from './define.js';

/** What goes wrong on a host that was reached. */
export const host = defineErrors('host', {
  'session-refused': {
    status: 3,
    en: {
      message: '{host}: the login shell runs no command ({reason})',
      explain: 'The log-in worked, but the shell of the login user ended without running what was asked for.',
      remedy: 'Give the user an ordinary shell (chsh), and see that its start-up files neither exit nor ask.',
    },
    ru: {
      message: '{host}: оболочка пользователя не выполняет команды ({reason})',
      explain: 'Вход выполнен, но оболочка пользователя завершилась, не выполнив команду.',
      remedy: 'Задайте пользователю обычную оболочку (chsh) и проверьте, что её файлы запуска не завершаются и ничего не спрашивают.',
    },
  },
  'perl-missing': {
    status: 3,
    en: {
      message: '{host} has no perl',
      explain: 'perl-base is an essential package of Debian; chatsctl reads and writes through it.',
      remedy: 'On the host, as root: apt-get install perl-base',
    },
    ru: {
      message: 'на {host} нет perl',
      explain: 'perl-base — обязательный пакет Debian; через него chatsctl читает и пишет.',
      remedy: 'На сервере от root: apt-get install perl-base',
    },
  },
  'session-ended': {
    status: 3,
    en: {
      message: '{host}: the session ended ({reason})',
      explain: 'The process that works for chatsctl on the host ended by itself or was killed. What it was doing may be done in part.',
      remedy: 'Run the same command again. If it happens again, look for what kills it (journalctl, dmesg: out of memory).',
    },
    ru: {
      message: '{host}: сеанс завершился ({reason})',
      explain: 'Процесс chatsctl на сервере завершился сам или был убит. Часть работы могла быть выполнена.',
      remedy: 'Запустите ту же команду ещё раз. Если повторится, найдите причину (journalctl, dmesg: нехватка памяти).',
    },
  },
  'session-timeout': {
    status: 2,
    en: {
      message: '{host} gave no answer for {seconds} s',
      explain:
        'A read or an operation hangs on the host, for instance on a network file system whose server is gone. The session was given up.',
      remedy: 'Look for processes in state D on the host (ps -eo pid,stat,wchan,args), and for dead mounts (mount | grep nfs).',
    },
    ru: {
      message: '{host} не отвечает {seconds} с',
      explain: 'Чтение или операция на сервере зависли, например на сетевой файловой системе без сервера. Сеанс закрыт.',
      remedy: 'Найдите на сервере процессы в состоянии D (ps -eo pid,stat,wchan,args) и неживые точки монтирования (mount | grep nfs).',
    },
  },
  'read-failed': {
    status: 2,
    en: {
      message: '{path} cannot be read: {reason}',
      explain: 'What is there is not known, so nothing can be decided about it.',
      remedy: 'Check the path and its parents (namei -l PATH), and whether the task needs become: true.',
    },
    ru: {
      message: 'не удалось прочитать {path}: {reason}',
      explain: 'Текущее состояние неизвестно, поэтому решать нечего.',
      remedy: 'Проверьте путь и родительские каталоги (namei -l ПУТЬ) и не нужен ли become: true.',
    },
  },
  'write-failed': {
    status: 2,
    en: {
      message: '{path} cannot be changed: {reason}',
      explain: 'The file under its final name is as it was; nothing is half-written.',
      remedy: 'No space: df -h, df -i. Read-only: mount. Denied: does the task need become: true, is the file immutable (lsattr)?',
    },
    ru: {
      message: 'не удалось изменить {path}: {reason}',
      explain: 'Файл под своим именем остался прежним, наполовину ничего не записано.',
      remedy: 'Нет места: df -h, df -i. Только чтение: mount. Нет прав: нужен ли become: true, не защищён ли файл (lsattr)?',
    },
  },
  'operation-failed': {
    status: 2,
    en: {
      message: '{what} failed with exit status {rc}: {stderr}',
      explain: 'A program of the host that the task needs did not do its work.',
      remedy: 'Run it on the host by hand to see more.',
    },
    ru: {
      message: '{what}: код завершения {rc}: {stderr}',
      explain: 'Программа на сервере, нужная задаче, не выполнила работу.',
      remedy: 'Запустите её на сервере вручную, чтобы увидеть подробности.',
    },
  },
  'operation-timeout': {
    status: 2,
    en: {
      message: '{what} did not end within {seconds} s and was ended',
      explain: 'A program of the host that the task needs took too long.',
      remedy: 'See what it waits for: a package lock (fuser /var/lib/dpkg/lock-frontend), the network, a service that does not start.',
    },
    ru: {
      message: '{what}: не завершилась за {seconds} с и остановлена',
      explain: 'Программа на сервере, нужная задаче, работала слишком долго.',
      remedy: 'Выясните, чего она ждёт: блокировка пакетов (fuser /var/lib/dpkg/lock-frontend), сеть, незапускающаяся служба.',
    },
  },
  'validate-failed': {
    status: 2,
    en: {
      message: 'the new content of {path} was refused by its check (exit status {rc}): {output}',
      explain: 'The command of `validate` did not accept the file. Nothing was changed.',
      remedy: 'Correct the content, or the command.',
    },
    ru: {
      message: 'новое содержимое {path} не прошло проверку (код {rc}): {output}',
      explain: 'Команда из `validate` не приняла файл. Ничего не изменено.',
      remedy: 'Исправьте содержимое или команду.',
    },
  },
  'no-directory': {
    status: 2,
    en: {
      message: 'the directory {directory} does not exist, so {path} cannot be made',
      explain: 'A file is made in a directory that is there. It may have vanished: a disk that is not mounted, a directory that was moved.',
      remedy:
        'See what became of it (ls -ld {directory}; findmnt), or make it in a task before this one: the module file with state: directory.',
    },
    ru: {
      message: 'каталога {directory} нет, поэтому {path} создать нельзя',
      explain: 'Файл создаётся в существующем каталоге. Каталог мог пропасть: диск не смонтирован, каталог перенесён.',
      remedy: 'Выясните, что с ним (ls -ld {directory}; findmnt), или создайте его задачей раньше: модуль file, state: directory.',
    },
  },
  'not-a-directory': {
    status: 2,
    en: {
      message: '{directory} is no directory, so {path} cannot be made',
      explain: 'Something else has the name of the directory that the file is to lie in.',
      remedy: 'Look at it (ls -ld {directory}), and correct the path or move what is there away.',
    },
    ru: {
      message: '{directory} — не каталог, поэтому {path} создать нельзя',
      explain: 'Имя каталога, в котором должен лежать файл, занято чем-то другим.',
      remedy: 'Посмотрите, что это (ls -ld {directory}), и исправьте путь или уберите лишнее.',
    },
  },
  'upload-failed': {
    status: 2,
    en: {
      message: '{path} could not be sent: {reason}',
      explain: 'The content did not arrive whole. The file under its final name is as it was.',
      remedy: 'Check the space on the host (df -h) and the local file, then run again.',
    },
    ru: {
      message: 'не удалось передать {path}: {reason}',
      explain: 'Содержимое дошло не целиком. Файл под своим именем остался прежним.',
      remedy: 'Проверьте место на сервере (df -h) и локальный файл, затем запустите снова.',
    },
  },
  'exec-chdir': {
    status: 2,
    en: {
      message: 'cannot change to the directory {path}: {reason}',
      explain: 'The command was not started.',
      remedy: 'Correct chdir, or create the directory first.',
    },
    ru: {
      message: 'не удалось перейти в каталог {path}: {reason}',
      explain: 'Команда не запускалась.',
      remedy: 'Исправьте chdir или сначала создайте каталог.',
    },
  },
  'exec-space': {
    status: 2,
    en: {
      message: '{program} was not started: no place for its script or input: {reason}',
      explain: 'A long script, or long input, is kept in memory, or under /tmp where the kernel cannot do that.',
      remedy: 'Make room under /tmp (df -h /tmp), or find what uses up the memory (free -m).',
    },
    ru: {
      message: '{program}: запуск не выполнен, негде разместить скрипт или ввод: {reason}',
      explain: 'Длинный скрипт или ввод хранится в памяти, а если ядро этого не умеет — в /tmp.',
      remedy: 'Освободите место в /tmp (df -h /tmp) или найдите, что занимает память (free -m).',
    },
  },
  'lock-failed': {
    status: 2,
    en: {
      message: '{host}: the lock {path} cannot be taken: {reason}',
      explain: 'Without it two runs could change the host at the same time, so nothing was changed.',
      remedy: 'See that the folder is there and can be written to: ls -ld /run/lock; mount. It is 1777 and a tmpfs on Debian.',
    },
    ru: {
      message: '{host}: не удалось занять блокировку {path}: {reason}',
      explain: 'Без неё два запуска могли бы менять сервер одновременно, поэтому ничего не изменено.',
      remedy: 'Проверьте, что каталог существует и доступен для записи: ls -ld /run/lock; mount. В Debian это tmpfs с правами 1777.',
    },
  },
  locked: {
    status: 6,
    en: {
      message: '{host} is in use by run {run} of {operator}@{from} (process {pid}), since {since}',
      explain: 'Two runs must not change one host at a time.',
      remedy:
        'Wait for it (--wait), or end that run (on {from}: kill {pid}). The lock ends with its session, at the latest a minute after its machine is gone.',
    },
    ru: {
      message: '{host} занят запуском {run}: {operator}@{from}, процесс {pid}, с {since}',
      explain: 'Два запуска не должны менять один сервер одновременно.',
      remedy:
        'Дождитесь его (--wait) или завершите (на {from}: kill {pid}). Блокировка снимается вместе с сеансом, не позже минуты после исчезновения машины.',
    },
  },
});
