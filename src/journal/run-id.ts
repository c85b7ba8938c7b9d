import { randomBytes } from 'node:crypto';

/** `20250102-030405-ab12cd`: UTC to the second, so that names sort by time, and 24 random bits. */
export function newRunId(now: number, random: () => Buffer = () => randomBytes(3)): string {
  const [date = '', time = ''] = new Date(now).toISOString().split('T');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${random().toString('hex')}`;
}

export function isRunId(name: string): boolean {
  return /^\d{8}-\d{6}-[0-9a-f]{6}$/.test(name);
}
