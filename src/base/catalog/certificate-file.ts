import { defineErrors } from './define.js';

/** What may be wrong with a file that ought to hold certificates (CERT-1), before any of them is looked at. */
export const certificateFile = defineErrors('certificate', {
  'not-readable': {
    status: 2,
    en: {
      message: '{file} cannot be read: {reason}',
      explain: 'CERT-1: the certificate is looked at on the control machine before anything is uploaded.',
      remedy: 'Let the user who runs chatsctl read the file, or name another one.',
    },
    ru: {
      message: 'не удаётся прочитать {file}: {reason}',
      explain: 'CERT-1: сертификат проверяется на управляющей машине до того, как что-либо загружено на сервер.',
      remedy: 'Дайте пользователю, который запускает chatsctl, право читать файл или укажите другой файл.',
    },
  },
  empty: {
    status: 2,
    en: {
      message: '{file} is empty',
      explain: 'CERT-1: the file holds the full chain: leaf, intermediate, root.',
      remedy: 'Copy the certificate again from where it came from.',
    },
    ru: {
      message: 'файл {file} пуст',
      explain: 'CERT-1: файл содержит полную цепочку: основной, промежуточный, корневой.',
      remedy: 'Скопируйте сертификат заново оттуда, откуда он получен.',
    },
  },
  der: {
    status: 2,
    en: {
      message: '{file} is in DER form (binary), PEM is needed',
      explain: 'CERT-1: a DER file holds one certificate, and the product reads PEM (-----BEGIN CERTIFICATE-----).',
      remedy: 'Convert it to PEM with the command below; then put the other certificates of the chain behind it.',
    },
    ru: {
      message: '{file} в формате DER (двоичный), нужен PEM',
      explain: 'CERT-1: в файле DER помещается один сертификат, а продукт читает PEM (-----BEGIN CERTIFICATE-----).',
      remedy: 'Преобразуйте его в PEM командой ниже и допишите за ним остальные сертификаты цепочки.',
    },
  },
  pkcs12: {
    status: 2,
    en: {
      message: '{file} is a PKCS#12 container (.p12, .pfx): certificates and key together in binary form; two PEM files are needed',
      explain:
        'CERT-1: the product reads the chain and the key as two PEM files. A container is protected by a password, which openssl asks for.',
      remedy:
        'Take certificates and key out of it with the commands below (openssl asks for the password; -legacy helps with an old container).',
    },
    ru: {
      message: '{file} — контейнер PKCS#12 (.p12, .pfx): сертификаты и ключ вместе в двоичном виде; нужны два файла PEM',
      explain: 'CERT-1: продукт читает цепочку и ключ из двух файлов PEM. Контейнер защищён паролем, его спросит openssl.',
      remedy: 'Извлеките из него сертификаты и ключ командами ниже (openssl спросит пароль; для старого контейнера добавьте -legacy).',
    },
  },
  pkcs7: {
    status: 2,
    en: {
      message: '{file} is a PKCS#7 container (.p7b), PEM certificates are needed',
      explain: 'CERT-1: the product reads the chain as PEM certificates one behind the other.',
      remedy: 'Take the certificates out of it with the command below; their order may then have to be put right.',
    },
    ru: {
      message: '{file} — контейнер PKCS#7 (.p7b), нужны сертификаты в PEM',
      explain: 'CERT-1: продукт читает цепочку как сертификаты PEM, один за другим.',
      remedy: 'Извлеките из него сертификаты командой ниже; возможно, потом придётся поправить их порядок.',
    },
  },
  request: {
    status: 2,
    en: {
      message: '{file} holds a certificate signing request, and no certificate',
      explain: 'CERT-1: the request goes to the certificate authority; what it sends back is the certificate.',
      remedy: 'Take the file that the authority sent in answer to this request.',
    },
    ru: {
      message: 'в {file} запрос на выпуск сертификата, а не сертификат',
      explain: 'CERT-1: запрос отправляют в удостоверяющий центр; сертификат — то, что он прислал в ответ.',
      remedy: 'Возьмите файл, который удостоверяющий центр прислал на этот запрос.',
    },
  },
  'key-instead': {
    status: 2,
    en: {
      message: '{file} holds a private key, and no certificate',
      explain: 'CERT-1, CERT-5: certificate and key are two files; perhaps they were taken one for the other.',
      remedy: 'Check which of the two files is named where.',
    },
    ru: {
      message: 'в {file} закрытый ключ, а не сертификат',
      explain: 'CERT-1, CERT-5: сертификат и ключ — два разных файла; возможно, их перепутали.',
      remedy: 'Проверьте, какой из двух файлов где указан.',
    },
  },
  'no-certificate': {
    status: 2,
    en: {
      message: '{file} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)',
      explain: 'CERT-1: the file is a text of PEM blocks: leaf, intermediate, root. Sometimes a page of a web site was saved in its place.',
      remedy: 'Look into the file, and get the certificate again from its issuer.',
    },
    ru: {
      message: 'в {file} нет сертификата в формате PEM (-----BEGIN CERTIFICATE-----)',
      explain: 'CERT-1: файл — текст из блоков PEM: основной, промежуточный, корневой. Иногда вместо него сохраняют страницу сайта.',
      remedy: 'Посмотрите, что в файле, и получите сертификат у издателя заново.',
    },
  },
  truncated: {
    status: 2,
    en: {
      message: 'certificate {number} in {file} has a BEGIN line and no END line',
      explain: 'CERT-1: the file was cut off, or its lines were lost when it was copied.',
      remedy: 'Copy the file again, whole.',
    },
    ru: {
      message: 'у сертификата {number} в {file} есть строка BEGIN и нет строки END',
      explain: 'CERT-1: файл обрезан, или строки потерялись при копировании.',
      remedy: 'Скопируйте файл заново целиком.',
    },
  },
  unreadable: {
    status: 2,
    en: {
      message: 'certificate {number} in {file} is damaged: it cannot be read',
      explain: 'CERT-1: the block is there, but what it holds is no certificate any more.',
      remedy: 'Copy this certificate again from where it came from.',
    },
    ru: {
      message: 'сертификат {number} в {file} повреждён: прочитать его нельзя',
      explain: 'CERT-1: блок на месте, но его содержимое — уже не сертификат.',
      remedy: 'Скопируйте этот сертификат заново оттуда, откуда он получен.',
    },
  },
  'key-inside': {
    status: 2,
    en: {
      message: '{file} holds a private key beside the certificates',
      explain:
        'CERT-1: the certificate file may be read by everybody, so a key in it would be given away. The key has a file of its own (CERT-4).',
      remedy: 'Move the block from BEGIN PRIVATE KEY to END PRIVATE KEY into the key file. If others could read the file, get a new key.',
    },
    ru: {
      message: 'в {file} вместе с сертификатами лежит закрытый ключ',
      explain: 'CERT-1: файл сертификата читают все, поэтому ключ в нём был бы раскрыт. У ключа свой файл (CERT-4).',
      remedy: 'Перенесите блок от BEGIN PRIVATE KEY до END PRIVATE KEY в файл ключа. Если файл могли читать посторонние, нужен новый ключ.',
    },
  },
});
