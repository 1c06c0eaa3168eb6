import { ArgsType, Directive, Field, ObjectType } from 'type-graphql';
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

@Directive('@shareable')
@ObjectType({ description: 'A name or title in each language. Null where the register has none in that language.' })
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
const keyOf = (language: Language) => language.toLowerCase() as 'nl' | 'en' | 'zh' | 'pinyin';

/** Returns a text in a language, or else in the first of EN, NL, PINYIN, ZH in which it exists; null if in none. */
export function inLanguage(texts: StoredNames, language: Language): string | null {
  for (const candidate of [language, ...FALLBACK]) {
    const text = texts[keyOf(candidate)];
    if (text) return text;
  }
  return null;
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
