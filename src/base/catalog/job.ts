import { defineErrors } from './define.js';

/** Dialogues with interactive programs that run as jobs on a host. */
export const job = defineErrors('job', {
  id: {
    status: 4,
    en: {
      message: '"{id}" is no name for a job: expected 1 to 64 of a-z, 0-9 and -',
      explain:
        'A job’s name is the name of a systemd unit and of a folder on the host; the same task on the same host must come to the same one.',
      remedy: 'Choose another id.',
    },
    ru: {
      message: '«{id}» не годится как имя задания: нужно от 1 до 64 знаков a-z, 0-9 и -',
      explain:
        'Имя задания — это имя юнита systemd и каталога на сервере; одна и та же задача на одном сервере должна получать одно и то же имя.',
      remedy: 'Выберите другой id.',
    },
  },
  pattern: {
    status: 4,
    en: {
      message: 'the pattern of "{name}" is no RE2 regular expression: {reason}: {pattern}',
      explain: 'Prompts and results are matched by RE2, which knows no look-around and no back-references, and never hangs.',
      remedy: 'Rewrite the pattern; see https://github.com/google/re2/wiki/Syntax',
    },
    ru: {
      message: 'образец «{name}» — не регулярное выражение RE2: {reason}: {pattern}',
      explain: 'Вопросы и результаты ищутся через RE2: в нём нет просмотров вперёд и назад и обратных ссылок, зато он никогда не зависает.',
      remedy: 'Перепишите образец; синтаксис: https://github.com/google/re2/wiki/Syntax',
    },
  },
  'answer-too-long': {
    status: 2,
    en: {
      message: 'the answer to "{name}" has {bytes} bytes; a terminal takes 4000 at most',
      explain: 'A terminal cuts a typed line at 4,095 bytes without saying so: the program would get something else.',
      remedy: 'Give a shorter value. If the program can read it from a file, let it.',
    },
    ru: {
      message: 'ответ на «{name}» занимает {bytes} байт; терминал принимает не больше 4000',
      explain: 'Введённую строку терминал молча обрезает на 4095 байтах: программа получила бы не то.',
      remedy: 'Задайте значение короче. Если программа умеет читать его из файла, используйте файл.',
    },
  },
  'answer-control': {
    status: 2,
    en: {
      message: 'the answer to "{name}" contains a control character (a line feed, a tab, an escape)',
      explain: 'A terminal acts on control characters: the program would get something else than the value.',
      remedy: 'Remove it: often a value was read from a file with its last line feed.',
    },
    ru: {
      message: 'ответ на «{name}» содержит управляющий символ (перевод строки, табуляцию, escape)',
      explain: 'Терминал выполняет управляющие символы: программа получила бы не само значение.',
      remedy: 'Уберите его: часто значение прочитано из файла вместе с последним переводом строки.',
    },
  },
  'no-directory': {
    status: 2,
    en: {
      message: 'the working directory {path} does not exist on the host',
      explain: 'The program was not started.',
      remedy: 'Create the directory, or correct the path.',
    },
    ru: {
      message: 'на сервере нет рабочего каталога {path}',
      explain: 'Программа не запускалась.',
      remedy: 'Создайте каталог или исправьте путь.',
    },
  },
  'not-started': {
    status: 2,
    en: {
      message: 'job {id} could not be started: {reason}',
      explain: 'The program was not started, nothing was changed.',
      remedy: 'Look at the reason: free space under /var/lib, systemd’s state (systemctl status).',
    },
    ru: {
      message: 'задание {id} не удалось запустить: {reason}',
      explain: 'Программа не запускалась, ничего не изменено.',
      remedy: 'Устраните причину: свободное место в /var/lib, состояние systemd (systemctl status).',
    },
  },
  lost: {
    status: 2,
    en: {
      message: 'job {id} is lost: it was started at {started}, it does not run, and it left no exit status ({cause})',
      explain:
        'The program was stopped half-way: by a restart of the host, for want of memory, or by hand. Nobody can tell how far it came, so it is not started again by itself.',
      remedy: 'Look on the host how far it came. Then let the next run start it again with: chatsctl jobs stop {id} -i INVENTORY -l HOST',
    },
    ru: {
      message: 'задание {id} потеряно: запущено {started}, не работает и не оставило кода завершения ({cause})',
      explain:
        'Программа прервана на середине: перезагрузкой сервера, из-за нехватки памяти или вручную. Как далеко она дошла, неизвестно, поэтому сама она заново не запускается.',
      remedy:
        'Проверьте на сервере, как далеко она дошла. Затем разрешите следующему запуску начать её заново: chatsctl jobs stop {id} -i ИНВЕНТАРЬ -l СЕРВЕР',
    },
  },
  'answer-uncertain': {
    status: 2,
    en: {
      message: 'job {id}: it is not known whether the program received the answer to "{prompt}"; the program waits or works on\n{tail}',
      explain: 'Sending the answer was begun on the host and its end was not recorded. Sent again, it could land in the next question.',
      remedy:
        'See where the program is, and answer by hand if it still asks: chatsctl jobs attach {id} -i INVENTORY -l HOST; then play again.',
    },
    ru: {
      message: 'задание {id}: неизвестно, получила ли программа ответ на «{prompt}»; программа ждёт или работает дальше\n{tail}',
      explain: 'Отправка ответа на сервере началась, но её окончание не записано. Повторный ответ мог бы попасть в следующий вопрос.',
      remedy:
        'Посмотрите, где программа, и ответьте вручную, если она ещё спрашивает: chatsctl jobs attach {id} -i ИНВЕНТАРЬ -l СЕРВЕР; затем запустите снова.',
    },
  },
  refused: {
    status: 2,
    en: {
      message: 'job {id}: the program asked for "{prompt}" again after {times} answers: it does not take the answer\n{tail}',
      explain: 'The same answer again would not help. The program is left waiting at its question.',
      remedy:
        'Correct the value and play again: the waiting program gets it. Or end the program first: "chatsctl jobs stop {id} -i INVENTORY -l HOST".',
    },
    ru: {
      message: 'задание {id}: программа снова спрашивает «{prompt}» после {times} ответов: ответ ей не подходит\n{tail}',
      explain: 'Тот же ответ ещё раз не поможет. Программа оставлена ждать ответа на свой вопрос.',
      remedy:
        'Исправьте значение и запустите снова: его получит ждущая программа. Или сначала завершите её: «chatsctl jobs stop {id} -i ИНВЕНТАРЬ -l СЕРВЕР».',
    },
  },
  'unmatched-prompt': {
    status: 2,
    en: {
      message:
        'job {id}: the program has been silent for {silent}, perhaps waiting at a prompt that neither the dialogue nor {extend} matches; expected: {expected}\n{tail}',
      explain: 'Killing it half-way would be worse, so it is left waiting. The next run goes on with it where it is.',
      remedy:
        'If it asks something: add the prompt and its answer to {extend} (a regular expression: the answer), and play again. If it hangs: "chatsctl jobs stop {id} -i INVENTORY -l HOST" ends it, then play again. If it merely works in silence: play again with a longer time of silence.',
    },
    ru: {
      message:
        'задание {id}: программа молчит {silent}: возможно, ждёт ответа на вопрос, которого нет ни в диалоге, ни в {extend}; ожидалось: {expected}\n{tail}',
      explain: 'Прервать её на середине было бы хуже, поэтому она оставлена ждать. Следующий запуск продолжит с того же места.',
      remedy:
        'Если она спрашивает: добавьте вопрос и ответ в {extend} (регулярное выражение: ответ) и запустите снова. Если она зависла: завершите её командой «chatsctl jobs stop {id} -i ИНВЕНТАРЬ -l СЕРВЕР» и запустите снова. Если она просто работает молча: запустите снова с большим временем молчания.',
    },
  },
  'prompt-timeout': {
    status: 2,
    en: {
      message: 'job {id}: the program did not ask for "{prompt}" within {limit}, nor for anything in {extend}\n{tail}',
      explain: 'It goes on or waits. The next run goes on with it where it is.',
      remedy: 'If it waits at a differently worded prompt, add that there, and play again.',
    },
    ru: {
      message: 'задание {id}: программа за {limit} не спросила ни «{prompt}», ни чего-либо из {extend}\n{tail}',
      explain: 'Она продолжает работу или ждёт. Следующий запуск продолжит с того же места.',
      remedy: 'Если она ждёт с иначе сформулированным вопросом, добавьте его туда и запустите снова.',
    },
  },
  timeout: {
    status: 2,
    en: {
      message: 'job {id}: the program has not ended within {limit}; it goes on\n{tail}',
      explain: 'Killing it half-way would be worse, so it is left running. The next run goes on with it where it is.',
      remedy: 'Play again to wait on, with a longer timeout; or end it with "chatsctl jobs stop {id} -i INVENTORY -l HOST" and play again.',
    },
    ru: {
      message: 'задание {id}: программа не завершилась за {limit} и работает дальше\n{tail}',
      explain: 'Прервать её на середине было бы хуже, поэтому она оставлена работать. Следующий запуск продолжит с того же места.',
      remedy:
        'Запустите снова с большим временем ожидания или завершите её командой «chatsctl jobs stop {id} -i ИНВЕНТАРЬ -l СЕРВЕР» и запустите снова.',
    },
  },
  'exit-status': {
    status: 2,
    en: {
      message: 'the program ended with exit status {rc}\n{tail}',
      explain: 'The dialogue failed; what was captured does not count. The next run starts the program again.',
      remedy: 'Mend what the last lines say, and play again.',
    },
    ru: {
      message: 'программа завершилась с кодом {rc}\n{tail}',
      explain: 'Диалог не удался; захваченные значения не учитываются. Следующий запуск начнёт программу заново.',
      remedy: 'Устраните то, о чём говорят последние строки, и запустите снова.',
    },
  },
  'said-failure': {
    status: 2,
    en: {
      message: 'the program said that it failed (exit status {rc}): {line}\n{tail}',
      explain: 'A failure pattern counts more than the exit status. The next run starts the program again.',
      remedy: 'Mend what the last lines say, and play again.',
    },
    ru: {
      message: 'программа сообщила об ошибке (код завершения {rc}): {line}\n{tail}',
      explain: 'Образец ошибки важнее кода завершения. Следующий запуск начнёт программу заново.',
      remedy: 'Устраните то, о чём говорят последние строки, и запустите снова.',
    },
  },
  'issued-and-failed': {
    status: 2,
    en: {
      message:
        'the program gave {names} and then failed (exit status {rc}): {line}; what it gave does not count and is kept in the store as {kept}\n{tail}',
      explain:
        'The vendor may take the values for valid, but the step did not end well, so it is not recorded as done. They are kept apart, so that nothing that was issued is lost. The next run starts the program again.',
      remedy:
        'Mend what the last lines say, and play again. If the vendor says that the values are valid and the step is done, hand them over by "chatsctl secrets get" and "chatsctl secrets set", and mark the step on the host as the error then says.',
    },
    ru: {
      message:
        'программа выдала {names}, а затем завершилась неудачно (код {rc}): {line}; выданное не учитывается и сохранено в хранилище как {kept}\n{tail}',
      explain:
        'Для вендора эти значения могут быть действительны, но шаг не завершён и не отмечен выполненным. Значения сохранены отдельно: ничего из выданного не теряется. Следующий запуск начнёт программу заново.',
      remedy:
        'Устраните то, о чём говорят последние строки, и запустите снова. Если вендор подтвердил, что значения действительны, а шаг выполнен, перенесите их командами «chatsctl secrets get» и «chatsctl secrets set» и отметьте шаг на сервере, как подскажет следующая ошибка.',
    },
  },
  'output-limit': {
    status: 2,
    en: {
      message: 'job {id}: the program wrote without end and was stopped at {bytes} bytes\n{tail}',
      explain: 'Left alone it would have filled the disk of the host. The next run starts the program again.',
      remedy: 'See what it repeats, mend that, and play again.',
    },
    ru: {
      message: 'задание {id}: программа выводила текст без конца и остановлена на {bytes} байтах\n{tail}',
      explain: 'Иначе она заполнила бы диск сервера. Следующий запуск начнёт программу заново.',
      remedy: 'Выясните, что она повторяет, устраните причину и запустите снова.',
    },
  },
  'no-job': {
    status: 2,
    en: {
      message: 'there is no job {id} on this host',
      explain: 'It was collected, stopped, or never started here.',
      remedy: '"chatsctl jobs list -i INVENTORY" shows the jobs that are there.',
    },
    ru: {
      message: 'на этом сервере нет задания {id}',
      explain: 'Оно уже собрано, остановлено или здесь не запускалось.',
      remedy: 'Задания показывает «chatsctl jobs list -i ИНВЕНТАРЬ».',
    },
  },
  host: {
    status: 2,
    en: {
      message: 'the host could not do its part of job {id}: {reason}',
      explain: 'The program goes on or waits where it is.',
      remedy: 'Look at the reason (free space, the job’s folder), and play again.',
    },
    ru: {
      message: 'сервер не смог выполнить свою часть задания {id}: {reason}',
      explain: 'Программа продолжает работу или ждёт.',
      remedy: 'Устраните причину (свободное место, каталог задания) и запустите снова.',
    },
  },
});
