import { defineErrors } from './define.js';

/** What may be wrong with the chain (CERT-1). `{which}` is a certificate's place in it (phrases.ts), `{number}` its place in the file. */
export const certificateChain = defineErrors('certificate', {
  'no-leaf': {
    status: 2,
    en: {
      message: 'the file has only certificates of authorities ({subjects}), and none for a server',
      explain: 'CERT-1: the chain begins with the leaf: the certificate that was issued for the service itself.',
      remedy: 'Put the certificate that the authority issued for the service before them.',
    },
    ru: {
      message: 'в файле только сертификаты удостоверяющих центров ({subjects}), сертификата для сервера нет',
      explain: 'CERT-1: цепочка начинается с основного сертификата — того, что выпущен для самого сервиса.',
      remedy: 'Поставьте перед ними сертификат, который удостоверяющий центр выпустил для сервиса.',
    },
  },
  'two-leaves': {
    status: 2,
    en: {
      message: 'the file has {count} leaf certificates ({subjects}), it must have one',
      explain: 'CERT-1: leaf, intermediate, root. A renewed certificate replaces the old one, it is not put beside it.',
      remedy: 'Leave the one that is to be used, and its chain.',
    },
    ru: {
      message: 'в файле основных сертификатов: {count} ({subjects}), должен быть один',
      explain: 'CERT-1: основной, промежуточный, корневой. Продлённый сертификат ставят вместо старого, а не рядом с ним.',
      remedy: 'Оставьте тот, которым будете пользоваться, и его цепочку.',
    },
  },
  'self-signed': {
    status: 2,
    en: {
      message: 'the leaf certificate "{subject}" is self-signed: no authority vouches for it',
      explain: 'CERT-1: browsers and the Meetings server trust a leaf that an authority issued.',
      remedy: "Get a certificate from a certificate authority (the company's own will do where all clients trust it).",
    },
    ru: {
      message: 'основной сертификат «{subject}» самоподписанный: за него не ручается ни один удостоверяющий центр',
      explain: 'CERT-1: браузеры и сервер Встреч доверяют сертификату, который выпустил удостоверяющий центр.',
      remedy: 'Получите сертификат в удостоверяющем центре (подойдёт и корпоративный, если ему доверяют все клиенты).',
    },
  },
  'leaf-alone': {
    status: 2,
    en: {
      message: 'the leaf certificate "{subject}" is alone: its issuer "{issuer}", and what stands above it up to the root, is missing',
      explain: 'CERT-1: the file holds the full chain, so that every browser trusts the connection.',
      remedy: 'Get the intermediate and root certificates from the issuer and put them behind the leaf, in this order.',
    },
    ru: {
      message: 'основной сертификат «{subject}» — один: нет его издателя «{issuer}» и того, что выше, до корневого',
      explain: 'CERT-1: файл содержит полную цепочку, чтобы соединению доверяли все браузеры.',
      remedy: 'Возьмите у издателя промежуточный и корневой сертификаты и допишите их за основным в этом порядке.',
    },
  },
  'missing-intermediate': {
    status: 2,
    en: {
      message: 'the intermediate certificate "{issuer}" is missing: it issued the {which} "{subject}"',
      explain: 'CERT-1: each certificate is followed by the one that issued it, up to the root.',
      remedy: 'Get it from the issuer and put it behind the certificate that it issued.',
    },
    ru: {
      message: 'не хватает промежуточного сертификата «{issuer}»: им выпущен {which} «{subject}»',
      explain: 'CERT-1: за каждым сертификатом следует тот, которым он выпущен, и так до корневого.',
      remedy: 'Возьмите его у издателя и поставьте за тем сертификатом, который им выпущен.',
    },
  },
  'missing-root': {
    status: 2,
    en: {
      message: 'the root certificate "{issuer}" is missing: it issued the {which} "{subject}"',
      explain:
        'CERT-1: the guide wants the chain with its root. Files from ACME clients (fullchain.pem) end before it. Perhaps a further intermediate one is missing too.',
      remedy: 'Append the root from the issuer, or name its file in root_file (chat_certificate_root_file), which appends it.',
    },
    ru: {
      message: 'не хватает корневого сертификата «{issuer}»: им выпущен {which} «{subject}»',
      explain:
        'CERT-1: руководство требует цепочку вместе с корневым сертификатом. Файлы от клиентов ACME (fullchain.pem) заканчиваются перед ним. Возможно, нет и ещё одного промежуточного.',
      remedy: 'Допишите корневой сертификат издателя или укажите его файл в root_file (chat_certificate_root_file): он будет дописан.',
    },
  },
  'other-root': {
    status: 2,
    en: {
      message:
        'the root in the file, "{root}", does not continue the chain: the {which} "{subject}" was issued by "{issuer}", which is missing',
      explain: "CERT-1: it is the root of another authority's chain, or an intermediate certificate between the two is missing.",
      remedy: 'Get "{issuer}" from the issuer, and what stands above it.',
    },
    ru: {
      message: 'корневой сертификат в файле, «{root}», не продолжает цепочку: {which} «{subject}» выпущен «{issuer}», которого нет',
      explain: 'CERT-1: это корневой сертификат другой цепочки, или между ними не хватает промежуточного.',
      remedy: 'Возьмите у издателя «{issuer}» и то, что выше.',
    },
  },
  'wrong-signature': {
    status: 2,
    en: {
      message: 'the {which} "{subject}" was issued by "{issuer}"; the file has a certificate of that name, but its key did not sign it',
      explain: 'CERT-1: authorities renew their certificates under the same name with another key.',
      remedy: 'Get the certificate of the issuer that belongs to this one.',
    },
    ru: {
      message: '{which} «{subject}» выпущен «{issuer}»; сертификат с таким именем в файле есть, но подпись сделана не его ключом',
      explain: 'CERT-1: удостоверяющие центры обновляют свои сертификаты под тем же именем, но с другим ключом.',
      remedy: 'Возьмите у издателя тот его сертификат, который относится к этому.',
    },
  },
  'issuer-not-authority': {
    status: 2,
    en: {
      message: 'the {which} "{subject}" is no certificate of an authority ({reason}), and yet it issued another one of the chain',
      explain: 'CERT-1: clients refuse a chain through a certificate that was not allowed to issue others.',
      remedy: 'Get a certificate that an authority issued.',
    },
    ru: {
      message: '{which} «{subject}» не принадлежит удостоверяющему центру ({reason}), но им выпущен другой сертификат цепочки',
      explain: 'CERT-1: клиенты отвергают цепочку через сертификат, которому не разрешено выпускать другие.',
      remedy: 'Получите сертификат, выпущенный удостоверяющим центром.',
    },
  },
  'path-too-long': {
    status: 2,
    en: {
      message: 'the {which} "{subject}" allows {allowed} intermediate certificates below it (path length), and the chain has {count}',
      explain: 'CERT-1: an authority limits how long the chain below it may be; clients refuse a longer one.',
      remedy: 'Tell the issuer: the chain that it gave cannot be used.',
    },
    ru: {
      message: '{which} «{subject}» допускает под собой промежуточных сертификатов: {allowed} (path length), в цепочке их {count}',
      explain: 'CERT-1: удостоверяющий центр ограничивает длину цепочки под собой; более длинную клиенты отвергают.',
      remedy: 'Сообщите издателю: выданной цепочкой пользоваться нельзя.',
    },
  },
  'wrong-order': {
    status: 2,
    en: {
      message: 'wrong order: certificate {number} of the file is the {which} "{subject}"; the order is {found}, it must be {needed}',
      explain: 'CERT-1: leaf, then each certificate behind the one that it issued, the root last.',
      remedy: 'Put them in this order, or let it be done: reorder (chat_certificate_reorder: true).',
    },
    ru: {
      message: 'неверный порядок: сертификат {number} в файле — {which} «{subject}»; порядок сейчас {found}, должен быть {needed}',
      explain: 'CERT-1: основной, затем каждый следующий — тот, которым выпущен предыдущий, корневой последним.',
      remedy: 'Расставьте их в этом порядке или поручите это программе: reorder (chat_certificate_reorder: true).',
    },
  },
  reordered: {
    status: 2,
    en: {
      message: 'put in order, as asked: the file has {found}, uploaded is {needed}',
      explain: 'CERT-1: reorder was asked for. The file on the control machine stays as it is.',
      remedy: 'Nothing has to be done.',
    },
    ru: {
      message: 'порядок исправлен по запросу: в файле {found}, загружается {needed}',
      explain: 'CERT-1: исправление порядка включено. Файл на управляющей машине остаётся как есть.',
      remedy: 'Делать ничего не нужно.',
    },
  },
  'root-appended': {
    status: 2,
    en: {
      message: 'the chain lacks its root; "{subject}" from {file} is appended, as asked',
      explain: 'CERT-1: a root file was named. The certificate file on the control machine stays as it is.',
      remedy: 'Nothing has to be done.',
    },
    ru: {
      message: 'в цепочке нет корневого сертификата; по запросу дописан «{subject}» из {file}',
      explain: 'CERT-1: указан файл с корневым сертификатом. Файл сертификата на управляющей машине остаётся как есть.',
      remedy: 'Делать ничего не нужно.',
    },
  },
  'root-file-no-root': {
    status: 2,
    en: {
      message: '"{subject}" in the root file {file} is no root: it was issued by "{issuer}"',
      explain: 'CERT-1: a root is its own issuer.',
      remedy: 'Get the root certificate itself; an intermediate one belongs into the certificate file.',
    },
    ru: {
      message: '«{subject}» в файле корневого сертификата {file} — не корневой: выпущен «{issuer}»',
      explain: 'CERT-1: корневой сертификат выпущен самим собой.',
      remedy: 'Возьмите именно корневой сертификат; промежуточному место в файле сертификата.',
    },
  },
  'root-file-other': {
    status: 2,
    en: {
      message: 'the root file {file} holds "{subject}", and the chain needs "{issuer}"',
      explain: 'CERT-1: a root that did not issue the last certificate of the chain does not complete it.',
      remedy: 'Get the right root from the issuer of the certificate.',
    },
    ru: {
      message: 'в файле корневого сертификата {file} — «{subject}», а цепочке нужен «{issuer}»',
      explain: 'CERT-1: корневой сертификат, которым не выпущен последний сертификат цепочки, её не завершает.',
      remedy: 'Возьмите у издателя сертификата нужный корневой.',
    },
  },
  duplicate: {
    status: 2,
    en: {
      message: 'certificate {number} of the file, "{subject}", is in it already; it is left out',
      explain: 'CERT-1: the same certificate twice does no harm, and is not uploaded twice.',
      remedy: 'Remove it from the file when you can.',
    },
    ru: {
      message: 'сертификат {number} в файле, «{subject}», уже есть выше; он пропущен',
      explain: 'CERT-1: повтор не вредит, но второй раз не загружается.',
      remedy: 'При случае уберите его из файла.',
    },
  },
  unrelated: {
    status: 2,
    en: {
      message: 'certificate {number} of the file, "{subject}", has no part in the chain of "{leaf}"; it is left out',
      explain: 'CERT-1: the file holds one chain. What does not belong to it is not uploaded.',
      remedy: 'Remove it from the file when you can.',
    },
    ru: {
      message: 'сертификат {number} в файле, «{subject}», не относится к цепочке «{leaf}»; он пропущен',
      explain: 'CERT-1: в файле одна цепочка. Лишнее не загружается.',
      remedy: 'При случае уберите его из файла.',
    },
  },
});
