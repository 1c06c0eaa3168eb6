import type { ReaderLanguage } from './format.js';

type Words = Readonly<Record<ReaderLanguage, string>>;

const words = (nl: string, en: string, zh: string): Words => ({ nl, en, zh });

/** Words for the types of records. */
export const TYPE_WORDS: Readonly<Record<string, Words>> = {
  Authority: words('Overheid', 'Authority', '政府'),
  ChineseAuthority: words('Chinese overheid', 'Chinese authority', '中国政府'),
  DutchAuthority: words('Nederlandse overheid', 'Dutch authority', '荷兰政府'),
  Exchange: words('Uitwisseling', 'Exchange', '交流'),
  Organisation: words('Organisatie', 'Organisation', '机构'),
  Partnership: words('Band', 'Tie', '友好关系'),
  Programme: words('Programma', 'Programme', '项目'),
};

/** Words for the languages of a text. */
export const LANGUAGE_WORDS: Readonly<Record<string, Words>> = {
  nl: words('Nederlands', 'Dutch', '荷兰语'),
  en: words('Engels', 'English', '英语'),
  zh: words('Chinees', 'Chinese', '中文'),
  pinyin: words('pinyin', 'pinyin', '拼音'),
};

export const BOOLEAN_WORDS = { true: words('ja', 'yes', '是'), false: words('nee', 'no', '否') } as const;
