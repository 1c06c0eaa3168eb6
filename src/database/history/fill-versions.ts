import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw } from 'sql-template-tag';
import { queryRows } from '../../graph/sql/query.js';
import { citationIds } from './citation-ids.js';
import { fillDerivedVersions } from './derived-versions.js';
import { collectNames, nameHistory } from './name-history.js';
import { type LoggedChange, RecordReplay } from './record-replay.js';
import { VersionWriter } from './version-writer.js';
import { versionedTables } from './versioned-tables.js';

/** Number of changes that are in memory at a time. */
const PAGE_SIZE = 500;

/** Called after each page with the number of changes replayed and the total. A throw ends the filling. */
export type Progress = (done: number, total: number) => void;

/**
 * Replaces all versions by those that the log gives: every row of every table, from the change that wrote it until the
 * change that overwrote it. The newest version of a row is a copy of the row. Runs in the transaction of `em`, in which
 * it waits for open writes, and lets no other begin; memory holds one page of the log.
 */
export async function fillVersions(em: EntityManager, progress: Progress = () => undefined): Promise<void> {
  const tables = await versionedTables(em);
  const names = [...tables.keys()].map(name => `history.${name}`).join(', ');
  await queryRows(em, sql`truncate ${raw(names)}`);
  await collectNames(em);
  const total = (await queryRows<{ count: number }>(em, sql`select count(*)::int as count from change`))[0]?.count ?? 0;
  const writer = new VersionWriter(em, tables);
  // Ids of the table are positive.
  let deletedCitations = 0;
  const newId = () => {
    deletedCitations += 1;
    return -deletedCitations;
  };
  let done = 0;
  let replay: RecordReplay | undefined;
  for await (const page of pagesOf(em)) {
    const related = new Set([...(replay?.related ?? []), ...page.flatMap(relatedIn)]);
    const namesThen = await nameHistory(em, related);
    const citationId = await citationIds(em, page, newId);
    for (const change of page) {
      if (replay?.subjectId !== change.subjectId) {
        if (replay) await writer.add(replay.end(namesThen));
        replay = new RecordReplay(change);
      }
      await writer.add(replay.apply(change, namesThen, citationId));
    }
    done += page.length;
    progress(done, total);
  }
  if (replay) await writer.add(replay.end(await nameHistory(em, new Set(replay.related))));
  await writer.flush();
  await fillDerivedVersions(em, tables);
  for (const name of tables.keys()) await queryRows(em, sql`analyze ${raw(`history.${name}`)}`);
}

/** Reads the log by record, the changes of each oldest first. */
async function* pagesOf(em: EntityManager): AsyncGenerator<LoggedChange[]> {
  let last: Pick<LoggedChange, 'subjectId' | 'id'> = { subjectId: '', id: 0 };
  for (;;) {
    const page = await queryRows<LoggedChange>(
      em,
      sql`select id, kind, subject_type as "subjectType", subject_id as "subjectId", subject_version as "subjectVersion",
          recorded_at::text as "recordedAt", fields
        from change where (subject_id, id) > (${last.subjectId}, ${last.id}) order by subject_id, id limit ${PAGE_SIZE}`,
    );
    if (page.length) yield page;
    if (page.length < PAGE_SIZE) return;
    last = page.at(-1) as LoggedChange;
  }
}

const RELATING = new Set(['dutch', 'chinese', 'authorities', 'organisations']);

/** Returns the records whose names a change makes part of those by which its record is found. */
function relatedIn({ fields }: LoggedChange): string[] {
  return fields.filter(({ field }) => RELATING.has(field)).flatMap(({ after }) => (after ?? []) as string | string[]);
}
