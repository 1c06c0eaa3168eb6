import type { SourceInput } from '../change/input.js';
import { truncate } from '../graph/errors.js';
import { isStorable } from '../graph/types/text.js';
import { webAddress } from '../graph/types/url.js';

/** A statement of twinned administrative bodies (P190), on the item of one side. */
export interface Statement {
  /** Its address. */
  id: string;
  subject: string;
  rank: string;
  /** Its dates: a qualifier may be there several times. */
  starts: Set<string>;
  ends: Set<string>;
  references: Set<string>;
}

/** The column of a row with the statements of Wikidata that it comes from: no value of a record. */
export const STATEMENTS = 'wikidata.statements';

/** A statement as a row has it. */
interface RowStatement {
  /** The id of the statement, as Wikidata writes it: `Q34370$7814880A-A6EF-40EC-885E-F46DD58C8DC5`. */
  guid: string;
  startedOn?: string | undefined;
  endedOn?: string | undefined;
  /** The web addresses of its references. */
  references: string[];
}

/** Limits the sources of one row. */
const MAX_REFERENCES = 10;
const MAX_TITLE_LENGTH = 200;

/** Returns the dates that contradict each other: the most exact of each; one if a year and its day are both stated. */
export function distinctDates(dates: Iterable<string>): string[] {
  const stated = [...new Set(dates)];
  return stated.filter(date => !stated.some(other => other !== date && other.startsWith(date)));
}

/**
 * Returns a statement without dates that contradict each other as a row has it. The address of a statement has a hyphen for the
 * sign after the item.
 */
export function statementOf({ id, starts, ends, references }: Statement): RowStatement {
  const [[startedOn], [endedOn]] = [distinctDates(starts), distinctDates(ends)];
  return {
    guid: id.replace(/^.*\/statement\//, '').replace(/^(Q\d+)[-$]/i, '$1$'),
    ...(startedOn && { startedOn }),
    ...(endedOn && { endedOn }),
    references: [...references],
  };
}

/**
 * Returns the sources that Wikidata names for a row: one for each reference of its statements. A reference is a web address;
 * its publisher is the host.
 */
export function referenceSources(values: object): SourceInput[] {
  const stated = (values as Record<string, unknown>)[STATEMENTS];
  const addresses = (Array.isArray(stated) ? stated : []).flatMap(statement => Object(statement).references ?? []);
  const urls = addresses.flatMap(address =>
    typeof address === 'string' && isStorable(address) ? (webAddress(address) ?? []) : [],
  );
  return [...new Set(urls)].slice(0, MAX_REFERENCES).map(url => {
    const { host, pathname } = new URL(url);
    return { title: truncate(`${host}${pathname}`, MAX_TITLE_LENGTH), publisher: host, url };
  });
}
