import { SubjectType } from '../change/change.js';
import type { FactSubject } from '../change/fact-subject.js';
import { isIdWith, prefixOf } from '../graph/record/id.js';
import { nodeTypeOf } from '../graph/record/node.js';

/** The field of a change with texts of its own; all others are facts of the record. */
export const REASON = 'reason';

/**
 * The fields that hold texts which people write, by type of record. All others hold ids, codes, dates and numbers: a
 * redaction of one would break references, or say something else than the sources do.
 */
export const REDACTABLE_FIELDS: Readonly<Record<FactSubject, readonly string[]>> = {
  AUTHORITY: ['names', 'citations', REASON],
  PARTNERSHIP: ['notes', 'statusPeriods', 'citations', REASON],
  PROGRAMME: ['names', 'description', 'funder', 'implementer', 'themes', 'otherPartners', 'notes', 'citations', REASON],
  EXCHANGE: ['title', 'participants', 'description', 'notes', 'citations', REASON],
  ORGANISATION: ['names', 'role', 'city', 'website', 'contactPoints', 'notes', 'citations', REASON],
};

const TYPES: Readonly<Record<string, FactSubject>> = {
  DutchAuthority: SubjectType.AUTHORITY,
  ChineseAuthority: SubjectType.AUTHORITY,
  Partnership: SubjectType.PARTNERSHIP,
  Programme: SubjectType.PROGRAMME,
  Exchange: SubjectType.EXCHANGE,
  Organisation: SubjectType.ORGANISATION,
};

/** Returns the type of the record with an id. Undefined for a source, which is redacted through the records that cite it. */
export const subjectTypeOf = (id: string): FactSubject | undefined => TYPES[nodeTypeOf(id) ?? ''];

/** Returns the parts of a text that is the id of a record, or several as a flat file has them. Any other text is one part. */
export const partsOfReference = (text: string): string[] => text.split(';').map(part => part.trim());

/** Returns whether a text has the form of the id of a record. */
export const hasFormOfId = (text: string): boolean =>
  subjectTypeOf(text) !== undefined && isIdWith([prefixOf(text)], text);

/** A column of texts, and the field of the record that shows them. */
export interface TextColumn {
  name: string;
  field: string;
  type: 'text' | 'text[]' | 'jsonb';
}

/** A table with texts that people write. */
export interface TextTable {
  name: string;
  key: 'text' | 'integer';
  columns: readonly TextColumn[];
  /** SQL of the id of the record that a row `t` belongs to. */
  record: string;
  /** The column of names that `sort_name` is computed from. */
  sortedBy?: 'names' | 'title';
}

const text = (name: string, field = name): TextColumn => ({ name, field, type: 'text' });
const texts = (name: string, field = name): TextColumn => ({ name, field, type: 'text[]' });
const json = (name: string, field = name): TextColumn => ({ name, field, type: 'jsonb' });

/** All versions of a period belong to one partnership. */
const PARTNERSHIP_OF_PERIOD = '(select distinct s.partnership_id from status_period s where s.id = t.status_period_id)';

/** The tables of records and of their parts. Sources are apart: several records share one. */
export const TEXT_TABLES: readonly TextTable[] = [
  { name: 'authority', key: 'text', record: 't.id', columns: [json('names')], sortedBy: 'names' },
  { name: 'partnership', key: 'text', record: 't.id', columns: [text('notes')] },
  { name: 'status_period', key: 'text', record: 't.partnership_id', columns: [text('reason', 'statusPeriods')] },
  {
    name: 'programme',
    key: 'text',
    record: 't.id',
    columns: [
      json('names'),
      ...['description', 'funder', 'implementer', 'notes'].map(name => text(name)),
      texts('themes'),
      texts('other_partners', 'otherPartners'),
    ],
    sortedBy: 'names',
  },
  {
    name: 'exchange',
    key: 'text',
    record: 't.id',
    columns: [json('title'), texts('participants'), text('description'), text('notes')],
    sortedBy: 'title',
  },
  {
    name: 'organisation',
    key: 'text',
    record: 't.id',
    columns: [
      json('names'),
      json('role'),
      text('city'),
      text('website'),
      json('contact_points', 'contactPoints'),
      text('notes'),
    ],
    sortedBy: 'names',
  },
  {
    name: 'citation',
    key: 'integer',
    record: `coalesce(t.authority_id, t.partnership_id, t.programme_id, t.exchange_id, t.organisation_id, ${PARTNERSHIP_OF_PERIOD})`,
    columns: [texts('supports', 'citations')],
  },
];
