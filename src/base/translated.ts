/** A text for people: English, and its Russian where there is one. */
export interface Translated {
  readonly en: string;
  readonly ru?: string;
}

/** What is written in one language is read in both. */
export type Text = string | Translated;

export function inEnglish(text: Text): string {
  return typeof text === 'string' ? text : text.en;
}

export function inRussian(text: Text): string {
  return typeof text === 'string' ? text : (text.ru ?? text.en);
}

/**
 * Russian texts by their names, to stand under `ru` beside the English ones in results and events; undefined where none is translated.
 * What has no Russian is left out: readers fall back on the English.
 */
export function russianOf<K extends string>(texts: Readonly<Record<K, Text | undefined>>): Partial<Record<K, string>> | undefined {
  const found: Partial<Record<K, string>> = {};
  for (const name in texts) {
    const text = texts[name];
    if (typeof text === 'object' && text.ru !== undefined) found[name] = text.ru;
  }
  return Object.keys(found).length > 0 ? found : undefined;
}
