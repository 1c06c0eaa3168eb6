import sql from 'sql-template-tag';
import { allNames } from '../graph/search/search-document.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import type { StoredNames } from '../graph/types/names.js';

/** The facts by which an exchange is recognised. */
export interface ExchangeIdentity {
  /** The title in each language that is known. */
  titles: readonly string[];
  dutch: string | null;
  chinese: string | null;
  startedOn: string | null;
}

/** Returns the keys of an exchange, one per title: two exchanges with a common key are one. */
export function exchangeKeys({ titles, dutch, chinese, startedOn }: ExchangeIdentity): string[] {
  return titles.map(title => JSON.stringify([title.toLowerCase(), dutch, chinese, startedOn]));
}

/**
 * Finds the exchanges with the same sides, the same start and a common title: a list of ids per exchange that is sought;
 * undefined for one without a title. One statement, which reads the exchanges of these sides and starts once. Titles are
 * compared here: some databases know upper and lower case of ASCII alone.
 */
export async function findExchanges(em: Fork, sought: readonly ExchangeIdentity[]): Promise<(string[] | undefined)[]> {
  const wanted = sought.flatMap(({ titles, dutch, chinese, startedOn }) =>
    titles.length ? [JSON.stringify([dutch ?? '', chinese ?? '', startedOn ?? ''])] : [],
  );
  let existing: { key: string; id: string }[] = [];
  if (wanted.length) {
    const rows = await queryRows<Omit<ExchangeIdentity, 'titles'> & { id: string; title: StoredNames }>(
      em,
      sql`select e.id, e.title, e.dutch_id as dutch, e.chinese_id as chinese, e.started_on as "startedOn"
        from jsonb_array_elements(${`[${[...new Set(wanted)].join()}]`}::jsonb) w(value)
        join exchange e on coalesce(e.dutch_id, '') = w.value->>0 and coalesce(e.chinese_id, '') = w.value->>1
          and coalesce(e.started_on::text, '') = w.value->>2
        order by e.id`,
    );
    existing = rows.flatMap(({ id, title, ...others }) =>
      exchangeKeys({ titles: allNames(title), ...others }).map(key => ({ key, id })),
    );
  }
  const byKey = Map.groupBy(existing, ({ key }) => key);
  const idsOf = (key: string) => (byKey.get(key) ?? []).map(({ id }) => id);
  return sought.map(identity =>
    identity.titles.length ? [...new Set(exchangeKeys(identity).flatMap(idsOf))].sort() : undefined,
  );
}
