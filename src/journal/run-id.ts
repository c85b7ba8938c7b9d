import { randomBytes } from 'node:crypto';

/**
 * `20250102-030405-7bc2cd`: UTC to the second, then the part of the second in 4096ths, so that names sort by time also where a script plays one run
 * after the other; and 12 random bits.
 */
export function newRunId(now: number, random: () => Buffer = () => randomBytes(2)): string {
  const [date = '', time = ''] = new Date(now).toISOString().split('T');
  const part = Math.floor(((now % 1000) / 1000) * 4096);
  const chance = random().readUInt16BE() & 0xfff;
  const hex = (bits: number) => bits.toString(16).padStart(3, '0');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${hex(part)}${hex(chance)}`;
}

export function isRunId(name: string): boolean {
  return /^\d{8}-\d{6}-[0-9a-f]{6}$/.test(name);
}
