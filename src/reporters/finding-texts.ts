import type { Language } from '../base/messages/message.js';
import type { RunEvent } from '../events/event.js';

export type Finding = Extract<RunEvent, { type: 'finding' }>;

/** A finding with its texts in the reader's language; what is not translated stays English. */
export function readIn(language: Language, finding: Finding): Finding {
  return language === 'ru' ? { ...finding, ...finding.ru } : finding;
}
