import { defineErrors } from './define.js';

/** What may be wrong with the private key (CERT-5). Nothing of a key is ever a parameter. */
export const certificateKey = defineErrors('certificate', {
  'key-not-readable': {
    status: 2,
    en: {
      message: 'the key file {file} cannot be read: {reason}',
      explain: 'CERT-5: whether the key belongs to the certificate is looked at on the control machine before anything is uploaded.',
      remedy: 'Let the user who runs chatsctl, and nobody else, read the file.',
    },
    ru: {
      message: 'не удаётся прочитать файл ключа {file}: {reason}',
      explain: 'CERT-5: соответствует ли ключ сертификату, проверяется на управляющей машине до того, как что-либо загружено.',
      remedy: 'Дайте право читать файл пользователю, который запускает chatsctl, и никому больше.',
    },
  },
  'key-empty': {
    status: 2,
    en: {
      message: 'the key file {file} is empty',
      explain: 'CERT-5: without its key the certificate cannot be used.',
      remedy: 'Copy the key again from where the request for the certificate was made.',
    },
    ru: {
      message: 'файл ключа {file} пуст',
      explain: 'CERT-5: без ключа сертификатом нельзя пользоваться.',
      remedy: 'Скопируйте ключ заново оттуда, где создавали запрос на сертификат.',
    },
  },
  'key-der': {
    status: 2,
    en: {
      message: 'the key in {file} is in DER form (binary), PEM is needed',
      explain: 'CERT-5: the product reads PEM (-----BEGIN PRIVATE KEY-----).',
      remedy: 'Convert it with the command below.',
    },
    ru: {
      message: 'ключ в {file} в формате DER (двоичный), нужен PEM',
      explain: 'CERT-5: продукт читает PEM (-----BEGIN PRIVATE KEY-----).',
      remedy: 'Преобразуйте его командой ниже.',
    },
  },
  'key-pkcs12': {
    status: 2,
    en: {
      message: 'the key file {file} is a PKCS#12 container (.p12, .pfx): certificates and key together in binary form; a PEM key is needed',
      explain: 'CERT-5: the product reads the key from a PEM file of its own, without a passphrase.',
      remedy: 'Take the key out of it with the command below (openssl asks for the password; -legacy helps with an old container).',
    },
    ru: {
      message: 'файл ключа {file} — контейнер PKCS#12 (.p12, .pfx): сертификаты и ключ вместе в двоичном виде; нужен ключ в PEM',
      explain: 'CERT-5: продукт читает ключ из отдельного файла PEM, без пароля.',
      remedy: 'Извлеките из него ключ командой ниже (openssl спросит пароль; для старого контейнера добавьте -legacy).',
    },
  },
  'key-encrypted': {
    status: 2,
    en: {
      message: 'the key in {file} is protected by a passphrase',
      explain: 'CERT-5: nobody is there to type a passphrase when the product starts, so it needs the key without one.',
      remedy: 'Write it without its passphrase with the command below (openssl asks for it), for nobody else to read.',
    },
    ru: {
      message: 'ключ в {file} защищён паролем',
      explain: 'CERT-5: при запуске продукта некому ввести пароль, поэтому ключ нужен без него.',
      remedy: 'Запишите ключ без пароля командой ниже (openssl его спросит) так, чтобы читать его могли только вы.',
    },
  },
  'key-missing': {
    status: 2,
    en: {
      message: '{file} holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)',
      explain: 'CERT-5: the key is PKCS#8 (PRIVATE KEY), PKCS#1 (RSA PRIVATE KEY) or SEC1 (EC PRIVATE KEY).',
      remedy: 'Look into the file, and take the key that was made together with the request for the certificate.',
    },
    ru: {
      message: 'в {file} нет закрытого ключа в формате PEM (-----BEGIN PRIVATE KEY-----)',
      explain: 'CERT-5: ключ бывает в PKCS#8 (PRIVATE KEY), PKCS#1 (RSA PRIVATE KEY) или SEC1 (EC PRIVATE KEY).',
      remedy: 'Посмотрите, что в файле, и возьмите ключ, созданный вместе с запросом на сертификат.',
    },
  },
  'certificate-instead': {
    status: 2,
    en: {
      message: 'the key file {file} holds a certificate, and no private key',
      explain: 'CERT-5: certificate and key are two files; perhaps they were taken one for the other.',
      remedy: 'Check which of the two files is named where.',
    },
    ru: {
      message: 'в файле ключа {file} сертификат, а не закрытый ключ',
      explain: 'CERT-5: сертификат и ключ — два разных файла; возможно, их перепутали.',
      remedy: 'Проверьте, какой из двух файлов где указан.',
    },
  },
  'key-public': {
    status: 2,
    en: {
      message: 'the key file {file} holds a public key, and no private key',
      explain: 'CERT-5: the certificate has the public key in it already; what is needed is the other half.',
      remedy: 'Take the private key that was made together with the request for the certificate.',
    },
    ru: {
      message: 'в файле ключа {file} открытый ключ, а не закрытый',
      explain: 'CERT-5: открытый ключ уже есть в сертификате; нужна вторая половина пары.',
      remedy: 'Возьмите закрытый ключ, созданный вместе с запросом на сертификат.',
    },
  },
  'key-damaged': {
    status: 2,
    en: {
      message: 'the key in {file} is damaged: it cannot be read',
      explain: 'CERT-5: the block is there, but what it holds is no key of a known kind.',
      remedy: 'Copy the key again from where it was made.',
    },
    ru: {
      message: 'ключ в {file} повреждён: прочитать его нельзя',
      explain: 'CERT-5: блок на месте, но в нём нет ключа известного вида.',
      remedy: 'Скопируйте ключ заново оттуда, где он создан.',
    },
  },
  'two-keys': {
    status: 2,
    en: {
      message: '{file} holds {count} private keys, it must hold one',
      explain: 'CERT-5: programs read the first one, whichever belongs to the certificate.',
      remedy: 'Leave the key that belongs to the certificate, alone.',
    },
    ru: {
      message: 'в {file} закрытых ключей: {count}, должен быть один',
      explain: 'CERT-5: программы берут первый, к какому бы из них ни относился сертификат.',
      remedy: 'Оставьте только тот ключ, который относится к сертификату.',
    },
  },
  'key-mismatch': {
    status: 2,
    en: {
      message: 'the key in {file} is not that of the leaf certificate "{subject}"',
      explain: 'CERT-5: a certificate works with the one key that its request was made with. After a renewal the key is often a new one.',
      remedy: 'Take the key that was made together with the request. The commands below print equal lines when the two belong together.',
    },
    ru: {
      message: 'ключ в {file} не от основного сертификата «{subject}»',
      explain: 'CERT-5: сертификат работает только с тем ключом, с которым создан запрос. При продлении ключ часто новый.',
      remedy:
        'Возьмите ключ, созданный вместе с запросом. Команды ниже печатают одинаковые строки, если ключ и сертификат соответствуют друг другу.',
    },
  },
});
