import type { Database } from '../open.js';

/** Returns true if the register has no records. */
export async function isEmpty({ em }: Database): Promise<boolean> {
  const [result] = await em
    .getConnection()
    .execute<{ filled: boolean }[]>('select exists (select 1 from search_document) as filled');
  return !result?.filled;
}
