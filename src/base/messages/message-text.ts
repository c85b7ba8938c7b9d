/** A text with `{name}` places, or its plural forms, chosen by the parameter `count` (CLDR categories). */
export type MessageText = string | ({ readonly other: string } & { readonly [category in Exclude<Intl.LDMLPluralRule, 'other'>]?: string });
