import type { EntityName } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Country } from '../../authority/authority.enums.js';
import { ChineseAuthority, DutchAuthority } from '../../authority/authority.js';
import { Change } from '../../change/change.js';
import { lockLog } from '../../change/log.js';
import { Exchange } from '../../exchange/exchange.js';
import { SearchDocument } from '../../graph/search/search-document.js';
import { Organisation } from '../../organisation/organisation.js';
import { Partnership, RecordedStatus } from '../../partnership/partnership.js';
import {
  Programme,
  ProgrammeAuthority,
  ProgrammeOrganisation,
  ProgrammePartnership,
} from '../../programme/programme.js';
import { Source } from '../../source/source.js';
import { RecordedCitation } from '../citation.js';
import { changesOf } from './changes.js';
import { documentsOf } from './documents.js';
import { citationsOf, periodsOf, sourcesOf } from './evidence.js';
import { authorityRow, exchangeRow, organisationRow, partnershipRow, programmeRow } from './rows.js';
import type { Seeds } from './seed.schemas.js';

/** Rows a statement writes at most. */
const BATCH = 500;

/** Called as rows are written: how many so far, of how many. */
export type Progress = (done: number, total: number) => void;

/**
 * Writes the seeds that the register does not hold yet, in one transaction: all of them or, on an error, none. Records
 * that are there stay as they are, whatever became of them since.
 *
 * @returns How many records were written.
 */
export function storeSeeds(em: SqlEntityManager, seeds: Seeds, progress: Progress = () => undefined): Promise<number> {
  return em.fork().transactional(async transaction => {
    const missing = await withoutStored(transaction, seeds);
    const tables = rowsOf(missing, seeds);
    const total = tables.reduce((sum, { count }) => sum + count, 0);
    let done = 0;
    for (const { entity, rows } of tables) {
      if (entity === Change) await lockLog(transaction);
      for (const batch of batches(rows)) {
        if (entity === Source) await transaction.upsertMany(Source, batch as Source[], { onConflictAction: 'ignore' });
        else await transaction.insertMany(entity, batch as never[]);
        done += batch.length;
        progress(done, total);
      }
    }
    return recordsIn(missing);
  });
}

/** Rows in the pieces that a statement writes. */
function* batches(rows: Iterable<object>): Generator<object[]> {
  let batch: object[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length) yield batch;
}

const recordsIn = (seeds: Seeds) => Object.values(seeds).reduce((sum, records) => sum + records.length, 0);

async function withoutStored(em: SqlEntityManager, seeds: Seeds): Promise<Seeds> {
  const stored = new Set<string>((await em.execute('select id from search_document')).map(({ id }) => id as string));
  return Object.fromEntries(
    Object.entries(seeds).map(([concept, records]) => [
      concept,
      records.filter(({ id }: { id: string }) => !stored.has(id)),
    ]),
  ) as unknown as Seeds;
}

/** What to write into a table. */
interface Rows {
  entity: EntityName<object>;
  count: number;
  rows: Iterable<object>;
}

const whole = (entity: EntityName<object>, rows: object[]): Rows => ({ entity, count: rows.length, rows });

/**
 * What to write, table by table in the order of the foreign keys. What is made of every record is made as it is written:
 * all of a large register at once would be gigabytes, and the transaction would stand idle meanwhile.
 */
function rowsOf(missing: Seeds, all: Seeds): Rows[] {
  const { authorities, organisations, partnerships, programmes, exchanges } = missing;
  const authorityRows = referredFirst(authorities.map(authorityRow), ({ parent, prefecture }) => [parent, prefecture]);
  const link = <K extends 'organisations' | 'authorities' | 'partnerships'>(part: K, name: string) =>
    programmes.flatMap(({ id, ...its }) => its[part].map(one => ({ programme: id, [name]: one })));
  const count = recordsIn(missing);
  return [
    whole(Source, sourcesOf(missing)),
    whole(
      DutchAuthority,
      authorityRows.filter(({ country }) => country === Country.NL),
    ),
    whole(
      ChineseAuthority,
      authorityRows.filter(({ country }) => country === Country.CN),
    ),
    whole(
      Organisation,
      referredFirst(organisations.map(organisationRow), ({ parent }) => [parent]),
    ),
    whole(
      Partnership,
      referredFirst(partnerships.map(partnershipRow), ({ encouragedBy }) => [encouragedBy]),
    ),
    whole(RecordedStatus, partnerships.flatMap(periodsOf)),
    whole(Programme, programmes.map(programmeRow)),
    whole(ProgrammeOrganisation, link('organisations', 'organisation')),
    whole(ProgrammeAuthority, link('authorities', 'authority')),
    whole(ProgrammePartnership, link('partnerships', 'partnership')),
    { entity: Exchange, count: exchanges.length, rows: exchangeRows(exchanges) },
    whole(RecordedCitation, citationsOf(missing)),
    { entity: SearchDocument, count, rows: documentsOf(missing, all) },
    { entity: Change, count, rows: changesOf(missing, all) },
  ];
}

function* exchangeRows(exchanges: Seeds['exchanges']): Generator<object> {
  for (const seed of exchanges) yield exchangeRow(seed);
}

/** Rows in an order in which each comes after those of the same table that it refers to. */
function referredFirst<Row extends { id: string }>(rows: Row[], references: (row: Row) => (string | null)[]): Row[] {
  const byId = new Map(rows.map(row => [row.id, row]));
  const ordered = new Set<Row>();
  const visit = (row: Row): void => {
    if (ordered.has(row)) return;
    for (const id of references(row)) {
      const other = id === null ? undefined : byId.get(id);
      if (other) visit(other);
    }
    ordered.add(row);
  };
  for (const row of rows) visit(row);
  return [...ordered];
}
