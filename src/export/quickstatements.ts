import type { ExportRow, Format } from './format.js';

/** The precision of a time in Wikidata, by the length of our date: a year, a month or a day. */
const PRECISIONS: Readonly<Record<number, number>> = { 4: 9, 7: 10, 10: 11 };

/** Returns a date as a time of QuickStatements: `1979-11` is `+1979-11-00T00:00:00Z/10`. */
const timeOf = (date: string): string =>
  `+${date + '0000-00-00'.slice(date.length)}T00:00:00Z/${PRECISIONS[date.length]}`;

const quoted = (text: string): string => `"${text.replaceAll(/["\s]/g, encodeURIComponent)}"`;

/**
 * Returns the statements of a tie, one on the item of each side: P190 with its start (P580) and end (P582), and a reference
 * (S854) for each source. Each statement is one line; QuickStatements adds to a statement that exists only what it lacks.
 */
function statements([dutch, chinese, startedOn, endedOn, urls]: ExportRow): string {
  if (!dutch || !chinese) return '';
  const qualifiers = [
    ...(startedOn ? ['P580', timeOf(String(startedOn))] : []),
    ...(endedOn ? ['P582', timeOf(String(endedOn))] : []),
  ];
  // `!S` begins another reference. Editions of one page are sources with one address.
  const references = [...new Set(urls as string[])].flatMap((url, index) => [index ? '!S854' : 'S854', quoted(url)]);
  const line = (item: unknown, value: unknown) => `${[item, 'P190', value, ...qualifiers, ...references].join('\t')}\n`;
  return line(dutch, chinese) + line(chinese, dutch);
}

/** Commands of QuickStatements V1, with which an editor of Wikidata adds what the register has. */
export const quickstatements: Format = {
  extension: 'quickstatements',
  mediaType: 'text/plain; charset=utf-8',
  isForWikidata: true,
  async *write({ pages }) {
    for await (const page of pages) yield page.map(statements).join('');
  },
};
