import { defineErrors } from './define.js';

export const journal = defineErrors('journal', {
  locked: {
    status: 6,
    en: {
      message: 'another run holds this inventory: run {run} of {operator}@{host} (process {pid}), since {since}',
      explain:
        'Two runs at once on one inventory would undo each other’s work and mix their records. The lock goes by itself when that run ends or its process dies.',
      remedy:
        'Wait for it to end, or wait for it with --wait; or end it (on {host}: kill {pid}). If its process is gone for good on another computer, the lock is free a minute after its last sign of life.',
    },
    ru: {
      message: 'инвентарь занят другим запуском: {run}, {operator}@{host}, процесс {pid}, с {since}',
      explain:
        'Два одновременных запуска по одному инвентарю портили бы работу друг друга и смешали бы записи. Блокировка снимается сама, когда тот запуск закончится или его процесс исчезнет.',
      remedy:
        'Дождитесь его окончания сами или с ключом --wait либо завершите его (на {host}: kill {pid}). Если его процесс пропал на другом компьютере, блокировка снимется через минуту после его последнего признака жизни.',
    },
  },
  'no-run': {
    status: 4,
    en: {
      message: 'there is no run "{run}" in {folder}',
      explain: 'Each run keeps its record in a folder of its own beside the inventory, named by its id.',
      remedy: '"chatsctl runs list -i INVENTORY" shows the runs that are there; the beginning of an id is enough where it is unique.',
    },
    ru: {
      message: 'в {folder} нет запуска «{run}»',
      explain: 'Каждый запуск хранит свою запись в отдельном каталоге рядом с инвентарём; имя каталога — идентификатор запуска.',
      remedy: 'Запуски показывает «chatsctl runs list -i ИНВЕНТАРЬ»; достаточно начала идентификатора, если оно единственное.',
    },
  },
  'no-runs': {
    status: 4,
    en: {
      message: 'no run is recorded in {folder}',
      explain: 'Runs are recorded beside the inventory that they were played with.',
      remedy: 'Check that -i names the same inventory as the run did.',
    },
    ru: {
      message: 'в {folder} не записано ни одного запуска',
      explain: 'Запуски записываются рядом с тем инвентарём, с которым они шли.',
      remedy: 'Проверьте, что -i указывает на тот же инвентарь.',
    },
  },
  'other-playbook': {
    status: 4,
    en: {
      message: 'the run {run} was not of this playbook: {found}',
      explain: 'Handlers that a run left pending belong to the plays of its playbook.',
      remedy: 'Name a run of this playbook ("chatsctl runs list -i INVENTORY"), or leave the run out: --resume alone takes the last one.',
    },
    ru: {
      message: 'запуск {run} был по другому плейбуку: {found}',
      explain: 'Обработчики, которые запуск не выполнил, относятся к его плейбуку.',
      remedy: 'Укажите запуск этого плейбука («chatsctl runs list -i ИНВЕНТАРЬ») или не указывайте никакого: --resume возьмёт последний.',
    },
  },
  'handlers-pending': {
    status: 4,
    en: {
      message: 'handlers that earlier runs notified and did not run stay pending: {handlers}',
      explain:
        'The run that notified them failed before they were due, so a service may still have its old configuration. Nothing notifies them again, since what they follow is done.',
      remedy: 'Run it with --resume: each of them runs where it was due.',
    },
    ru: {
      message: 'обработчики, которые прежние запуски уведомили и не выполнили, всё ещё ждут: {handlers}',
      explain:
        'Запуск, который их уведомил, прервался раньше, чем дошла их очередь, и служба может работать со старыми настройками. Снова их никто не уведомит: изменения, за которыми они следуют, уже сделаны.',
      remedy: 'Запустите с ключом --resume: каждый обработчик выполнится там, где ему положено.',
    },
  },
  'handler-gone': {
    status: 4,
    en: {
      message: '{host}: an earlier run left the handler "{handler}" of the play "{play}" pending, and it is there no more',
      explain: 'The playbook or the inventory has changed since, or the task that brings the handler was left out.',
      remedy: 'Look whether what it did (a restart, a reload) is still needed, and do it by hand.',
    },
    ru: {
      message: '{host}: прежний запуск не выполнил обработчик «{handler}» из «{play}», а теперь его нет',
      explain: 'С тех пор изменился плейбук или инвентарь, либо пропущена задача, которая подключает этот обработчик.',
      remedy: 'Проверьте, нужно ли ещё то, что он делал (перезапуск, перечитывание настроек), и сделайте это вручную.',
    },
  },
  unwritable: {
    status: 4,
    en: {
      message: 'the record of the run cannot be written: {path}: {reason}',
      explain: 'A run without its record could not be resumed or accounted for, so none is started.',
      remedy: 'Make the folder of the inventory writable for you, and check the free space.',
    },
    ru: {
      message: 'запись запуска невозможна: {path}: {reason}',
      explain: 'Запуск без записи нельзя было бы ни продолжить, ни проверить, поэтому он не начинается.',
      remedy: 'Дайте себе право писать в каталог инвентаря и проверьте свободное место.',
    },
  },
  incomplete: {
    status: 4,
    en: {
      message: 'the record of the run is incomplete: {path}: {reason}',
      explain:
        'The run goes on, for ending it half-way would be worse, and each event is tried again. What happened meanwhile is missing from `runs show` and the report.',
      remedy: 'Make room on the disk of the inventory (df -h). Handlers that stay pending may be missing too: the recap names them.',
    },
    ru: {
      message: 'запись запуска неполна: {path}: {reason}',
      explain:
        'Запуск продолжается: прервать его на середине было бы хуже; запись каждого события пробуется снова. Пропущенного не будет в `runs show` и в отчёте.',
      remedy: 'Освободите место на диске с инвентарём (df -h). Не хватать может и отложенных обработчиков: их называет итог запуска.',
    },
  },
});
