import type { Position } from './position.js';

/** Text that the user wrote as a template: from a playbook, role, inventory, vars file or `-e`. What a host said is a plain string and is never rendered. */
export class TemplateText {
  constructor(
    readonly text: string,
    /** Of the first character of `text` in its source, where scalar style keeps offsets (plain, single line); else of the scalar. */
    readonly position: Position,
  ) {}

  toString(): string {
    return this.text;
  }
}

/** A value as it stands in a source: templates not rendered yet. */
export type SourceValue =
  | null
  | boolean
  | number
  | string
  | TemplateText
  | readonly SourceValue[]
  | { readonly [key: string]: SourceValue };

export function isTemplate(text: string): boolean {
  return text.includes('{{');
}
