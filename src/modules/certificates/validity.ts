import { subjectOf } from './certificate.js';
import type { Link } from './chain.js';
import { type Problem, problem } from './problem.js';

const day = 86_400_000;

/** Milliseconds since the epoch. */
export interface Dates {
  readonly now: number;
  /** Fewer days than this left: a warning. */
  readonly warnDays: number;
}

/** CERT-2, for one certificate of the chain. */
export function dateProblems({ certificate, which }: Link, { now, warnDays }: Dates): Problem[] {
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  const what = { which, subject: subjectOf(certificate) };
  if (now > to) return [problem('CERT-2', 'certificate/expired', { ...what, date: minute(to) })];
  if (now < from) return [problem('CERT-2', 'certificate/not-yet-valid', { ...what, date: minute(from) })];
  const days = daysLeft(certificate.validTo, now);
  if (days >= warnDays) return [];
  return [problem('CERT-2', 'certificate/expires-soon', { ...what, date: minute(to).slice(0, 10), days }, { severity: 'warning' })];
}

export function daysLeft(validTo: string, now: number): number {
  return Math.floor((Date.parse(validTo) - now) / day);
}

function minute(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
