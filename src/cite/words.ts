import type { CitationLanguage } from './citation.js';

/** The words of citations in one language. */
interface CitationWords {
  /** The register, in one line. */
  register: string;
  state: (day: string, cursor: string) => string;
  records: (count: number) => string;
  licence: string;
  sources: string;
  more: (count: number) => string;
  /** Stands between a label and its text. */
  colon: string;
  /** Separates sources. */
  separator: string;
  /** Joins the parts of a sentence and ends it. */
  stop: string;
  quote: (text: string) => string;
}

export const CITATION_WORDS: Readonly<Record<CitationLanguage, CitationWords>> = {
  nl: {
    register: 'stedenband: register van de banden tussen Nederlandse en Chinese overheden',
    state: (day, cursor) => `stand van ${day} (moment ${cursor})`,
    records: count => (count === 1 ? '1 gegeven' : `${count} gegevens`),
    licence: 'Licentie',
    sources: 'Bronnen',
    more: count => `en nog ${count}`,
    colon: ': ',
    separator: '; ',
    stop: '. ',
    quote: text => `‘${text}’`,
  },
  en: {
    register: 'stedenband: register of the ties between Dutch and Chinese local governments',
    state: (day, cursor) => `as of ${day} (moment ${cursor})`,
    records: count => (count === 1 ? '1 record' : `${count} records`),
    licence: 'Licence',
    sources: 'Sources',
    more: count => `and ${count} more`,
    colon: ': ',
    separator: '; ',
    stop: '. ',
    quote: text => `“${text}”`,
  },
  zh: {
    register: 'stedenband：荷兰与中国地方政府友好关系登记册',
    state: (day, cursor) => `截至${day}（时刻 ${cursor}）`,
    records: count => `${count} 条记录`,
    licence: '许可',
    sources: '来源',
    more: count => `另有 ${count} 项`,
    colon: '：',
    separator: '；',
    stop: '。',
    quote: text => `“${text}”`,
  },
};

const LOCALES = { nl: 'nl-NL', en: 'en-GB', zh: 'zh-CN' } as const;

/** The zone of the register, in which its pages state moments. */
const timeZone = 'Europe/Amsterdam';

/** Formats the day of an instant: "24 November 2026". */
export const citedDay = (instant: string, language: CitationLanguage): string =>
  new Intl.DateTimeFormat(LOCALES[language], { timeZone, year: 'numeric', month: 'long', day: 'numeric' }).format(
    new Date(instant),
  );

/** Returns the day of an instant for files of references: `2026-11-24`. */
export const issuedDay = (instant: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(instant));
