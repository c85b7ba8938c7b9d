import type { ErrorCode } from '../../base/catalog/index.js';
import { type Diagnostic, type DiagnosticOptions, diagnostic, plainMessage } from '../../base/errors.js';
import type { ValueMap } from '../../base/value.js';

export type CertificateCode = Extract<ErrorCode, `certificate/${string}`>;

/** The guide's: CERT-1 chain and order, CERT-2 dates, CERT-5 names and key. */
export type Clause = 'CERT-1' | 'CERT-2' | 'CERT-5';

/** What is wrong with a certificate bundle: which certificate, and what. Its texts are in the catalog; `hint` is the commands that mend just this case. */
export interface Problem extends Diagnostic {
  readonly code: CertificateCode;
  readonly clause: Clause;
}

export function problem<C extends CertificateCode>(
  clause: Clause,
  code: C,
  params: Parameters<typeof diagnostic<C>>[1],
  options: DiagnosticOptions = {},
): Problem {
  return { ...diagnostic(code, params, options), code, clause };
}

/** As a result has it: the code, what fills its texts, and the texts for people in both languages. */
export function resultOf(found: Problem): ValueMap {
  const { clause, code, params, severity, hint } = found;
  return {
    ...params,
    clause,
    code,
    severity: severity === 'error' ? 'fatal' : 'warning',
    message: plainMessage(found),
    ru: { message: plainMessage(found, 'ru') },
    ...(hint !== undefined && { hint }),
  };
}

export function messagesOf(problems: readonly Problem[], language: 'en' | 'ru'): string {
  return problems.map((each) => plainMessage(each, language)).join('; ');
}
