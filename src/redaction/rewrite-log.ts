import sql, { type Sql } from 'sql-template-tag';
import type { Change } from '../change/change.js';
import type { FieldChange } from '../change/field-change.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { type SourceFacts, sourceKey } from '../source/source-id.js';
import { REASON } from './fields.js';
import { RedactionStore } from './places.js';
import type { Redaction } from './redaction.js';

type LogRow = Pick<Change, 'id' | 'subjectId' | 'reason' | 'fields'>;

/** Changes that are read at a time. */
const PAGE_SIZE = 500;

/**
 * Redacts the values and the reasons of changes. The log is append-only for everything else: ids, marks, times, actors,
 * versions and the names of the fields stay.
 */
export async function rewriteLog(em: Fork, redaction: Redaction, dryRun: boolean): Promise<void> {
  const condition = changesToRead(redaction);
  let last = 0;
  for (;;) {
    const page = await queryRows<LogRow>(
      em,
      sql`select c.id, c.subject_id as "subjectId", c.reason, c.fields from change c
        where c.id > ${last} and (${condition}) order by c.id limit ${PAGE_SIZE}`,
    );
    const rewritten = page.flatMap(change => rewrittenChange(change, redaction) ?? []);
    if (rewritten.length && !dryRun) await writeLog(em, rewritten);
    if (page.length < PAGE_SIZE) return;
    last = page.at(-1)?.id ?? last;
  }
}

/** Returns the condition of the changes that may hold what is redacted, or the facts of a redacted source. */
function changesToRead(redaction: Redaction): Sql {
  const { id } = redaction.scope;
  const texts = sql`concat_ws(' ', c.reason, c.fields::text)`;
  const own = sql`${id == null ? sql`true` : sql`c.subject_id = ${id}`} and ${redaction.mayHold(texts)}`;
  const sources = [...redaction.sources.keys()].flatMap(key => {
    const [title, publisher] = JSON.parse(key);
    const citations = [{ title, publisher }];
    return ['before', 'after'].map(side => JSON.stringify([{ field: 'citations', [side]: citations }]));
  });
  return sources.length ? sql`(${own}) or c.fields @> any(${sources}::jsonb[])` : own;
}

function rewrittenChange({ id, subjectId, reason, fields }: LogRow, redaction: Redaction): object | undefined {
  const rewrite = (value: unknown, field: string) => {
    const withSources = field === 'citations' ? withRedactedSources(value, subjectId, redaction) : value;
    if (!redaction.covers(subjectId, field)) return withSources;
    return redaction.rewrite(withSources, RedactionStore.CHANGE, subjectId, field);
  };
  const rewrittenFields = fields.map((change): FieldChange => {
    const [before, after] = [rewrite(change.before, change.field), rewrite(change.after, change.field)];
    return before === change.before && after === change.after ? change : { ...change, before, after };
  });
  const rewrittenReason = rewrite(reason, REASON);
  const isSame = rewrittenReason === reason && rewrittenFields.every((change, index) => change === fields[index]);
  return isSame ? undefined : { id, reason: rewrittenReason, fields: rewrittenFields };
}

/** Returns the citations of a record with the new facts of redacted sources; the same value if it cites none. */
function withRedactedSources(value: unknown, subjectId: string, redaction: Redaction): unknown {
  if (redaction.sources.size === 0 || !Array.isArray(value)) return value;
  const citations = value as SourceFacts[];
  const cited = citations.find(citation => redaction.sources.has(sourceKey(citation)));
  if (!cited) return value;
  redaction.addPlace(RedactionStore.CHANGE, subjectId, 'citations', cited.title);
  return citations.map(citation => ({ ...citation, ...redaction.sources.get(sourceKey(citation)) }));
}

/** `update change c set reason = r.reason, fields = r.fields from jsonb_to_recordset($1) as r(…) where c.id = r.id` */
async function writeLog(em: Fork, changes: readonly object[]): Promise<void> {
  await queryRows(
    em,
    sql`update change c set reason = r.reason, fields = r.fields
      from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as r(id integer, reason text, fields jsonb)
      where c.id = r.id`,
  );
}
