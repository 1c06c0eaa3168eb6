import sql, { type Sql } from 'sql-template-tag';
import { connectionType } from '../graph/list/connection-type.js';
import type { ListDefinition } from '../graph/list/list-definition.js';
import { orderInput, type SortExpression } from '../graph/list/order.js';
import { listArgs } from '../graph/list/page.js';
import { registerNode } from '../graph/record/node.js';
import { RELEVANCE_DESCRIPTION, relevanceOrder } from '../graph/search/text-filter.js';
import { column } from '../graph/sql/columns.js';
import { AuthorityFilter } from './authority.filter.js';
import { Authority } from './authority.js';

enum AuthorityOrderField {
  ID = 'ID',
  NAME = 'NAME',
  UPDATED_AT = 'UPDATED_AT',
  PARTNERSHIP_COUNT = 'PARTNERSHIP_COUNT',
  EXCHANGE_COUNT = 'EXCHANGE_COUNT',
  RELEVANCE = 'RELEVANCE',
}
const AuthorityOrder = orderInput('Authority', AuthorityOrderField, {
  ID: 'By id.',
  NAME: 'By English name, or the first that exists. Ignores accents and a leading ’s or ’t.',
  UPDATED_AT: 'By time of the last change.',
  PARTNERSHIP_COUNT: 'By number of partnerships, ended ones included.',
  EXCHANGE_COUNT: 'By number of exchanges.',
  RELEVANCE: RELEVANCE_DESCRIPTION,
});

const countIn = (table: Sql) => (row: Sql) =>
  sql`(select count(*)::int from ${table} record where record.dutch_id = ${row}.id or record.chinese_id = ${row}.id)`;

const orders: Record<AuthorityOrderField, SortExpression> = {
  ID: { kind: 'text', by: column('id') },
  NAME: { kind: 'text', by: column('sort_name') },
  UPDATED_AT: { kind: 'timestamp', by: column('updated_at') },
  PARTNERSHIP_COUNT: { kind: 'integer', by: countIn(sql`partnership`) },
  EXCHANGE_COUNT: { kind: 'integer', by: countIn(sql`exchange`) },
  RELEVANCE: relevanceOrder,
};

export const AuthorityConnection = connectionType('Authority', () => Authority);

export const authorities: ListDefinition<Authority> = {
  entity: Authority,
  alias: 'a',
  connection: AuthorityConnection,
  label: ['names'],
  filter: AuthorityFilter,
  orders,
  defaultOrder: [{ field: AuthorityOrderField.NAME }],
};

registerNode('nl', 'DutchAuthority', authorities);
registerNode('cn', 'ChineseAuthority', authorities);

export const AuthorityList = listArgs(
  () => AuthorityFilter,
  () => AuthorityOrder,
  '`NAME`',
);
export type AuthorityList = InstanceType<typeof AuthorityList>;
