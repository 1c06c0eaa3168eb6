import type { ReaderLanguage } from '../result/format.js';
import { formatValue, type Item } from './proposal.js';
import type { ProposalTexts } from './texts-en.js';

/** Returns the place of a row in the words of the page: a file names it in English, as in `row 7` or `sheet A, row 7`. */
export function placeText({ place }: Pick<Item, 'place'>, texts: Pick<ProposalTexts, 'row' | 'sheet'>): string {
  const [, sheet, row] = /^(?:sheet (.+), )?row (\d+)$/.exec(place) ?? [];
  if (row === undefined) return place;
  return (sheet === undefined ? '' : texts.sheet(sheet)) + texts.row(row);
}

/** Returns the name by which people recognise a row that the register does not have yet; in the language if it has that. */
export function nameInRow({ proposed }: Pick<Item, 'proposed'>, language: ReaderLanguage): string | undefined {
  const languages = new Set<ReaderLanguage>([language, 'en', 'nl', 'zh']);
  const inLanguages = (field: string) => [...languages].map(code => `${field}.${code}`);
  const firstOf = (paths: readonly string[]) => paths.map(path => formatValue(proposed[path])).find(Boolean);
  const sides = ['dutch', 'chinese'].map(side =>
    firstOf([`${side}.id`, side, ...inLanguages(`${side}.names`), `${side}.name`]),
  );
  return (
    firstOf([...inLanguages('title'), ...inLanguages('names')]) ?? (sides.filter(Boolean).join(' – ') || undefined)
  );
}
