import type { EntityName } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Country } from '../../authority/authority.enums.js';
import { ChineseAuthority, DutchAuthority } from '../../authority/authority.js';
import { Change } from '../../change/change.js';
import { lockLog } from '../../change/log.js';
import { Exchange } from '../../exchange/exchange.js';
import { SearchDocument } from '../../graph/search-document.js';
import { Organisation } from '../../organisation/organisation.js';
import { Partnership, RecordedStatus } from '../../partnership/partnership.js';
import {
  Programme,
  ProgrammeAuthority,
  ProgrammeOrganisation,
  ProgrammePartnership,
} from '../../programme/programme.js';
import { RecordedCitation } from '../../source/citation.entity.js';
import { Source } from '../../source/source.js';
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
    const batches = rowsOf(missing, seeds);
    const total = batches.reduce((sum, [, rows]) => sum + rows.length, 0);
    let done = 0;
    for (const [entity, rows] of batches) {
      if (entity === Change) await lockLog(transaction);
      for (let start = 0; start < rows.length; start += BATCH) {
        const batch = rows.slice(start, start + BATCH);
        if (entity === Source) await transaction.upsertMany(Source, batch as Source[], { onConflictAction: 'ignore' });
        else await transaction.insertMany(entity, batch as never[]);
        done += batch.length;
        progress(done, total);
      }
    }
    return Object.values(missing).flat().length;
  });
}

async function withoutStored(em: SqlEntityManager, seeds: Seeds): Promise<Seeds> {
  const stored = new Set<string>((await em.execute('select id from search_document')).map(({ id }) => id as string));
  return Object.fromEntries(
    Object.entries(seeds).map(([concept, records]) => [
      concept,
      records.filter(({ id }: { id: string }) => !stored.has(id)),
    ]),
  ) as unknown as Seeds;
}

/** What to write, table by table in the order of the foreign keys. */
function rowsOf(missing: Seeds, all: Seeds): [EntityName<object>, object[]][] {
  const { authorities, organisations, partnerships, programmes, exchanges } = missing;
  const authorityRows = referredFirst(authorities.map(authorityRow), ({ parent, prefecture }) => [parent, prefecture]);
  const link = <K extends 'organisations' | 'authorities' | 'partnerships'>(part: K, name: string) =>
    programmes.flatMap(({ id, ...its }) => its[part].map(one => ({ programme: id, [name]: one })));
  return [
    [Source, sourcesOf(missing)],
    [DutchAuthority, authorityRows.filter(({ country }) => country === Country.NL)],
    [ChineseAuthority, authorityRows.filter(({ country }) => country === Country.CN)],
    [Organisation, referredFirst(organisations.map(organisationRow), ({ parent }) => [parent])],
    [Partnership, referredFirst(partnerships.map(partnershipRow), ({ encouragedBy }) => [encouragedBy])],
    [RecordedStatus, partnerships.flatMap(periodsOf)],
    [Programme, programmes.map(programmeRow)],
    [ProgrammeOrganisation, link('organisations', 'organisation')],
    [ProgrammeAuthority, link('authorities', 'authority')],
    [ProgrammePartnership, link('partnerships', 'partnership')],
    [Exchange, exchanges.map(exchangeRow)],
    [RecordedCitation, citationsOf(missing)],
    [SearchDocument, documentsOf(missing, all)],
    [Change, changesOf(missing, all)],
  ];
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
