import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { queryRows } from '../graph/sql/query.js';
import { REASON } from './fields.js';
import { RedactionStore } from './places.js';
import type { Redaction } from './redaction.js';

interface ProposalTexts {
  id: string;
  source: object | null;
  message: string | null;
}

/** The texts of a row. Whatever belongs to a column of it has its path. */
interface ItemTexts {
  id: string;
  proposed: Record<string, unknown>;
  fields: { field: string }[];
  candidates: object[];
  problems: { path: string[] }[];
}

/** The part of a problem before its column: `values`. */
const COLUMN_PLACE = 1;
/** Rows that are read at a time. */
const PAGE_SIZE = 500;

/** Redacts proposals, open and closed. With an id, those with a row about that record, and of their rows only these. */
export async function rewriteProposals(em: EntityManager, redaction: Redaction, dryRun: boolean): Promise<void> {
  await rewriteHeaders(em, redaction, dryRun);
  let last = '';
  for (;;) {
    const page = await readItems(em, redaction, last);
    const rewritten = page.flatMap(item => rewrittenItem(item, redaction) ?? []);
    if (rewritten.length && !dryRun) await writeItems(em, rewritten);
    if (page.length < PAGE_SIZE) return;
    last = page.at(-1)?.id ?? last;
  }
}

/** Redacts messages, which become the reasons of changes, and sources, which are cited. */
async function rewriteHeaders(em: EntityManager, redaction: Redaction, dryRun: boolean): Promise<void> {
  const { id } = redaction.scope;
  const isAboutRecord = sql`exists (select from proposal_item i where i.proposal_id = p.id and i.subject_id = ${id})`;
  const rows = await queryRows<ProposalTexts>(
    em,
    sql`select p.id, p.source, p.message from proposal p
      where ${id == null ? sql`true` : isAboutRecord} and ${redaction.mayHold(sql`concat_ws(' ', p.message, p.source::text)`)}`,
  );
  for (const { id: proposal, source, message } of rows) {
    const after = { source: rewrite(redaction, source, 'citations'), message: rewrite(redaction, message, REASON) };
    if (dryRun || (after.source === source && after.message === message)) continue;
    await queryRows(
      em,
      sql`update proposal set source = ${after.source && JSON.stringify(after.source)}::jsonb,
        message = ${after.message as string | null} where id = ${proposal}`,
    );
  }
}

function readItems(em: EntityManager, redaction: Redaction, last: string): Promise<ItemTexts[]> {
  const { id } = redaction.scope;
  const texts = sql`concat_ws(' ', i.proposed::text, i.fields::text, i.candidates::text, i.problems::text)`;
  return queryRows<ItemTexts>(
    em,
    sql`select i.id, i.proposed, i.fields, i.candidates, i.problems from proposal_item i
      where i.id > ${last} and ${id == null ? sql`true` : sql`i.subject_id = ${id}`} and ${redaction.mayHold(texts)}
      order by i.id limit ${PAGE_SIZE}`,
  );
}

function rewrittenItem(item: ItemTexts, redaction: Redaction): ItemTexts | undefined {
  const { id, proposed, fields, candidates, problems } = item;
  const values = Object.entries(proposed);
  const after = values.map(([path, value]): [string, unknown] => [path, rewriteAt(redaction, path, value)]);
  const isSame = after.every(([, value], index) => value === values[index]?.[1]);
  const rewritten = {
    id,
    proposed: isSame ? proposed : Object.fromEntries(after),
    fields: rewriteEach(fields, ['atBasis', 'now', 'proposed'], ({ field }) => field, redaction),
    candidates: rewriteEach(candidates, ['matched'], () => 'names', redaction),
    problems: rewriteEach(problems, ['params'], ({ path }) => path[COLUMN_PLACE] ?? '', redaction),
  };
  const parts = ['proposed', 'fields', 'candidates', 'problems'] as const;
  return parts.every(part => rewritten[part] === item[part]) ? undefined : rewritten;
}

/** Redacts members of objects that belong to a column; returns the same objects if they hold nothing of it. */
function rewriteEach<Item extends object>(
  items: Item[],
  members: readonly string[],
  pathOf: (item: Item) => string,
  redaction: Redaction,
): Item[] {
  const after = items.map(item => {
    const texts = Object.entries(item).filter(([name]) => members.includes(name));
    const changed = texts
      .map(([name, value]): [string, unknown] => [name, rewriteAt(redaction, pathOf(item), value)])
      .filter(([, value], index) => value !== texts[index]?.[1]);
    return changed.length ? { ...item, ...Object.fromEntries(changed) } : item;
  });
  return after.every((item, index) => item === items[index]) ? items : after;
}

/** Redacts a value of a column. Ids stay: they refer to records. */
function rewriteAt(redaction: Redaction, path: string, value: unknown): unknown {
  const [field = ''] = path.split('.');
  return path === 'id' || path.endsWith('.id') ? value : rewrite(redaction, value, field);
}

function rewrite(redaction: Redaction, value: unknown, field: string): unknown {
  return redaction.coversField(field) ? redaction.rewrite(value, RedactionStore.PROPOSAL, undefined, field) : value;
}

async function writeItems(em: EntityManager, items: readonly ItemTexts[]): Promise<void> {
  await queryRows(
    em,
    sql`update proposal_item i set proposed = r.proposed, fields = r.fields, candidates = r.candidates, problems = r.problems
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
        as r(id text, proposed jsonb, fields jsonb, candidates jsonb, problems jsonb)
      where i.id = r.id collate "C"`,
  );
}
