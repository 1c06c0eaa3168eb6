import { z } from 'zod';
import { isIdWith, MAX_ID_LENGTH } from '../../graph/record/id.js';
import { partialDateProblem } from '../../graph/types/partial-date.js';
import { isStorable } from '../../graph/types/text.js';
import { isWebAddress } from '../../graph/types/url.js';

/** A text that says something and that the database can hold. */
export const text = z
  .string()
  .refine(value => value.trim() !== '', { error: 'a text is not empty; leave it null where nothing is known' })
  .refine(isStorable, { error: 'a text has no NUL and no half of a surrogate pair' });

/** A date as exactly as it is known. */
export const partialDate = z.string().superRefine((value, context) => {
  const message = partialDateProblem(value);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** An address that a reader may follow. `new URL` also takes `http:example.com`, the database does not. */
export const webAddress = z
  .string()
  .refine(value => isWebAddress(value) && /^https?:\/\//.test(value) && isStorable(value), {
    error: 'an address begins with http:// or https:// and has at most 2000 characters',
  });

/** An item of Wikidata. */
export const wikidataId = z.string().regex(/^Q[1-9]\d*$/, { error: 'a Wikidata id is Q and a number' });

const degrees = (most: number) => {
  const error = `degrees run from -${most} to ${most}`;
  return z.number().min(-most, { error }).max(most, { error });
};

/** Where something lies, in degrees (WGS 84). */
export const coordinates = z.strictObject({ latitude: degrees(90), longitude: degrees(180) });

/** An id with one of these prefixes; a reference takes the prefixes of the types it may name. */
export const id = (...prefixes: readonly string[]) =>
  z.string().superRefine((value, context) => {
    if (isIdWith(prefixes, value)) return;
    const start = prefixes.map(prefix => `${prefix}-`).join(' or ');
    const message = `an id here begins with ${start}, then words of a–z and 0–9 joined by -, at most ${MAX_ID_LENGTH} characters`;
    context.addIssue({ code: 'custom', message });
  });

/** A list that names nothing twice. */
export const distinct = <S extends z.ZodType>(item: S, keyOf: (value: z.infer<S>) => string = String) =>
  z
    .array(item)
    .refine(values => new Set(values.map(keyOf)).size === values.length, { error: 'a list names nothing twice' });

const languages = {
  nl: text.exactOptional(),
  en: text.exactOptional(),
  zh: text.exactOptional(),
  pinyin: text.exactOptional(),
};
const anyLanguage = ({ nl, en, zh, pinyin }: { [Language in keyof typeof languages]?: string }) =>
  Boolean(nl ?? en ?? zh ?? pinyin);
const atLeastOne = { error: 'at least one of nl, en, zh and pinyin is given' };

/** A text in each language it is known in; the others are left out. */
export const texts = z.strictObject(languages).refine(anyLanguage, atLeastOne);

/** What something is called, and what else it goes by. */
export const names = z
  .strictObject({ ...languages, aliases: distinct(text).exactOptional() })
  .refine(anyLanguage, atLeastOne);

const source = z.strictObject({
  title: text,
  publisher: text,
  url: webAddress.nullable(),
  publishedOn: partialDate.nullable(),
  supports: distinct(text).refine(facts => facts.length > 0, { error: 'a source supports at least one fact' }),
});

/** Something published, and the facts of the record that it carries. */
export type SourceSeed = z.infer<typeof source>;

/** The sources of a record: at least one, none twice. */
export const sources = distinct(source, ({ title, publisher, url, publishedOn }) =>
  JSON.stringify([title, publisher, url, publishedOn]),
).refine(list => list.length > 0, { error: 'a record names at least one source' });
