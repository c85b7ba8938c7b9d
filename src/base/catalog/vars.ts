import { defineErrors } from './define.js';

export const vars = defineErrors('vars', {
  cycle: {
    status: 4,
    en: {
      message: 'variables refer to each other in a circle: {chain}',
      explain: 'Each variable of the chain needs the next one to be known first, so none can be.',
      remedy: 'Give one of them a value of its own, or a name that does not shadow the one it is made of.',
    },
    ru: {
      message: 'переменные ссылаются друг на друга по кругу: {chain}',
      explain: 'Каждой переменной цепочки нужна следующая, поэтому ни одну нельзя вычислить.',
      remedy: 'Задайте одной из них собственное значение или имя, которое не перекрывает исходное.',
    },
  },
  reserved: {
    status: 4,
    en: {
      message: '{by} cannot set "{name}": it is a {kind} variable',
      explain: 'What a host says must not decide how and as whom the next command reaches a host, nor what the tool knows of the run.',
      remedy: 'Choose another name. Connection and become variables belong in the inventory or the playbook.',
    },
    ru: {
      message: '{by} не может задать «{name}»: это служебная переменная ({kind})',
      explain: 'Ответ сервера не должен решать, как и от чьего имени выполняется следующая команда и что инструмент знает о запуске.',
      remedy: 'Выберите другое имя. Переменные подключения и become задаются в инвентаре или плейбуке.',
    },
  },
});
