import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw } from 'sql-template-tag';
import type { Facts } from '../../change/log.js';
import { queryRows } from '../../graph/sql/query.js';
import { CitationIds } from '../history/citation-ids.js';
import { columnNames } from '../history/column-names.js';
import { logPages } from '../history/log-pages.js';
import type { RowVersion } from '../history/open-rows.js';
import { type LoggedChange, RecordReplay } from '../history/record-replay.js';
import { loggedTables, type VersionedTable } from '../history/versioned-tables.js';
import { type Difference, MAX_DIFFERENCES } from './difference.js';
import { readVersions } from './read-versions.js';

/** The columns that the log does not have, or only nearly: when a transaction began. */
const UNLOGGED = new Set(['created_at', 'updated_at']);

/** Returns whether the log gives the versions of a table. Sources are written with citations. */
export const isReplayed = (table: string) => table !== 'source' && !table.startsWith('search_');
/** The condition of versions that the log gives, by table: citations of periods are written with these. */
const REPLAYED: Readonly<Record<string, string>> = { citation: 'where status_period_id is null' };

/**
 * Replays the log record by record, and compares what it gives with the versions: of records, their links, periods and
 * citations. Reads the log in pages. Since newest versions equal the rows, the rows then equal the log. Versions that the log
 * does not give are counted, by table.
 */
export async function compareReplay(
  em: EntityManager,
  tables: ReadonlyMap<string, VersionedTable>,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  const nameOf = columnNames(em);
  // Of versions that the log gives and the register has, by table.
  const counts = new Map<string, number>();
  const count = (table: string, added: number) => counts.set(table, (counts.get(table) ?? 0) + added);
  const compare = async (versions: RowVersion[]) => {
    for (const { row } of versions) count(row.table, 1);
    // The ids of citations that were deleted with their record are lost.
    const identified = versions.filter(({ row }) => row.table !== 'citation' || (row.key.id as number) > 0);
    const written = await readVersions(em, tables, identified);
    for (const version of identified) {
      const { row, from, until } = version;
      const id = Object.values(row.key).join(' ');
      const difference = (problem: string) => differences.push({ table: row.table, id, change: from, problem });
      const actual = written(version);
      if (!actual) {
        difference('the version that the log gives is missing');
        count(row.table, -1);
      } else if (actual.known_until !== until)
        difference(`the version ends at ${actual.known_until ?? 'no change'}, and by the log at ${until ?? 'none'}`);
      else {
        const wanted = Object.entries(row.values).map(([name, value]) => [nameOf(row.table)(name), value]);
        const wrong = wanted.filter(
          ([name, value]) => !UNLOGGED.has(name) && !isDeepStrictEqual(actual[name] ?? null, value ?? null),
        );
        if (wrong.length) difference(`the version differs from the log in ${wrong.map(([name]) => name).join(', ')}`);
      }
    }
  };
  let lostId = 0;
  const citationIds = new CitationIds(em, () => --lostId);
  let replay: RecordReplay | undefined;
  for await (const page of logPages(em)) {
    const citationId = await citationIds.ofPage(page);
    const versions: RowVersion[] = [];
    for (const change of page) {
      if (replay?.subjectId !== change.subjectId) {
        if (replay) versions.push(...replay.newest());
        replay = new RecordReplay(change, change.recordedAt);
      }
      differences.push(...beforeOf(change, replay.facts));
      versions.push(...replay.apply(change, citationId));
    }
    await compare(versions);
    if (differences.length >= MAX_DIFFERENCES) return differences.slice(0, MAX_DIFFERENCES);
  }
  if (replay) await compare(replay.newest());
  return [...differences, ...(await surplusVersions(em, counts))];
}

/** Compares the numbers of versions with those of the log. */
async function surplusVersions(em: EntityManager, counts: ReadonlyMap<string, number>): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const table of (await loggedTables(em)).keys()) {
    if (!isReplayed(table)) continue;
    const [row] = await queryRows<{ count: number }>(
      em,
      sql`select count(*)::int as count from ${raw(`history.${table} ${REPLAYED[table] ?? ''}`)}`,
    );
    const surplus = (row?.count ?? 0) - (counts.get(table) ?? 0);
    const problem = `there are ${Math.abs(surplus)} ${surplus > 0 ? 'more' : 'fewer'} than the log gives`;
    if (surplus !== 0) differences.push({ table, id: 'versions', change: null, problem });
  }
  return differences;
}

/** Compares the values before a change with those after the changes before it. */
function beforeOf({ id, subjectId, fields }: LoggedChange, facts: Facts | null): Difference[] {
  return fields
    .filter(({ field, before }) => !isDeepStrictEqual(before, facts?.[field] ?? null))
    .map(({ field }) => ({
      table: 'change',
      id: subjectId,
      change: id,
      problem: `${field} before the change differs from the changes before it`,
    }));
}
