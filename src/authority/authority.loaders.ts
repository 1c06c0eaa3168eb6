import sql from 'sql-template-tag';
import { columnsOf, tableOf } from '../graph/sql/columns.js';
import { inOrder, loader } from '../graph/sql/loader.js';
import { queryRows } from '../graph/sql/query.js';
import { Authority } from './authority.js';

/** Loads authorities by CBS code or GB/T 2260 code; the two do not overlap. */
export const authorityByCode = loader<string, Authority | null>(async (em, codes) => {
  const query = sql`select ${columnsOf(em, Authority, 'a')} from ${tableOf(em, Authority)} a where a.code = any(${[...codes]}::text[])`;
  return inOrder(codes, await queryRows<Authority>(em, query), ({ code }) => code ?? '');
});
