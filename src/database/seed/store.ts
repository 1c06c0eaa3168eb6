import type { EntityName } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Country } from '../../authority/authority.enums.js';
import { ChineseAuthority, DutchAuthority } from '../../authority/authority.js';
import { Change } from '../../change/change.js';
import { lockLog } from '../../change/log.js';
import { Exchange } from '../../exchange/exchange.js';
import { SearchDocument } from '../../graph/search/search-document.js';
import { retryTransaction } from '../../graph/sql/unavailable.js';
import { Organisation } from '../../organisation/organisation.js';
import { Partnership, RecordedStatus } from '../../partnership/partnership.js';
import {
  Programme,
  ProgrammeAuthority,
  ProgrammeOrganisation,
  ProgrammePartnership,
} from '../../programme/programme.js';
import { RecordedCitation } from '../citation.js';
import { forgetWrites, recordSeeds } from '../history/record-seeds.js';
import { batches } from './batches.js';
import { changesOf } from './changes.js';
import { documentsOf } from './documents.js';
import { citationsOf, periodsOf } from './evidence.js';
import { linkStored, linksOfNew } from './links.js';
import { currentSeeds } from './missing.js';
import { recordedNow } from './recorded-now.js';
import { authorityRow, exchangeRow, organisationRow, partnershipRow, programmeRow } from './rows.js';
import type { Seeds } from './seed.schemas.js';
import { type SourceIds, storeSeedSources } from './sources.js';

/** Called after each batch with the number of rows written and the total. A throw rolls everything back. */
export type Progress = (done: number, total: number) => void;

/**
 * Inserts the seeds that the register does not have, in one transaction. Existing records stay unchanged, also if they
 * differ from their seeds, but partnerships are linked to new programmes. Withdrawn records stay withdrawn. Writers of the
 * log wait for its end. One that has inserted a record before may abort it by a deadlock: it is retried as a whole.
 *
 * @returns The number of records written.
 * @throws SeedError for new records that refer to withdrawn ones, or collide with stored ones; nothing is written.
 */
export function storeSeeds(em: SqlEntityManager, seeds: Seeds, progress: Progress = () => undefined): Promise<number> {
  return retryTransaction(() => em.fork().transactional(transaction => storeMissing(transaction, seeds, progress)));
}

async function storeMissing(transaction: SqlEntityManager, seeds: Seeds, progress: Progress): Promise<number> {
  // Before the check, whose result then holds until the commit.
  await lockLog(transaction);
  const { all, missing } = await currentSeeds(transaction, seeds);
  const tables = tablesOf(missing, all, await storeSeedSources(transaction, missing));
  const total = tables.reduce((sum, { count }) => sum + count, 0);
  let done = 0;
  for (const { entity, rows } of tables) {
    if (entity === Change) await forgetWrites(transaction);
    for (const batch of batches(entity === Change ? await recordedNow(transaction, rows) : rows)) {
      // As a mutation writes them: `insertMany` would parse their terms as texts.
      if (entity === SearchDocument) await transaction.upsertMany(entity, batch as never[]);
      else await transaction.insertMany(entity, batch as never[]);
      done += batch.length;
      progress(done, total);
    }
  }
  await recordSeeds(transaction, countRecords(missing));
  await linkStored(transaction, missing);
  return countRecords(missing);
}

const countRecords = (seeds: Seeds) => Object.values(seeds).reduce((sum, records) => sum + records.length, 0);

/** The rows to insert into one table. */
interface TableRows {
  entity: EntityName<object>;
  count: number;
  rows: Iterable<object>;
}

const tableRows = (entity: EntityName<object>, rows: object[]): TableRows => ({ entity, count: rows.length, rows });

/**
 * Returns the rows to insert, by table in the order of the foreign keys. Rows that are derived from every record are
 * generated while they are written: all of a large register at once would take gigabytes, and leave the transaction idle.
 */
function tablesOf(missing: Seeds, all: Seeds, sourceIds: SourceIds): TableRows[] {
  const { authorities, organisations, partnerships, programmes, exchanges } = missing;
  const authorityRows = topologicalOrder(authorities.map(authorityRow), ({ parent, prefecture, succeededBy }) => [
    parent,
    prefecture,
    succeededBy,
  ]);
  const link = <K extends 'organisations' | 'authorities'>(part: K, name: string) =>
    programmes.flatMap(({ id, ...programme }) => programme[part].map(linked => ({ programme: id, [name]: linked })));
  const count = countRecords(missing);
  return [
    tableRows(
      DutchAuthority,
      authorityRows.filter(({ country }) => country === Country.NL),
    ),
    tableRows(
      ChineseAuthority,
      authorityRows.filter(({ country }) => country === Country.CN),
    ),
    tableRows(
      Organisation,
      topologicalOrder(organisations.map(organisationRow), ({ parent }) => [parent]),
    ),
    tableRows(
      Partnership,
      topologicalOrder(partnerships.map(partnershipRow), ({ encouragedBy }) => [encouragedBy]),
    ),
    tableRows(RecordedStatus, partnerships.flatMap(periodsOf)),
    tableRows(Programme, programmes.map(programmeRow)),
    tableRows(ProgrammeOrganisation, link('organisations', 'organisation')),
    tableRows(ProgrammeAuthority, link('authorities', 'authority')),
    tableRows(ProgrammePartnership, linksOfNew(missing, all)),
    { entity: Exchange, count: exchanges.length, rows: exchangeRows(exchanges) },
    tableRows(RecordedCitation, citationsOf(missing, sourceIds)),
    { entity: SearchDocument, count, rows: documentsOf(missing, all) },
    { entity: Change, count, rows: changesOf(missing, all) },
  ];
}

function* exchangeRows(exchanges: Seeds['exchanges']): Generator<object> {
  for (const seed of exchanges) yield exchangeRow(seed);
}

/** Sorts rows so that each follows the rows of the same table that it refers to. */
function topologicalOrder<Row extends { id: string }>(rows: Row[], references: (row: Row) => (string | null)[]): Row[] {
  const byId = new Map(rows.map(row => [row.id, row]));
  const ordered = new Set<Row>();
  const visit = (row: Row): void => {
    if (ordered.has(row)) return;
    for (const id of references(row)) {
      const target = id === null ? undefined : byId.get(id);
      if (target) visit(target);
    }
    ordered.add(row);
  };
  for (const row of rows) visit(row);
  return [...ordered];
}
