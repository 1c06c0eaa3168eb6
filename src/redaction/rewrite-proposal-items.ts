import sql from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { hasFormOfId, partsOfReference } from './fields.js';
import { type ItemTexts, rewrittenItem } from './proposal-item-texts.js';
import { type Schema, type Stored, TABLES } from './proposal-versions.js';
import type { Redaction } from './redaction.js';

/** Rows that are read at a time. */
const PAGE_SIZE = 500;

/** Redacts rows of proposals, or their versions, page by page. */
export async function rewriteItems(em: Fork, schema: Schema, redaction: Redaction, dryRun: boolean): Promise<void> {
  let last: Pick<Stored, 'id' | 'knownFrom'> = { id: '', knownFrom: 0 };
  for (;;) {
    const page = await readItems(em, schema, redaction, last);
    for (const id of await recordsNamedIn(em, page)) redaction.referenced.add(id);
    const rewritten = page.flatMap(item => rewrittenItem(item, redaction) ?? []);
    if (rewritten.length && !dryRun) await writeItems(em, schema, rewritten);
    if (page.length < PAGE_SIZE) return;
    last = page.at(-1) as Stored;
  }
}

function readItems(
  em: Fork,
  schema: Schema,
  redaction: Redaction,
  last: Pick<Stored, 'id' | 'knownFrom'>,
): Promise<ItemTexts[]> {
  const { id } = redaction.scope;
  const { table, knownFrom, isCurrent } = TABLES[schema]('proposal_item');
  const texts = sql`concat_ws(' ', t.place, t.proposed::text, t.fields::text, t.candidates::text, t.problems::text)`;
  return queryRows<ItemTexts>(
    em,
    sql`select t.id, ${knownFrom} as "knownFrom", ${isCurrent} as "isCurrent", t.place, p.origin = 'REPORT' as "isReport",
        t.proposed, t.fields, t.candidates, t.problems
      from ${table} t join public.proposal p on p.id = t.proposal_id
      where (t.id, ${knownFrom}) > (${last.id}, ${last.knownFrom}) and ${id == null ? sql`true` : sql`t.subject_id = ${id}`}
        and ${redaction.mayHold(texts)}
      order by t.id, 2 limit ${PAGE_SIZE}`,
  );
}

/** Returns the ids of records, present and withdrawn, that rows name. Other texts can have the form of an id, too. */
async function recordsNamedIn(em: Fork, items: readonly ItemTexts[]): Promise<string[]> {
  const texts = items.flatMap(({ proposed, fields, problems }) => textsIn([proposed, fields, problems]));
  const ids = new Set(texts.flatMap(partsOfReference).filter(hasFormOfId));
  if (ids.size === 0) return [];
  const query = sql`select distinct subject_id as id from change where subject_id = any(${[...ids]}::text[])`;
  return (await queryRows<{ id: string }>(em, query)).map(({ id }) => id);
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(textsIn);

async function writeItems(em: Fork, schema: Schema, items: readonly ItemTexts[]): Promise<void> {
  const { table, knownFrom } = TABLES[schema]('proposal_item');
  await queryRows(
    em,
    sql`update ${table} t set place = r.place, proposed = r.proposed, fields = r.fields, candidates = r.candidates, problems = r.problems
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
        as r(id text, "knownFrom" int, place text, proposed jsonb, fields jsonb, candidates jsonb, problems jsonb)
      where t.id = r.id collate "C" and ${knownFrom} = r."knownFrom"`,
  );
}
