import { defineErrors } from './define.js';

/** Dialogues whose program ended with exit status 0 and whose words decide nothing: a mended pattern reads them anew. */
export const jobUndecided = defineErrors('job', {
  'no-success': {
    status: 2,
    en: {
      message:
        'job {id}: the program ended with exit status 0, but nothing that it said is a success as {variables} describes it; to set: {lines}\n{tail}',
      explain: 'The exit status alone proves nothing here. Its output is kept on the host; the program is not run again.',
      remedy:
        'If it did succeed, put its own words into {variables} and play again: the output is read anew, the program is not run. In the inventory: {lines}. If it did not: "chatsctl jobs stop {id} -i INVENTORY -l HOST" lets the next run start the program again from its beginning; an installer that can run only once may not bear that.',
    },
    ru: {
      message:
        'задание {id}: программа завершилась с кодом 0, но в её выводе нет сообщения об успехе, каким его описывает {variables}; задать так: {lines}\n{tail}',
      explain: 'Сам по себе код завершения здесь ничего не доказывает. Вывод сохранён на сервере; программа заново не запускается.',
      remedy:
        'Если она справилась, впишите её слова в {variables} и запустите снова: вывод будет прочитан ещё раз, программа не запустится. В инвентаре: {lines}. Если не справилась: «chatsctl jobs stop {id} -i ИНВЕНТАРЬ -l СЕРВЕР» разрешит следующему запуску начать программу с самого начала; одноразовый установщик может этого не выдержать.',
    },
  },
  'no-capture': {
    status: 2,
    en: {
      message: 'job {id}: the program succeeded, but its output has no {names} as {variables} describes it; to set: {lines}\n{tail}',
      explain: 'Its output is kept on the host (root alone can read it); the program is not run again.',
      remedy:
        'Set {variables} by the words that stand before the value, and play again: the output is read anew, the program is not run. In the inventory: {lines}. Beware of "chatsctl jobs stop {id}": it lets the next run start the program again, also one that can run only once.',
    },
    ru: {
      message:
        'задание {id}: программа справилась, но в её выводе нет {names} в том виде, какой описывает {variables}; задать так: {lines}\n{tail}',
      explain: 'Вывод сохранён на сервере (его может прочитать только root); программа заново не запускается.',
      remedy:
        'Задайте {variables} по словам, стоящим перед значением, и запустите снова: вывод будет прочитан ещё раз, программа не запустится. В инвентаре: {lines}. Осторожно с «chatsctl jobs stop {id}»: следующий запуск начнёт программу заново, даже если она одноразовая.',
    },
  },
  'ambiguous-capture': {
    status: 2,
    en: {
      message:
        'job {id}: the program succeeded, but its output has more than one {names} as {variables} describes it; to set: {lines}\n{tail}',
      explain:
        'The values differ, and nobody can tell which one counts, so none was kept. The output is kept on the host (root alone can read it); the program is not run again.',
      remedy:
        'Make {variables} match the right line alone, by more of its words, and play again: the output is read anew, the program is not run. In the inventory: {lines}. Beware of "chatsctl jobs stop {id}": it lets the next run start the program again, also one that can run only once.',
    },
    ru: {
      message:
        'задание {id}: программа справилась, но под описание {variables} в её выводе подходит несколько разных значений {names}; задать так: {lines}\n{tail}',
      explain:
        'Значения различаются, и неизвестно, какое из них верное, поэтому ни одно не сохранено. Вывод остался на сервере (его может прочитать только root); программа заново не запускается.',
      remedy:
        'Уточните {variables}, добавив слова, чтобы подходила только нужная строка, и запустите снова: вывод будет прочитан ещё раз, программа не запустится. В инвентаре: {lines}. Осторожно с «chatsctl jobs stop {id}»: следующий запуск начнёт программу заново, даже если она одноразовая.',
    },
  },
  contradictory: {
    status: 2,
    en: {
      message:
        'job {id}: the program said that it failed, and after that that it succeeded, and ended with exit status 0: {line} (see {variable})\n{tail}',
      explain:
        'The words of failure may belong to an attempt that was repeated, or the words of success may be wrong: nobody can tell from here. Nothing is recorded as done. The output is kept on the host; the program is not run again.',
      remedy:
        'Look at the server. If it did succeed, make {variable} no longer match that line, and play again: the output is read anew, the program is not run. In the inventory: {variable}: \'(?i)WORDS\'. If it did not: "chatsctl jobs stop {id} -i INVENTORY -l HOST" lets the next run start the program again from its beginning; an installer that can run only once may not bear that.',
    },
    ru: {
      message:
        'задание {id}: программа сообщила об ошибке, а после этого — об успехе, и завершилась с кодом 0: {line} (см. {variable})\n{tail}',
      explain:
        'Сообщение об ошибке могло относиться к попытке, которую программа повторила, а сообщение об успехе могло быть неверным: отсюда этого не понять. Выполненным ничего не отмечено. Вывод сохранён на сервере; программа заново не запускается.',
      remedy:
        "Проверьте сервер. Если она справилась, задайте {variable} так, чтобы эта строка под него не подходила, и запустите снова: вывод будет прочитан ещё раз, программа не запустится. В инвентаре: {variable}: '(?i)WORDS'. Если не справилась: «chatsctl jobs stop {id} -i ИНВЕНТАРЬ -l СЕРВЕР» разрешит следующему запуску начать программу с самого начала; одноразовый установщик может этого не выдержать.",
    },
  },
});
