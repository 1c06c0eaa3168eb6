import type { Html } from '../http/html.js';
import { type AnswerObject, type FieldShape, isObject } from './answer-shape.js';
import { type Reader, textIn } from './reader.js';

/** Fields of a record that its name stands for. */
const DISPLAY_FIELDS = ['name', 'title', 'label', 'titles', 'names'] as const;

/** Returns the text of a name in the language of the reader, with the language that it is in. */
export function nameIn(names: AnswerObject, { language }: Reader): [text: string, language: string] | undefined {
  for (const key of [language, 'en', 'nl', 'pinyin', 'zh'])
    if (typeof names[key] === 'string') return [names[key], key.toUpperCase()];
  return undefined;
}

/** Returns the text by which people recognise a record, and the key of its field; undefined if the answer has none. */
export function displayOf(
  reader: Reader,
  fields: ReadonlyMap<string, FieldShape>,
  value: AnswerObject,
): { html: Html; text: string; key: string } | undefined {
  for (const name of DISPLAY_FIELDS) {
    const shape = fields.get(name);
    const shown = shape && value[name];
    const [text, language] =
      typeof shown === 'string'
        ? [shown, value[`_${name}Language`]]
        : isObject(shown)
          ? (nameIn(shown, reader) ?? [])
          : [];
    if (text !== undefined) return { html: textIn(reader, text, language as string | undefined), text, key: name };
  }
  return typeof value._label === 'string'
    ? { html: textIn(reader, value._label), text: value._label, key: '_label' }
    : undefined;
}
