import type { Regex } from '../base/regex.js';
import type { Text } from '../base/translated.js';
import { TRUTHS } from '../base/truth.js';
import { isList, isMap, type Value, type ValueMap } from '../base/value.js';
import { Argument, type ArgumentSpec, type ArgumentsOf, type Schema } from './argument.js';
import { convertAll, schemaOf } from './coerce.js';
import type { ControlFile, ControlScript, TemplateFile } from './control-file.js';
import { modePattern, toMode, toNumber, toPath, toRegex, toSeconds, toText, toTranslated, toTruth, toWhole } from './conversions.js';

export type { Argument, ArgumentSpec, ArgumentsOf, Loading, Schema } from './argument.js';
export { canonicalNames, coerce, type Loaded, type Positions, schemaOf, secretsIn } from './coerce.js';
export { type ArgumentRules, brokenRule, checkRules } from './rules.js';

const scalar: Schema = { type: ['string', 'number', 'boolean'] };
const spelled = [...TRUTHS.keys()].flatMap((each) => [
  ...new Set([each, each.toUpperCase(), `${each.charAt(0).toUpperCase()}${each.slice(1)}`]),
]);

/** The words in which arguments are declared: one declaration gives the TypeScript type, validation, docs and the editor schema. */
export const t = {
  string: () => new Argument<string>({ schema: scalar, expected: 'a text', convert: toText }),
  /** For people, in one language or in both: `msg: …`, or `msg: {en: …, ru: …}`. What is shown is in the operator's. */
  text: () =>
    new Argument<Text>({
      schema: {
        anyOf: [scalar, { type: 'object', properties: { en: scalar, ru: scalar }, required: ['en'], additionalProperties: false }],
      },
      expected: 'a text, or one for each language (en, ru)',
      convert: toTranslated,
    }),
  path: () => new Argument<string>({ schema: { type: 'string' }, expected: 'a path', convert: toPath }),
  int: () =>
    new Argument<number>({
      schema: { type: ['integer', 'string'], pattern: '^\\s*-?\\d+\\s*$' },
      expected: 'a whole number',
      convert: toWhole,
    }),
  number: () =>
    new Argument<number>({
      schema: { type: ['number', 'string'], pattern: '^\\s*-?\\d+(\\.\\d+)?\\s*$' },
      expected: 'a number',
      convert: toNumber,
    }),
  /** Seconds, as a number or as `90s`, `15m`, `2h`. */
  duration: () =>
    new Argument<number>({
      schema: { type: ['number', 'string'] },
      expected: 'seconds, or a duration such as 90s, 15m, 2h',
      convert: toSeconds,
    }),
  bool: () =>
    new Argument<boolean>({
      schema: { anyOf: [{ type: 'boolean' }, { enum: spelled }, { enum: [0, 1] }] },
      expected: 'true or false',
      convert: toTruth,
    }),
  /** Permission bits as a number where they are octal, the symbolic text otherwise (`u=rwX,g-w`, `preserve`). */
  mode: () =>
    new Argument<number | string>({
      schema: {
        anyOf: [
          { type: 'integer', minimum: 0, maximum: 4095 },
          { type: 'string', pattern: modePattern },
        ],
      },
      expected: "permission bits such as '0644' or 'u=rw,g=r,o='",
      convert: toMode,
    }),
  choice: <const C extends string>(choices: readonly C[]) =>
    new Argument<C>({
      schema: choices.some((each) => each === 'yes' || each === 'no')
        ? { anyOf: [{ enum: choices }, { type: 'boolean' }] }
        : { enum: choices },
      expected: choices.map((each) => `"${each}"`).join(' or '),
      // YAML's bare yes and no are booleans.
      convert: (value) => choices.find((each) => each === (typeof value === 'boolean' ? (value ? 'yes' : 'no') : value)),
    }),
  /** A list; one value is a list of one; a text with commas is split where Ansible does (texts, paths, numbers, choices). */
  list: <T>(of: Argument<T, boolean>) => {
    const { literal = false, whole = false, fields, schema, expected, convert } = of.details;
    return new Argument<readonly T[]>({
      schema: { anyOf: [{ type: 'array', items: schema }, schema, { type: 'null' }] },
      expected: `a list, each ${expected}`,
      literal,
      ...(fields && { fields }),
      convert: (value, owner, path) => {
        const found = isList(value) ? value : value === null || value === '' ? [] : [value];
        const parts =
          found.length === 1 && typeof value === 'string' && !literal && !whole ? value.split(',').map((each) => each.trim()) : found;
        const converted: T[] = [];
        for (const [index, each] of parts.entries()) {
          const element = convert(each, owner, `${path}[${index}]`);
          if (element === undefined) return undefined;
          converted.push(element);
        }
        return converted;
      },
    });
  },
  map: () =>
    new Argument<ValueMap>({
      schema: { type: 'object' },
      expected: 'a mapping',
      whole: true,
      convert: (value) => (isMap(value) ? value : undefined),
    }),
  /** A mapping from names to values of one kind. */
  mapOf: <T>(of: Argument<T, boolean>) =>
    new Argument<Readonly<Record<string, T>>>({
      schema: { type: 'object', additionalProperties: of.details.schema },
      expected: `a mapping, each value ${of.details.expected}`,
      whole: true,
      convert: (value, owner, path) => {
        if (!isMap(value)) return undefined;
        const converted: Record<string, T> = {};
        for (const [name, each] of Object.entries(value)) {
          const element = of.details.convert(each, owner, `${path}.${name}`);
          if (element === undefined) return undefined;
          converted[name] = element;
        }
        return converted;
      },
    }),
  object: <S extends ArgumentSpec>(fields: S) =>
    new Argument<ArgumentsOf<S>>({
      schema: schemaOf(fields),
      expected: `a mapping with ${Object.keys(fields).join(', ')}`,
      whole: true,
      fields,
      convert: (value, owner, path) => (isMap(value) ? convertAll(fields, value, owner, {}, {}, `${path}.`) : undefined),
    }),
  /** All arguments that are not declared, by name. One at most in a spec. */
  rest: () =>
    new Argument<ValueMap, true>({
      schema: {},
      expected: 'values by name',
      whole: true,
      rest: true,
      convert: (value) => (isMap(value) ? value : undefined),
    }),
  any: () => new Argument<Value>({ schema: {}, expected: 'a value', whole: true, any: true, convert: (value) => value }),
  /** A CEL text, or true or false. Never rendered: the engine evaluates it. */
  condition: () =>
    new Argument<string>({ schema: { type: ['string', 'boolean'] }, expected: 'a condition', literal: true, convert: toText }),
  /** A CEL text that is evaluated to a value (debug's `var`). Never rendered. */
  variable: () => new Argument<string>({ schema: { type: 'string' }, expected: "a variable's name", literal: true, convert: toPath }),
  /** An RE2 pattern, compiled. */
  regex: () => new Argument<Regex>({ schema: { type: 'string' }, expected: 'a regular expression', whole: true, convert: toRegex }),
  controlFile: (folder: 'files' | 'templates') =>
    new Argument<ControlFile>({
      schema: { type: 'string' },
      expected: 'a file on the control machine',
      loads: { folder, as: 'file' },
      convert: () => undefined,
    }),
  /** A file of the control machine; with the named boolean argument true, a path on the host (copy's `remote_src`). */
  controlFileUnless: (folder: 'files' | 'templates', remote: string) =>
    new Argument<ControlFile | string>({
      schema: { type: 'string' },
      expected: 'a file on the control machine',
      loads: { folder, as: 'file', unless: remote },
      convert: toPath,
    }),
  /** A script of the control machine and its arguments, in one text. */
  controlScript: () =>
    new Argument<ControlScript>({
      schema: { type: 'string' },
      expected: 'a script on the control machine and its arguments',
      loads: { folder: 'files', as: 'script' },
      convert: () => undefined,
    }),
  templateFile: () =>
    new Argument<TemplateFile>({
      schema: { type: 'string' },
      expected: 'a template on the control machine',
      loads: { folder: 'templates', as: 'template' },
      convert: () => undefined,
    }),
};
