import { randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import { REDACTED_TEXT, REDACTED_URL } from '../change/redacted.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import type { Source } from '../source/source.js';
import { type SourceFacts, sourceKey } from '../source/source-id.js';
import { RedactionStore } from './places.js';
import type { Redaction } from './redaction.js';

const FIELD = 'citations';

/** The records that cite a source or have cited it, by its id. */
const CITING = sql`select c.source_id as source,
  coalesce(c.authority_id, c.partnership_id, c.programme_id, c.exchange_id, c.organisation_id, s.partnership_id) as record
  from history.citation c left join history.status_period s on s.id = c.status_period_id`;

/**
 * Redacts the texts of sources. Several records can cite one: all of them change. A redacted source gets a new id, because
 * the old one is made of its title and of a hash of its facts.
 */
export async function rewriteSources(em: Fork, redaction: Redaction, dryRun: boolean): Promise<void> {
  if (!redaction.coversField(FIELD)) return;
  const { id } = redaction.scope;
  const texts = sql`concat_ws(' ', t.title, t.publisher, t.url)`;
  const isInScope = id == null ? sql`true` : sql`t.id in (select source from (${CITING}) x where record = ${id})`;
  const rows = await queryRows<Source>(
    em,
    sql`select t.id, t.title, t.publisher, t.url, t.published_on as "publishedOn" from source t
      where ${isInScope} and ${redaction.mayHold(texts)}`,
  );
  if (rows.length === 0) return;
  const records = await citingRecords(em, rows);
  const keys = await redactedKeys(em);
  for (const { id: sourceId, ...facts } of rows) {
    const citing = records.get(sourceId) ?? [];
    const rewritten = redaction.rewrite(facts, RedactionStore.RECORD, citing[0], FIELD) as SourceFacts;
    if (rewritten === facts) continue;
    for (const record of citing) redaction.affect(record, FIELD);
    const distinct = distinctFacts(rewritten, keys);
    redaction.sources.set(sourceKey(facts), distinct);
    if (!dryRun) await replaceSource(em, sourceId, distinct);
  }
}

async function citingRecords(em: Fork, sources: readonly Source[]): Promise<Map<string, string[]>> {
  const query = sql`select distinct source, record from (${CITING}) x where source = any(${sources.map(({ id }) => id)}::text[]) order by 1, 2`;
  const records = new Map<string, string[]>();
  for (const { source, record } of await queryRows<{ source: string; record: string }>(em, query))
    records.set(source, [...(records.get(source) ?? []), record]);
  return records;
}

/** Reads the facts of the sources that were redacted before. */
async function redactedKeys(em: Fork): Promise<Set<string>> {
  const marks = [REDACTED_TEXT, REDACTED_URL].map(mark => `%${mark}%`);
  const query = sql`select title, publisher, url, published_on as "publishedOn" from source
    where concat_ws(' ', title, publisher, url) like any(${marks}::text[])`;
  return new Set((await queryRows<SourceFacts>(em, query)).map(sourceKey));
}

/** Numbers the titles of sources that would have equal facts: they stay different publications. */
function distinctFacts(facts: SourceFacts, keys: Set<string>): SourceFacts {
  for (let number = 1; ; number += 1) {
    const distinct = number === 1 ? facts : { ...facts, title: `${facts.title} (${number})` };
    const key = sourceKey(distinct);
    if (keys.has(key)) continue;
    keys.add(key);
    return distinct;
  }
}

async function replaceSource(em: Fork, id: string, { title, publisher, url, publishedOn }: SourceFacts): Promise<void> {
  const newId = `src-redacted-${randomBytes(8).toString('hex')}`;
  await queryRows(
    em,
    sql`insert into source (id, title, publisher, url, published_on) values (${newId}, ${title}, ${publisher}, ${url}, ${publishedOn})`,
  );
  await queryRows(em, sql`update citation set source_id = ${newId} where source_id = ${id}`);
  await queryRows(em, sql`delete from source where id = ${id}`);
  await queryRows(
    em,
    sql`update history.source set id = ${newId}, title = ${title}, publisher = ${publisher}, url = ${url} where id = ${id}`,
  );
  await queryRows(em, sql`update history.citation set source_id = ${newId} where source_id = ${id}`);
}
