import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw, type Sql } from 'sql-template-tag';
import { CURRENT } from '../graph/sql/moment.js';
import { queryRows } from '../graph/sql/query.js';
import { REASON } from './fields.js';
import { RedactionStore } from './places.js';
import type { Redaction } from './redaction.js';

/** The tables of proposals as they are, and those of their versions. */
type Schema = 'public' | 'history';

/** A row, or one of its versions. */
interface Stored {
  id: string;
  /** The change since which the row was known so; 0 for the row as it is now. */
  knownFrom: number;
  /** True for the version that equals the row as it is now. */
  isCurrent: boolean;
}

interface ProposalTexts extends Stored {
  source: object | null;
  message: string | null;
}

/** The texts of a row. Whatever belongs to a column of it has its path. */
interface ItemTexts extends Stored {
  proposed: Record<string, unknown>;
  fields: { field: string }[];
  candidates: { path: string }[];
  problems: { path: string[] }[];
}

/** The part of a problem before its column: `values`. */
const COLUMN_PLACE = 1;
/** Rows that are read at a time. */
const PAGE_SIZE = 500;

/**
 * Redacts proposals, open and closed, as they are and in all versions. With an id, those with a row about that record, and of
 * their rows only these.
 */
export async function rewriteProposals(em: EntityManager, redaction: Redaction, dryRun: boolean): Promise<void> {
  for (const schema of ['history', 'public'] as const) {
    await rewriteHeaders(em, schema, redaction, dryRun);
    let last: Pick<Stored, 'id' | 'knownFrom'> = { id: '', knownFrom: 0 };
    for (;;) {
      const page = await readItems(em, schema, redaction, last);
      const rewritten = page.flatMap(item => rewrittenItem(item, redaction) ?? []);
      if (rewritten.length && !dryRun) await writeItems(em, schema, rewritten);
      if (page.length < PAGE_SIZE) break;
      last = page.at(-1) as Stored;
    }
  }
}

/** SQL of a table and of what tells its rows `t` apart. */
const TABLES: Readonly<Record<Schema, (name: string) => { table: Sql; knownFrom: Sql; isCurrent: Sql }>> = {
  public: name => ({ table: raw(`public.${name}`), knownFrom: raw('0'), isCurrent: raw('false') }),
  history: name => ({
    table: raw(`history.${name}`),
    knownFrom: raw('t.known_from'),
    isCurrent: raw(`t.known_until = ${CURRENT}`),
  }),
};

/** Redacts messages, which become the reasons of changes, and sources, which are cited. */
async function rewriteHeaders(em: EntityManager, schema: Schema, redaction: Redaction, dryRun: boolean): Promise<void> {
  const { id } = redaction.scope;
  const { table, knownFrom, isCurrent } = TABLES[schema]('proposal');
  const isAboutRecord = sql`exists (select from proposal_item i where i.proposal_id = t.id and i.subject_id = ${id})`;
  const rows = await queryRows<ProposalTexts>(
    em,
    sql`select t.id, ${knownFrom} as "knownFrom", ${isCurrent} as "isCurrent", t.source, t.message from ${table} t
      where ${id == null ? sql`true` : isAboutRecord} and ${redaction.mayHold(sql`concat_ws(' ', t.message, t.source::text)`)}`,
  );
  for (const row of rows) {
    const { source, message } = row;
    const rewriteOf = rewriterOf(redaction, row);
    const after = { source: rewriteOf(source, 'citations'), message: rewriteOf(message, REASON) };
    if (dryRun || (after.source === source && after.message === message)) continue;
    await queryRows(
      em,
      sql`update ${table} t set source = ${after.source && JSON.stringify(after.source)}::jsonb,
        message = ${after.message as string | null} where t.id = ${row.id} and ${knownFrom} = ${row.knownFrom}`,
    );
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
    candidates: rewriteEach(candidates, ['why'], ({ path }) => path, rewriteOf),
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

type Rewrite = (value: unknown, field: string) => unknown;

/** Returns a function that redacts the values of a row or version. A version that equals its row is counted once. */
function rewriterOf(redaction: Redaction, { knownFrom, isCurrent }: Stored): Rewrite {
  const store = knownFrom === 0 ? RedactionStore.PROPOSAL : isCurrent ? undefined : RedactionStore.VERSION;
  return (value, field) => (redaction.coversField(field) ? redaction.rewrite(value, store, undefined, field) : value);
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
