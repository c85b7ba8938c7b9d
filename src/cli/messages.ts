import { fill } from '../base/errors.js';
import type { Language } from '../base/messages/message.js';

/** What commands ask and say themselves; what a run says is in base/messages. */
const en = {
  'ask.login-password': 'SSH password:',
  'ask.become-password': 'BECOME password (empty: the SSH password):',
  'ask.password-of': 'Password of {description}:',
  'ask.passphrase-of': 'Passphrase of {path}:',
  'ask.store': 'Passphrase of the secrets store {path}:',
  'ask.new-store': 'New passphrase for the secrets store {path}:',
  'ask.again': 'The same again:',
  'ask.secret': 'Value of {name}:',
  'ask.keep': 'Keep {name} in the secrets store?',
  'ask.variable': '{name} ({description}):',
  'ask.choices': 'one of {choices}',
  'ask.stop-job': 'End the job {id} on {host}?',
  'ask.chat-domain': "The main page's name (chat_domain):",
  'ask.meetings-domain': "The Meetings server's name (meetings_domain):",
  'ask.chats-host': 'Address of the Chats server for SSH:',
  'ask.meetings-host': "Address of the Meetings server for SSH (empty where it is another team's):",
  'ask.user': 'User to log in as:',
  'init.made': `made {folder}

Next:
  1. put files/{domain}.crt, files/{domain}.key and files/license.lic into it, as the inventory names them
  2. chatsctl secrets init -i {inventory}
  3. chatsctl preflight -i {inventory}
  4. chatsctl play install.yaml -i {inventory}`,
  'run.waiting': 'waiting for run {run} of {operator}@{host} (process {pid}, since {since})',
  'run.stopping': '{signal}: stopping in order; once more ends at once',
  'store.made': 'made the secrets store {path}',
  'store.kept': 'kept {name}',
  'store.removed': 'removed {name}',
  'store.unchanged': 'nothing was changed',
  'store.empty': 'the store is empty',
  'store.rekeyed': 'the secrets store {path} is encrypted anew; old copies still open with the old key',
  'store.edit-head': 'Secrets as YAML: name: "value". What is deleted here is deleted from the store. This file is in memory only.',
  'table.name': 'name',
  'table.changed': 'changed',
  'table.by': 'by',
  'table.from': 'from',
  'table.fingerprint': 'fingerprint',
  'table.run': 'run',
  'table.started': 'started',
  'table.command': 'command',
  'table.exit': 'exit',
  'table.host': 'host',
  'table.job': 'job',
  'table.state': 'state',
  'table.elapsed': 'elapsed',
  'table.silent': 'silent',
  'table.answered': 'answered',
  'runs.none': 'no runs',
  'runs.unfinished': 'unfinished',
  'lint.found': 'errors: {errors}, warnings: {warnings}',
  'jobs.none': 'no jobs',
  'jobs.ended': 'the job {id} ended with {status}',
  'jobs.gone': 'left the job {id}: it goes on, or is gone',
  'jobs.stopped': 'stopped: {id} on {host}',
  'jobs.left': 'left as it is',
  'jobs.attached': 'attached to {id} on {host}; a line that you type is sent to the program; ctrl-C leaves it running',
  'defect.title': 'This is a defect of chatsctl {version} (Node.js {node}, {platform}).',
  'defect.report':
    'Please report it to the maintainers with the text above and the command that you ran. Secrets are masked in it. Running the same command again is safe: what is done is not done twice.',
} as const;

const ru: Record<keyof typeof en, string> = {
  'ask.login-password': 'Пароль SSH:',
  'ask.become-password': 'Пароль BECOME (пусто — как пароль SSH):',
  'ask.password-of': 'Пароль {description}:',
  'ask.passphrase-of': 'Пароль ключа {path}:',
  'ask.store': 'Пароль хранилища секретов {path}:',
  'ask.new-store': 'Новый пароль хранилища секретов {path}:',
  'ask.again': 'Ещё раз то же:',
  'ask.secret': 'Значение {name}:',
  'ask.keep': 'Сохранить {name} в хранилище секретов?',
  'ask.variable': '{name} ({description}):',
  'ask.choices': 'одно из: {choices}',
  'ask.stop-job': 'Завершить задание {id} на {host}?',
  'ask.chat-domain': 'Имя главной страницы (chat_domain):',
  'ask.meetings-domain': 'Имя сервера Встреч (meetings_domain):',
  'ask.chats-host': 'Адрес сервера Чатов для SSH:',
  'ask.meetings-host': 'Адрес сервера Встреч для SSH (пусто, если он у другой команды):',
  'ask.user': 'Пользователь для входа:',
  'init.made': `создано: {folder}

Дальше:
  1. положите туда files/{domain}.crt, files/{domain}.key и files/license.lic, как они названы в инвентаре
  2. chatsctl secrets init -i {inventory}
  3. chatsctl preflight -i {inventory}
  4. chatsctl play install.yaml -i {inventory}`,
  'run.waiting': 'ожидание запуска {run}: {operator}@{host}, процесс {pid}, с {since}',
  'run.stopping': '{signal}: упорядоченная остановка; повторный сигнал завершит сразу',
  'store.made': 'создано хранилище секретов {path}',
  'store.kept': 'сохранено: {name}',
  'store.removed': 'удалено: {name}',
  'store.unchanged': 'ничего не изменено',
  'store.empty': 'хранилище пусто',
  'store.rekeyed': 'хранилище секретов {path} зашифровано заново; старые копии по-прежнему открываются старым ключом',
  'store.edit-head': 'Секреты в YAML: имя: "значение". Удалённое здесь удаляется из хранилища. Этот файл только в памяти.',
  'table.name': 'имя',
  'table.changed': 'изменено',
  'table.by': 'кем',
  'table.from': 'от кого',
  'table.fingerprint': 'отпечаток',
  'table.run': 'запуск',
  'table.started': 'начат',
  'table.command': 'команда',
  'table.exit': 'статус',
  'table.host': 'сервер',
  'table.job': 'задание',
  'table.state': 'состояние',
  'table.elapsed': 'идёт',
  'table.silent': 'молчит',
  'table.answered': 'отвечено',
  'runs.none': 'запусков нет',
  'runs.unfinished': 'не закончен',
  'lint.found': 'ошибок: {errors}, предупреждений: {warnings}',
  'jobs.none': 'заданий нет',
  'jobs.ended': 'задание {id} завершилось со статусом {status}',
  'jobs.gone': 'задание {id} оставлено: оно продолжается или его уже нет',
  'jobs.stopped': 'остановлено: {id} на {host}',
  'jobs.left': 'оставлено как есть',
  'jobs.attached': 'подключено к {id} на {host}; введённая строка отправляется программе; ctrl-C оставляет её работать',
  'defect.title': 'Это ошибка самой chatsctl {version} (Node.js {node}, {platform}).',
  'defect.report':
    'Сообщите о ней разработчикам: текст выше и выполненная команда. Секреты в нём скрыты. Повторить ту же команду безопасно: сделанное дважды не делается.',
};

const texts = { en, ru };

type CliMessage = keyof typeof en;
export type CliSay = (key: CliMessage, params?: Readonly<Record<string, string | number>>) => string;

export function cliSpeaker(language: Language): CliSay {
  return (key, params = {}) => fill(texts[language][key], params);
}
