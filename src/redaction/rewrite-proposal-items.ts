import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { queryRows } from '../graph/sql/query.js';
import { type Rewrite, rewriterOf, type Schema, type Stored, TABLES } from './proposal-versions.js';
import type { Redaction } from './redaction.js';

/** The texts of a row. Whatever belongs to a column of it has its path. */
interface ItemTexts extends Stored {
  proposed: Record<string, unknown>;
  fields: { field: string }[];
  candidates: object[];
  problems: { path: string[] }[];
}

/** The part of a problem before its column: `values`. */
const COLUMN_PLACE = 1;
/** Rows that are read at a time. */
const PAGE_SIZE = 500;

/** Redacts rows of proposals, or their versions, page by page. */
export async function rewriteItems(
  em: EntityManager,
  schema: Schema,
  redaction: Redaction,
  dryRun: boolean,
): Promise<void> {
  let last: Pick<Stored, 'id' | 'knownFrom'> = { id: '', knownFrom: 0 };
  for (;;) {
    const page = await readItems(em, schema, redaction, last);
    const rewritten = page.flatMap(item => rewrittenItem(item, redaction) ?? []);
    if (rewritten.length && !dryRun) await writeItems(em, schema, rewritten);
    if (page.length < PAGE_SIZE) return;
    last = page.at(-1) as Stored;
  }
}

function readItems(
  em: EntityManager,
  schema: Schema,
  redaction: Redaction,
  last: Pick<Stored, 'id' | 'knownFrom'>,
): Promise<ItemTexts[]> {
  const { id } = redaction.scope;
  const { table, knownFrom, isCurrent } = TABLES[schema]('proposal_item');
  const texts = sql`concat_ws(' ', t.proposed::text, t.fields::text, t.candidates::text, t.problems::text)`;
  return queryRows<ItemTexts>(
    em,
    sql`select t.id, ${knownFrom} as "knownFrom", ${isCurrent} as "isCurrent", t.proposed, t.fields, t.candidates, t.problems
      from ${table} t
      where (t.id, ${knownFrom}) > (${last.id}, ${last.knownFrom}) and ${id == null ? sql`true` : sql`t.subject_id = ${id}`}
        and ${redaction.mayHold(texts)}
      order by t.id, 2 limit ${PAGE_SIZE}`,
  );
}

function rewrittenItem(item: ItemTexts, redaction: Redaction): ItemTexts | undefined {
  const { proposed, fields, candidates, problems } = item;
  const rewriteOf = rewriterOf(redaction, item);
  const values = Object.entries(proposed);
  const after = values.map(([path, value]): [string, unknown] => [path, rewriteAt(rewriteOf, path, value)]);
  const isSame = after.every(([, value], index) => value === values[index]?.[1]);
  const rewritten = {
    ...item,
    proposed: isSame ? proposed : Object.fromEntries(after),
    fields: rewriteEach(fields, ['atBasis', 'now', 'proposed'], ({ field }) => field, rewriteOf),
    candidates: rewriteEach(candidates, ['matched'], () => 'names', rewriteOf),
    problems: rewriteEach(problems, ['params'], ({ path }) => path[COLUMN_PLACE] ?? '', rewriteOf),
  };
  const parts = ['proposed', 'fields', 'candidates', 'problems'] as const;
  return parts.every(part => rewritten[part] === item[part]) ? undefined : rewritten;
}

/** Redacts members of objects that belong to a column; returns the same objects if they hold nothing of it. */
function rewriteEach<Item extends object>(
  items: Item[],
  members: readonly string[],
  pathOf: (item: Item) => string,
  rewriteOf: Rewrite,
): Item[] {
  const after = items.map(item => {
    const texts = Object.entries(item).filter(([name]) => members.includes(name));
    const changed = texts
      .map(([name, value]): [string, unknown] => [name, rewriteAt(rewriteOf, pathOf(item), value)])
      .filter(([, value], index) => value !== texts[index]?.[1]);
    return changed.length ? { ...item, ...Object.fromEntries(changed) } : item;
  });
  return after.every((item, index) => item === items[index]) ? items : after;
}

/** Redacts a value of a column. Ids stay: they refer to records. */
function rewriteAt(rewriteOf: Rewrite, path: string, value: unknown): unknown {
  const [field = ''] = path.split('.');
  return path === 'id' || path.endsWith('.id') ? value : rewriteOf(value, field);
}

async function writeItems(em: EntityManager, schema: Schema, items: readonly ItemTexts[]): Promise<void> {
  const { table, knownFrom } = TABLES[schema]('proposal_item');
  await queryRows(
    em,
    sql`update ${table} t set proposed = r.proposed, fields = r.fields, candidates = r.candidates, problems = r.problems
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
        as r(id text, "knownFrom" int, proposed jsonb, fields jsonb, candidates jsonb, problems jsonb)
      where t.id = r.id collate "C" and ${knownFrom} = r."knownFrom"`,
  );
}
