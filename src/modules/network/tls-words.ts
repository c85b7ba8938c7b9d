import type { X509Certificate } from 'node:crypto';
import { inEnglish, inRussian, type Text, type Translated } from '../../base/translated.js';
import { isSelfSigned, issuerOf, subjectOf } from '../certificates/certificate.js';

/** Why a certificate is not trusted, by OpenSSL's or Node's code, and what would mend it. */
export function explainDistrust(code: string, chain: readonly X509Certificate[], name: string): Text {
  const [leaf] = chain;
  const top = chain.at(-1);
  if (!leaf || !top) return { en: `no certificate was sent (${code})`, ru: `сертификат не прислан (${code})` };
  const day = (text: string) => new Date(text).toISOString().slice(0, 10);
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        en: `it is for ${namesOf(leaf).join(', ') || subjectOf(leaf)}, not for ${name}`,
        ru: `он выдан для ${namesOf(leaf).join(', ') || subjectOf(leaf)}, а не для ${name}`,
      };
    case 'CERT_HAS_EXPIRED': {
      const ended = chain.find((each) => Date.parse(each.validTo) < Date.now()) ?? leaf;
      return { en: `"${subjectOf(ended)}" ended on ${day(ended.validTo)}`, ru: `срок «${subjectOf(ended)}» истёк ${day(ended.validTo)}` };
    }
    case 'CERT_NOT_YET_VALID': {
      const early = chain.find((each) => Date.parse(each.validFrom) > Date.now()) ?? leaf;
      return {
        en: `"${subjectOf(early)}" begins on ${day(early.validFrom)}: is the clock of this machine right?`,
        ru: `«${subjectOf(early)}» начнёт действовать ${day(early.validFrom)}: верны ли часы этой машины?`,
      };
    }
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return {
        en: `"${subjectOf(leaf)}" is signed by itself, nobody vouches for it; ca_path can name it`,
        ru: `«${subjectOf(leaf)}» подписан сам собой, за него никто не ручается; его можно указать в ca_path`,
      };
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return {
        en: `the root "${subjectOf(top)}" is not trusted on this machine; ca_path can name a file with it`,
        ru: `корневому «${subjectOf(top)}» эта машина не доверяет; файл с ним можно указать в ca_path`,
      };
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return isSelfSigned(top)
        ? {
            en: `"${subjectOf(top)}" is not trusted on this machine; ca_path can name a file with it`,
            ru: `«${subjectOf(top)}» эта машина не доверяет; файл с ним можно указать в ca_path`,
          }
        : {
            en:
              `"${subjectOf(top)}" was issued by "${issuerOf(top)}", which the server does not send and this machine does not trust: ` +
              'either the server lacks its intermediate certificate, or ca_path must name a file with the root',
            ru:
              `«${subjectOf(top)}» выдан «${issuerOf(top)}», которого сервер не присылает и которому эта машина не доверяет: ` +
              'либо серверу не хватает промежуточного сертификата, либо в ca_path нужно указать файл с корневым',
          };
    default:
      return code;
  }
}

const noTls: ReadonlySet<string> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_RECORD_LAYER_FAILURE',
]);

/** Names that a certificate serves, DNS and IP. */
export function namesOf({ subjectAltName }: X509Certificate): string[] {
  return (subjectAltName ?? '').split(', ').flatMap((each) => /^(?:DNS|IP Address):(.*)$/.exec(each)?.[1] ?? []);
}

/** Why a handshake came to no end. */
export function explainHandshake(error: unknown, name: string): Text {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (noTls.has(code)) return { en: 'what answers does not speak TLS (plain HTTP?)', ru: 'отвечает не TLS (обычный HTTP?)' };
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === '')
    return {
      en: `the connection was closed during the TLS handshake: something filters it by name, or the server has no certificate for ${name}`,
      ru: `соединение закрыто во время рукопожатия TLS: его что-то фильтрует по имени, или у сервера нет сертификата для ${name}`,
    };
  return { en: `the server refuses the TLS handshake (${code})`, ru: `сервер отклоняет рукопожатие TLS (${code})` };
}

/** The handshake failed though the port is open. */
export function tlsProblem(host: string, port: number, reason: Text): Translated {
  return {
    en: `${host} port ${port} accepts connections, but TLS fails: ${inEnglish(reason)}`,
    ru: `${host}, порт ${port}, принимает соединения, но TLS не работает: ${inRussian(reason)}`,
  };
}

/** `shown`: what the certificate says of itself. */
export function distrust(host: string, port: number, words: Text, shown: Text = ''): Translated {
  return {
    en: `the certificate of ${host} port ${port} is not trusted: ${inEnglish(words)}${inEnglish(shown)}`,
    ru: `сертификату ${host}, порт ${port}, доверять нельзя: ${inRussian(words)}${inRussian(shown)}`,
  };
}
