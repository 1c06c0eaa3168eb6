/** A source behind what is cited, as the register has it. */
export interface CitedSource {
  title: string;
  publisher: string;
  url?: string | null | undefined;
  /** A year, a month or a day. */
  publishedOn?: string | null | undefined;
}

/** The languages of citations. */
export type CitationLanguage = 'nl' | 'en' | 'zh';

/** A citation of a record of the register, or of the answer to a question. */
export interface Citation {
  /** Names it in files of references: the id of a record, or the name of a question. */
  key: string;
  title: string;
  /** The absolute address at which the same content can be read again: with `knownAt`, for ever. */
  url: string;
  /** The moment of the register; undefined for one without changes. */
  moment: { cursor: string; recordedAt: string } | undefined;
  /** The number of records that the answer shows; undefined for a single record. */
  records?: number | undefined;
  language: CitationLanguage;
  /** The distinct sources behind the records. */
  sources: readonly CitedSource[];
}

/** The licence of the facts of the register. */
export const CITED_LICENCE = { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' } as const;

/** The name of the register, as the author and publisher of what is cited. */
export const REGISTER_NAME = 'stedenband';

/** Returns each source once, in the order of their first occurrence: the same title, publisher, address and date. */
export function distinctSources(sources: Iterable<CitedSource>): CitedSource[] {
  const distinct = new Map<string, CitedSource>();
  for (const source of sources) {
    const { title, publisher, url, publishedOn } = source;
    const key = JSON.stringify([title, publisher, url ?? null, publishedOn ?? null]);
    if (!distinct.has(key)) distinct.set(key, { title, publisher, url, publishedOn });
  }
  return [...distinct.values()];
}
