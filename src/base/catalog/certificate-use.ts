import { defineErrors } from './define.js';

/** Dates (CERT-2) and names (CERT-5). Dates are days in UTC, with the time where it matters. */
export const certificateUse = defineErrors('certificate', {
  expired: {
    status: 2,
    en: {
      message: 'the {which} "{subject}" expired on {date}',
      explain: 'CERT-2: every certificate of the chain is within its validity. One that is over makes the whole chain useless.',
      remedy: 'Get a new certificate from the issuer; where an intermediate or root one is over, its successor.',
    },
    ru: {
      message: '{which} «{subject}»: срок действия истёк {date}',
      explain: 'CERT-2: срок действия каждого сертификата цепочки не истёк. Один просроченный делает негодной всю цепочку.',
      remedy: 'Получите у издателя новый сертификат; если просрочен промежуточный или корневой — тот, что пришёл ему на смену.',
    },
  },
  'not-yet-valid': {
    status: 2,
    en: {
      message: 'the {which} "{subject}" is valid only from {date} on',
      explain: 'CERT-2: until then nobody accepts it. The clock of the control machine decides here.',
      remedy: "Check this machine's clock; if it is right, wait, or get a certificate that is valid already.",
    },
    ru: {
      message: '{which} «{subject}»: начнёт действовать только {date}',
      explain: 'CERT-2: до этого его никто не примет. Время берётся по часам управляющей машины.',
      remedy: 'Проверьте часы этой машины; если они верны — подождите или получите сертификат, который уже действует.',
    },
  },
  'expires-soon': {
    status: 2,
    en: {
      message: 'the {which} "{subject}" expires on {date}; days left: {days}',
      explain: 'CERT-2: it is valid today, and will not be for long.',
      remedy: 'Order the next certificate now; upload it when it is there.',
    },
    ru: {
      message: '{which} «{subject}» действует до {date}; осталось дней: {days}',
      explain: 'CERT-2: сегодня он действует, но недолго.',
      remedy: 'Закажите следующий сертификат сейчас и загрузите его, когда получите.',
    },
  },
  'other-name': {
    status: 2,
    en: {
      message: 'the leaf certificate "{subject}" serves none of {missing}; its names are {names}',
      explain: 'CERT-5: the service is reached by all these names. It is the certificate of another service.',
      remedy: 'Get a certificate with these names, or take the file that has it.',
    },
    ru: {
      message: 'основной сертификат «{subject}» не выдан ни на одно из имён {missing}; его имена: {names}',
      explain: 'CERT-5: к сервису обращаются по всем этим именам. Это сертификат другого сервиса.',
      remedy: 'Получите сертификат с этими именами или возьмите тот файл, где он есть.',
    },
  },
  'name-missing': {
    status: 2,
    en: {
      message: 'the leaf certificate "{subject}" does not serve {missing}; its names are {names}',
      explain: 'CERT-5: the service is reached by all of its names, and each must be in the certificate (or a wildcard of the same level).',
      remedy: 'Get a certificate with all names from the issuer.',
    },
    ru: {
      message: 'основной сертификат «{subject}» не выдан на {missing}; его имена: {names}',
      explain: 'CERT-5: к сервису обращаются по всем его именам, и каждое должно быть в сертификате (или wildcard того же уровня).',
      remedy: 'Получите у издателя сертификат со всеми именами.',
    },
  },
  'wildcard-depth': {
    status: 2,
    en: {
      message: 'the wildcard {wildcard} of the leaf certificate "{subject}" stands for one label only, so it does not serve {missing}',
      explain: 'CERT-5 (RFC 6125): *.example.org serves a.example.org, and neither a.b.example.org nor example.org itself.',
      remedy: "Get a certificate with the names themselves, or with a wildcard of the names' own zone.",
    },
    ru: {
      message: 'wildcard {wildcard} в основном сертификате «{subject}» заменяет только одну часть имени и не охватывает {missing}',
      explain: 'CERT-5 (RFC 6125): *.example.org охватывает a.example.org, но не a.b.example.org и не сам example.org.',
      remedy: 'Получите сертификат с самими именами или с wildcard для той зоны, где они находятся.',
    },
  },
  'no-alternative-names': {
    status: 2,
    en: {
      message: 'the leaf certificate "{subject}" has no alternative names (subjectAltName), so it serves none of {missing}',
      explain: 'CERT-5: clients look at the alternative names alone, and have not looked at the common name for years.',
      remedy: 'Get a certificate that has all names as alternative names.',
    },
    ru: {
      message:
        'в основном сертификате «{subject}» нет альтернативных имён (subjectAltName), поэтому он не действует ни для одного из {missing}',
      explain: 'CERT-5: клиенты смотрят только на альтернативные имена; на common name они не смотрят уже много лет.',
      remedy: 'Получите сертификат, в котором все имена указаны как альтернативные.',
    },
  },
  'no-server-authentication': {
    status: 2,
    en: {
      message: 'the leaf certificate "{subject}" is not issued for servers: its extended key usage lacks serverAuth',
      explain: 'CERT-5: clients refuse a server that shows a certificate for other purposes (of a user, for signing code).',
      remedy: 'Get a certificate for a TLS server.',
    },
    ru: {
      message: 'основной сертификат «{subject}» выпущен не для сервера: в extended key usage нет serverAuth',
      explain: 'CERT-5: клиенты отвергают сервер, который показывает сертификат для других целей (пользователя, подписи кода).',
      remedy: 'Получите сертификат для сервера TLS.',
    },
  },
});
