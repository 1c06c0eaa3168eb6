import sql from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';

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
 * undefined for one without a title. One statement.
 */
export async function findExchanges(em: Fork, sought: readonly ExchangeIdentity[]): Promise<(string[] | undefined)[]> {
  const wanted = sought.flatMap(({ titles, dutch, chinese, startedOn }, n) =>
    titles.map(title => ({ n, title, dutch: dutch ?? '', chinese: chinese ?? '', started: startedOn ?? '' })),
  );
  const ids = new Map<number, Set<string>>();
  if (wanted.length) {
    const rows = await queryRows<{ n: number; id: string }>(
      em,
      sql`select w.n, e.id from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
          as w(n int, title text, dutch text, chinese text, started text)
        join exchange e on coalesce(e.dutch_id, '') = w.dutch and coalesce(e.chinese_id, '') = w.chinese
          and coalesce(e.started_on::text, '') = w.started
          and lower(w.title) in (lower(e.title->>'nl'), lower(e.title->>'en'), lower(e.title->>'zh'), lower(e.title->>'pinyin'))
        order by w.n, e.id`,
    );
    for (const { n, id } of rows) ids.set(n, (ids.get(n) ?? new Set()).add(id));
  }
  return sought.map(({ titles }, n) => (titles.length === 0 ? undefined : [...(ids.get(n) ?? [])]));
}
