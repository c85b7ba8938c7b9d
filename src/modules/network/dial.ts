import type { Duplex } from 'node:stream';
import { ChatsctlError, plainMessage } from '../../base/errors.js';
import { inEnglish, inRussian, type Text, type Translated } from '../../base/translated.js';
import type { ActionContext } from '../../sdk/action-context.js';

/** Why there is no connection, told apart. `forbidden`: the host's sshd forwards nothing, so nothing is known. */
export type DialFailure = 'dns' | 'refused' | 'timeout' | 'unreachable' | 'forbidden';

export type Dialled =
  | { readonly outcome: 'open'; readonly stream: Duplex; readonly ms: number }
  | { readonly outcome: DialFailure; readonly reason: Text; readonly ms: number };

const outcomes: ReadonlyMap<string, DialFailure> = new Map([
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'refused'],
  ['ETIMEDOUT', 'timeout'],
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['EAI_NODATA', 'dns'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['EACCES', 'unreachable'],
  ['EPERM', 'unreachable'],
]);

/** A TCP connection as the host sees the network: its own resolver and routes. A lost connection to the host itself is thrown. */
export async function dial(context: ActionContext, host: string, port: number, timeoutMs: number): Promise<Dialled> {
  const started = context.now();
  const opening = context.connect(host, port);
  const timer = timeoutOf(timeoutMs);
  try {
    const stream = await Promise.race([opening, timer.expired]);
    if (stream) return { outcome: 'open', stream, ms: context.now() - started };
    // What opens after all is of no use to anybody.
    opening.then(
      (late) => late.destroy(),
      () => {},
    );
    return {
      outcome: 'timeout',
      reason: { en: `no answer within ${timeoutMs / 1000} s`, ru: `нет ответа за ${timeoutMs / 1000} с` },
      ms: timeoutMs,
    };
  } catch (error) {
    const ms = context.now() - started;
    if (error instanceof ChatsctlError) {
      if (error.code === 'connect/forward-refused') return { outcome: 'forbidden', reason: inBoth(error), ms };
      throw error;
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const outcome = outcomes.get(code);
    if (!outcome) throw error;
    return { outcome, reason: error instanceof Error ? error.message : code, ms };
  } finally {
    timer.clear();
  }
}

function timeoutOf(ms: number): { expired: Promise<undefined>; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  return { expired, clear: () => clearTimeout(timer) };
}

function inBoth({ diagnostics: [first] }: ChatsctlError): Translated {
  return { en: plainMessage(first), ru: plainMessage(first, 'ru') };
}

/** In an operator's words. */
export function dialProblem(host: string, port: number, outcome: DialFailure, reason: Text): Translated {
  const [en, ru] = [inEnglish(reason), inRussian(reason)];
  switch (outcome) {
    case 'dns':
      return { en: `the name ${host} has no address here (${en})`, ru: `у имени ${host} здесь нет адреса (${ru})` };
    case 'refused':
      return { en: `${host} refuses connections to port ${port}`, ru: `${host} отказывает в соединении с портом ${port}` };
    case 'timeout':
      return {
        en: `${host} port ${port} does not answer (${en}): something on the way drops packets`,
        ru: `${host}, порт ${port}, не отвечает (${ru}): что-то на пути отбрасывает пакеты`,
      };
    case 'unreachable':
      return { en: `${host} port ${port} cannot be reached (${en})`, ru: `${host}, порт ${port}, недоступен (${ru})` };
    case 'forbidden':
      return { en: `${host} port ${port} was not tried: ${en}`, ru: `${host}, порт ${port}, не проверялся: ${ru}` };
  }
}
