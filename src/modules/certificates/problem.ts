/** Codes of what may be wrong with a certificate bundle; the clauses are the guide's (CERT-1: chain and order, CERT-2: dates, CERT-5: names and key). */
export type ProblemCode =
  | 'empty'
  | 'der'
  | 'no-certificate'
  | 'unreadable'
  | 'key-inside'
  | 'no-leaf'
  | 'two-leaves'
  | 'duplicate'
  | 'self-signed'
  | 'leaf-alone'
  | 'missing-intermediate'
  | 'missing-root'
  | 'wrong-signature'
  | 'issuer-no-ca'
  | 'wrong-order'
  | 'unrelated'
  | 'expired'
  | 'not-yet-valid'
  | 'expires-soon'
  | 'name-missing'
  | 'no-server-authentication'
  | 'key-empty'
  | 'key-der'
  | 'key-encrypted'
  | 'key-unreadable'
  | 'key-mismatch';

export interface Problem {
  readonly clause: 'CERT-1' | 'CERT-2' | 'CERT-5';
  readonly code: ProblemCode;
  readonly severity: 'fatal' | 'warning';
  /** Which certificate, and what is wrong with it. */
  readonly message: string;
}
