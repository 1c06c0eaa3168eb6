import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw } from 'sql-template-tag';
import { queryRows } from '../../graph/sql/query.js';
import { CitationIds } from './citation-ids.js';
import { fillDerivedVersions } from './derived-versions.js';
import { DocumentReplay } from './document-replay.js';
import { countChanges, logPages } from './log-pages.js';
import { collectNames, nameHistory } from './name-history.js';
import { type LoggedChange, RecordReplay } from './record-replay.js';
import { creationTimes } from './seed-times.js';
import { VersionWriter } from './version-writer.js';
import { loggedTables } from './versioned-tables.js';

/** Called after each page of the log with the number of changes replayed and the total. A throw ends the filling. */
export type Progress = (done: number, total: number) => void;

/**
 * Replaces all versions by those that the log gives: every row of every table but those of proposals, from the change that wrote it until the
 * change that overwrote it. The newest version of a row is a copy of the row. Runs in the transaction of `em`, in which
 * it waits for open writes, and lets no other begin; memory holds one page of the log.
 */
export async function fillVersions(em: EntityManager, progress: Progress = () => undefined): Promise<void> {
  const tables = await loggedTables(em);
  const names = [...tables.keys()].map(name => `history.${name}`).join(', ');
  await queryRows(em, sql`truncate ${raw(names)}`);
  await collectNames(em);
  const total = await countChanges(em);
  const writer = new VersionWriter(em, tables);
  // Ids of the table are positive.
  let deletedCitations = 0;
  const citationIds = new CitationIds(em, () => {
    deletedCitations += 1;
    return -deletedCitations;
  });
  const createdAt = await creationTimes(em);
  let done = 0;
  let record: { replay: RecordReplay; document: DocumentReplay } | undefined;
  for await (const page of logPages(em)) {
    const named = await nameHistory(em, new Set([...(record?.document.related ?? []), ...page.flatMap(relatedIn)]));
    const citationId = await citationIds.ofPage(page);
    for (const change of page) {
      if (record?.replay.subjectId !== change.subjectId) {
        if (record) await writer.add([...record.replay.newest(), ...record.document.end(named)]);
        const replay = new RecordReplay(change, createdAt(change));
        record = { replay, document: new DocumentReplay(replay.concept) };
      }
      const { replay, document } = record;
      await writer.add(replay.apply(change, citationId));
      await writer.add(document.apply(change.knownFrom, replay.facts, named));
    }
    done += page.length;
    progress(done, total);
  }
  if (record) {
    const named = await nameHistory(em, new Set(record.document.related));
    await writer.add([...record.replay.newest(), ...record.document.end(named)]);
  }
  await writer.flush();
  await fillDerivedVersions(em, tables);
  for (const name of tables.keys()) await queryRows(em, sql`analyze ${raw(`history.${name}`)}`);
}

const RELATING = new Set(['dutch', 'chinese', 'authorities', 'organisations']);

/** Returns the records whose names a change makes part of those by which its record is found. */
function relatedIn({ fields }: LoggedChange): string[] {
  return fields.filter(({ field }) => RELATING.has(field)).flatMap(({ after }) => (after ?? []) as string | string[]);
}
