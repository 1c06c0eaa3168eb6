import { fold, isStorable } from '../graph/types/text.js';

/** Lists of official codes: a record has at most one code of each. */
export type CodeScheme = 'id' | 'cbs' | 'gb' | 'wikidata' | 'iati' | 'project';

export interface Code {
  scheme: CodeScheme;
  value: string;
}

const MAX_CODE_LENGTH = 100;
const WIKIDATA = /^(?:https?:\/\/(?:www\.)?wikidata\.org\/(?:wiki|entity)\/)?(Q[1-9]\d{0,9})$/i;

/** Returns the official code that a text is, as the register spells it; undefined for a text that is none. */
export function codeIn(text: string): Code | undefined {
  const value = text.trim();
  if (value.length > MAX_CODE_LENGTH) return undefined;
  if (/^(?:GM|PV|WS)\d{2,4}$/i.test(value)) return { scheme: 'cbs', value: value.toUpperCase() };
  if (/^\d{6}$/.test(value)) return { scheme: 'gb', value };
  const [, item] = WIKIDATA.exec(value) ?? [];
  if (item) return { scheme: 'wikidata', value: item.toUpperCase() };
  if (/^(?:nl|cn|org|prog|tie)-[a-z\d]+(?:-[a-z\d]+)*$/.test(value)) return { scheme: 'id', value };
  return undefined;
}

/** Returns the codes in a list of codes, where a number alone is a code, too: `599` is `GM0599` that lost its letters. */
export function codesIn(texts: readonly string[]): Code[] {
  return texts.flatMap(text => {
    const code = codeIn(text);
    if (code) return [code];
    const value = text.trim();
    if (/^\d{1,4}$/.test(value)) return [{ scheme: 'cbs' as const, value: `GM${value.padStart(4, '0')}` }];
    // IATI ids and codes of projects have no form of their own: they are compared as they are.
    if (fold(value) === '' || value.length > MAX_CODE_LENGTH || !isStorable(value)) return [];
    return [
      { scheme: 'iati' as const, value },
      { scheme: 'project' as const, value },
    ];
  });
}
