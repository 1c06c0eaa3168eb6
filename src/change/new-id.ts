import sql from 'sql-template-tag';
import { type Fork, ForkProperty } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { fold } from '../graph/types/text.js';
import { lockNewIds } from './locks.js';

/** The parts of the id of a new record: its prefix, and the words of its name. */
export type IdWords = readonly [prefix: string, ...words: string[]];

const MAX_SLUG_LENGTH = 80;

/** The ids of new records of a transaction, by its fork: of several records, the log and the index have none yet. */
const newIds = new ForkProperty<Set<string>>('new ids');

/** The ids that records have or had, by the id without a number that they begin with: see `readIds`. */
type TakenIds = ReadonlyMap<string, ReadonlySet<string>>;
const takenIds = new ForkProperty<TakenIds>('taken ids');

/** Returns the id of a name, without a number. */
function baseOf([prefix, ...words]: IdWords): string {
  const slug = fold(words.join(' '))
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/^-|-$/g, '');
  return `${prefix}-${slug || 'record'}`;
}

/**
 * Reads the ids that `newId` may not return, for the many commands of a batch: two statements, regardless of their number.
 * The ids of the batch before are forgotten.
 */
export async function readIds(em: Fork, commands: readonly { idWords?: () => IdWords }[]): Promise<void> {
  const bases = [...new Set(commands.flatMap(({ idWords }) => (idWords ? baseOf(idWords()) : [])))];
  takenIds.set(em, bases.length ? await lockIds(em, bases) : undefined);
}

/**
 * Returns an id for a new record that no record has or ever had: the prefix, the words of its name and, if that id is
 * taken, a number. Concurrent calls for one name wait for each other, also for a name that ends in such a number.
 */
export async function newId(em: Fork, words: IdWords): Promise<string> {
  const base = baseOf(words);
  const taken = takenIds.get(em)?.get(base) ?? (await lockIds(em, [base])).get(base);
  const own = newIds.get(em) ?? new Set();
  newIds.set(em, own);
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (taken?.has(id) || own.has(id)) continue;
    own.add(id);
    return id;
  }
}

/**
 * Locks ids, and returns those that are taken: `exch-x` and all that begin with `exch-x-`, which are less than `exch-x.` in
 * the collation "C". Of a subquery PostgreSQL expects ten ids, so that it caches the plan; for the array itself it would plan
 * the statement each time.
 */
async function lockIds(em: Fork, bases: readonly string[]): Promise<TakenIds> {
  const locking = lockNewIds(em, bases, bases.flatMap(shorterIds));
  const query = sql`
    select base, array_agg(id) as ids from unnest((select ${[...bases]}::text[])) base cross join lateral (
      select id from search_document where id = base
      union select id from search_document where id >= base || '-' and id < base || '.'
      union select subject_id from change where subject_id = base
      union select subject_id from change where subject_id >= base || '-' and subject_id < base || '.') taken
    group by base`;
  const [rows] = await Promise.all([queryRows<{ base: string; ids: string[] }>(em, query), locking]);
  const taken = new Map<string, ReadonlySet<string>>(bases.map(base => [base, new Set()]));
  for (const { base, ids } of rows) taken.set(base, new Set(ids));
  return taken;
}

/**
 * Returns the ids of which this one may be the second, the third and so on: `org-name-2` and `org-name` of `org-name-2-3`. A
 * record with one of their names excludes this one meanwhile; those of other numbers do not.
 */
function shorterIds(id: string): string[] {
  const ids: string[] = [];
  for (let name = id; /-\d+$/.test(name); ids.push(name)) name = name.slice(0, name.lastIndexOf('-'));
  return ids;
}
