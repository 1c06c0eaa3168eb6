import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { SubjectType } from '../../change/change.js';
import type { Facts } from '../../change/log.js';
import { queryRows } from '../../graph/sql/query.js';
import type { StoredNames } from '../../graph/types/names.js';
import { knownFrom } from './log-pages.js';

interface Naming {
  id: string;
  at: number;
  names: StoredNames;
}

/** The names that authorities and organisations had, by which other records were found. */
export class NameHistory {
  readonly #byId: ReadonlyMap<string, Naming[]>;

  /** @param namings Ordered by change. */
  constructor(namings: readonly Naming[]) {
    this.#byId = Map.groupBy(namings, ({ id }) => id);
  }

  /** Returns the records among some ids that existed after a change, with their names then. */
  at(ids: readonly string[], change: number): { id: string; names: StoredNames }[] {
    return ids.flatMap(id => this.#byId.get(id)?.findLast(({ at }) => at <= change) ?? []);
  }

  /** Returns the changes after one and before another that named some of the records, in order. */
  changes(ids: readonly string[], after: number, before: number): number[] {
    const changes = ids.flatMap(id => this.#byId.get(id)?.map(({ at }) => at) ?? []);
    return [...new Set(changes.filter(at => at > after && at < before))].sort((a, b) => a - b);
  }
}

/** Returns the records by whose names a record with these facts is found. */
export function namedBy({ dutch, chinese, authorities, organisations }: Facts): string[] {
  const ids = [dutch, chinese, authorities, organisations].flat() as (string | null | undefined)[];
  return ids.filter(id => id != null);
}

/** Collects all names that the log has in a temporary table, so that a record named a thousand times is read once. */
export async function collectNames(em: EntityManager): Promise<void> {
  const types = [SubjectType.AUTHORITY, SubjectType.ORGANISATION];
  await queryRows(
    em,
    sql`create temporary table naming on commit drop as
      select c.subject_id as id, ${knownFrom('c')} as at, c.id as change, f->'after' as names
      from change c cross join lateral jsonb_array_elements(c.fields) f
      where c.subject_type = any(array[${types[0]}, ${types[1]}]::text[]) and f->>'field' = 'names'`,
  );
  await queryRows(em, sql`create index on naming (id, at)`);
  await queryRows(em, sql`analyze naming`);
}

/** Reads the names that some records had. */
export async function nameHistory(em: EntityManager, ids: ReadonlySet<string>): Promise<NameHistory> {
  if (ids.size === 0) return new NameHistory([]);
  const query = sql`select id, at, names from naming where id = any(${[...ids]}::text[]) order by at, change`;
  return new NameHistory(await queryRows<Naming>(em, query));
}
