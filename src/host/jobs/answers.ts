/** One prompt that was answered, or was being answered. */
export interface AnswerRecord {
  /** Bytes of the transcript up to the prompt's end. */
  readonly end: number;
  readonly name: string;
  /** False: "sending" was written and "sent" was not. Nobody can know whether the program got it. */
  readonly sent: boolean;
}

/** The file's lines: `END sending NAME`, `END sent NAME`, names in base64. A torn last line of a crash counts as far as it goes. */
export function parseAnswers(text: string): AnswerRecord[] {
  const records: AnswerRecord[] = [];
  for (const line of text.split('\n')) {
    const [end = '', state = '', encoded = ''] = line.split(' ');
    if (!/^\d+$/.test(end)) continue;
    const name = decodeName(encoded);
    const last = records.at(-1);
    if (state === 'sent' && last && !last.sent && last.end === Number(end)) records[records.length - 1] = { ...last, sent: true };
    else records.push({ end: Number(end), name, sent: state === 'sent' });
  }
  return records;
}

export function encodeName(name: string): string {
  return Buffer.from(name).toString('base64') || '-';
}

function decodeName(encoded: string): string {
  return Buffer.from(encoded, 'base64').toString();
}

/**
 * An answer whose fate is unknown: sending was begun, its end not recorded, and the program, which was silent before, has said nothing
 * since (`size`: bytes of the transcript). Any reaction means that it got the answer.
 */
export function uncertain(records: readonly AnswerRecord[], size: number): AnswerRecord | undefined {
  const last = records.at(-1);
  return last && !last.sent && size <= last.end ? last : undefined;
}

/** The terminal cuts a line at 4,095 bytes, silently. */
const MAX_ANSWER_BYTES = 4_000;

/** Why an answer cannot be typed into a terminal; undefined when it can. */
export function unsendable(answer: string): 'long' | 'control' | undefined {
  if (Buffer.byteLength(answer) > MAX_ANSWER_BYTES) return 'long';
  return /[\u0000-\u001f\u007f-\u009f]/.test(answer) ? 'control' : undefined;
}
