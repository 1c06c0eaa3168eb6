import { type Code, codeIn, codesIn } from './codes.js';
import { levelsNamed } from './levels.js';
import type { MatchQuery } from './match.js';
import { type ParsedName, parseName } from './name-forms.js';
import { countryNamed } from './places.js';

/** A query for an authority, understood. */
export interface AuthorityQuery {
  codes: readonly Code[];
  name: ParsedName | undefined;
  country: string | undefined;
  levels: readonly string[] | undefined;
  within: string | undefined;
  on: string | undefined;
}

const COUNTRY_OF_TYPE: Readonly<Record<string, string>> = { DutchAuthority: 'NL', ChineseAuthority: 'CN' };

/** Understands a query for an authority. */
export function authorityQuery({ type, name, codes = [], country, level, within, on }: MatchQuery): AuthorityQuery {
  const code = codeIn(name);
  const parsed = code || name.trim() === '' ? undefined : parseName(name);
  const countries = [COUNTRY_OF_TYPE[type], country && (countryNamed(country) ?? country), parsed?.country];
  return {
    codes: [...(code ? [code] : []), ...codesIn(codes)],
    name: parsed,
    // Countries that contradict each other find nothing.
    country: [...new Set(countries.filter(Boolean))].join(' ') || undefined,
    // A text that names no level contradicts every record: it is a question.
    levels: level ? (levelsNamed(level) ?? []) : undefined,
    within: within || undefined,
    on: on || undefined,
  };
}
