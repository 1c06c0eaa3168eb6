import { ArgsType, Directive, Field, ObjectType } from 'type-graphql';
import type { MessageLanguage } from '../../messages/message.js';
import { codeList } from './code-list.js';

export enum Language {
  NL = 'NL',
  EN = 'EN',
  ZH = 'ZH',
  PINYIN = 'PINYIN',
}
codeList('Language', Language, 'Language or script of a name or text.', {
  NL: ['Dutch.', 'Nederlands', 'Dutch', '荷兰语'],
  EN: ['English.', 'Engels', 'English', '英语'],
  ZH: ['Chinese, in simplified characters.', 'Chinees', 'Chinese', '中文'],
  PINYIN: ['Chinese, in Latin letters without tone marks.', 'Pinyin', 'Pinyin', '拼音'],
});

/** The language of labels and messages for each language of names: there is none in pinyin. */
export const MESSAGE_LANGUAGE: Readonly<Record<Language, MessageLanguage>> = {
  NL: 'nl',
  EN: 'en',
  ZH: 'zh',
  PINYIN: 'en',
};

@Directive('@shareable')
@ObjectType({
  description:
    'A name or title in each language, without a fallback: null where the register has none in that language. For a text that always exists use `label` or `name`.',
})
export class Names {
  @Field(() => String, { nullable: true, description: 'In Dutch.' })
  nl?: string | null;
  @Field(() => String, { nullable: true, description: 'In English.' })
  en?: string | null;
  @Field(() => String, { nullable: true, description: 'In Chinese, in simplified characters.' })
  zh?: string | null;
  @Field(() => String, { nullable: true, description: 'In Chinese, in Latin letters without tone marks.' })
  pinyin?: string | null;
  @Field(() => [String], { description: 'Other names. Search finds them too.' })
  aliases!: string[];
}

/** Names as stored: one text per language, unknown ones absent. */
export interface StoredNames {
  nl?: string | null;
  en?: string | null;
  zh?: string | null;
  pinyin?: string | null;
  aliases?: string[];
}

const FALLBACK = [Language.EN, Language.NL, Language.PINYIN, Language.ZH] as const;
const KEYS = { NL: 'nl', EN: 'en', ZH: 'zh', PINYIN: 'pinyin' } as const;

/** Returns the language of the text that `inLanguage` returns; null if there is none. */
export function languageOf(texts: StoredNames, language: Language): Language | null {
  if (texts[KEYS[language]]) return language;
  return FALLBACK.find(candidate => texts[KEYS[candidate]]) ?? null;
}

/** Returns a text in a language, or else in the first of EN, NL, PINYIN, ZH in which it exists; null if in none. */
export function inLanguage(texts: StoredNames, language: Language): string | null {
  const available = languageOf(texts, language);
  return available && (texts[KEYS[available]] as string);
}

/**
 * Returns `inLanguage` as SQL for a column of texts, none of which is empty: `coalesce(a."names"->>'nl', a."names"->>'en', …)`.
 */
export function sqlInLanguage(column: string, language: Language): string {
  const languages = [language, ...FALLBACK.filter(other => other !== language)];
  return `coalesce(${languages.map(each => `${column}->>'${KEYS[each]}'`).join(', ')})`;
}

/** Returns a name, which exists in at least one language: the database accepts no record without one. */
export function nameIn(names: StoredNames, language: Language): string {
  return inLanguage(names, language) ?? '';
}

@ArgsType()
export class InLanguage {
  @Field(() => Language, {
    defaultValue: Language.EN,
    description: 'The language. If there is no text in it, the first of EN, NL, PINYIN, ZH that exists is returned.',
  })
  language!: Language;
}

/** Describes the field `<name>Language` beside a text with a language argument. */
export const languageDescription = (name: string): string =>
  `The language that \`${name}\` is in, for the same \`language\`: another one if the text does not exist in that language. Use it for the \`lang\` attribute of HTML.`;
