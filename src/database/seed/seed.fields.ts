import { z } from 'zod';
import { abbreviate } from '../../graph/errors.js';
import { isIdWith, MAX_ID_LENGTH } from '../../graph/record/id.js';
import { partialDateProblem } from '../../graph/types/partial-date.js';
import { isStorable, isVisible } from '../../graph/types/text.js';
import { WEB_ADDRESS_RULE, webAddress as webAddressOf } from '../../graph/types/url.js';
import { message, renderMessage } from '../../messages/message.js';

/** Text that is not blank and that the database can store. */
export const text = z
  .string()
  .refine(isVisible, { error: 'text must not be empty; use null if nothing is known' })
  .refine(isStorable, { error: 'text must not contain NUL or half of a surrogate pair' });

/** A date as precise as it is known. */
export const partialDate = z.string().superRefine((value, context) => {
  const rule = partialDateProblem(value);
  if (rule === undefined) return;
  // The report of the checks adds the value behind each message.
  const text = renderMessage(message(rule, { value: abbreviate(value) }), 'en').replace(/\.$/, '');
  context.addIssue({ code: 'custom', message: text });
});

/** Returns a web address in its normal form; reports a text that is none. */
export function normalAddress(value: string, context: z.RefinementCtx, path: PropertyKey[] = []): string {
  const address = webAddressOf(value);
  if (address === undefined) context.addIssue({ code: 'custom', message: WEB_ADDRESS_RULE, path });
  return address ?? z.NEVER;
}

/** A URL of a web page, in its normal form. */
export const webAddress = z.string().transform((value, context) => normalAddress(value, context));

/** Id of a Wikidata item. */
export const wikidataId = z.string().regex(/^Q[1-9]\d*$/, { error: 'a Wikidata id is Q followed by a number' });

const degrees = (max: number) => {
  const error = `must be between -${max} and ${max} degrees`;
  return z.number().min(-max, { error }).max(max, { error });
};

/** A location in degrees (WGS 84). */
export const coordinates = z.strictObject({ latitude: degrees(90), longitude: degrees(180) });

/** An id with one of these prefixes; a reference accepts the prefixes of its target types. */
export const id = (...prefixes: readonly string[]) =>
  z.string().superRefine((value, context) => {
    if (isIdWith(prefixes, value)) return;
    const start = prefixes.map(prefix => `${prefix}-`).join(' or ');
    const message = `this id must start with ${start}, followed by words of a–z and 0–9 joined by -, at most ${MAX_ID_LENGTH} characters`;
    context.addIssue({ code: 'custom', message });
  });

/** A list without duplicates. */
export const distinct = <S extends z.ZodType>(item: S, keyOf: (value: z.infer<S>) => string = String) =>
  z.array(item).refine(values => new Set(values.map(keyOf)).size === values.length, {
    error: 'a list must not contain duplicates',
  });

const languages = {
  nl: text.exactOptional(),
  en: text.exactOptional(),
  zh: text.exactOptional(),
  pinyin: text.exactOptional(),
};
const anyLanguage = ({ nl, en, zh, pinyin }: { [Language in keyof typeof languages]?: string }) =>
  Boolean(nl ?? en ?? zh ?? pinyin);
const atLeastOne = { error: 'at least one of nl, en, zh and pinyin is required' };

/** Text by language; unknown languages are omitted. */
export const texts = z.strictObject(languages).refine(anyLanguage, atLeastOne);

/** Names by language, and aliases. */
export const nameFields = z
  .strictObject({ ...languages, aliases: distinct(text).exactOptional() })
  .refine(anyLanguage, atLeastOne);

const source = z.strictObject({
  title: text,
  publisher: text,
  url: webAddress.nullable(),
  publishedOn: partialDate.nullable(),
  supports: distinct(text).refine(facts => facts.length > 0, { error: 'a source must support at least one fact' }),
});

/** A source, and the facts of the record that it supports. */
export type SourceSeed = z.infer<typeof source>;

/** The sources of a record: at least one, without duplicates. */
export const sources = distinct(source, ({ title, publisher, url, publishedOn }) =>
  JSON.stringify([title, publisher, url, publishedOn]),
).refine(list => list.length > 0, { error: 'a record must have at least one source' });
