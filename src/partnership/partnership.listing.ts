import sql, { type Sql } from 'sql-template-tag';
import { connectionType } from '../graph/list/connection-type.js';
import type { ListDefinition } from '../graph/list/list-definition.js';
import { orderInput, type SortExpression } from '../graph/list/order.js';
import { listArgs } from '../graph/list/page.js';
import { registerNode } from '../graph/record/node.js';
import { column } from '../graph/search/search-terms.js';
import { PartnershipFilter } from './partnership.filter.js';
import { Partnership } from './partnership.js';

enum PartnershipOrderField {
  ID = 'ID',
  DUTCH_NAME = 'DUTCH_NAME',
  CHINESE_NAME = 'CHINESE_NAME',
  STARTED_ON = 'STARTED_ON',
  ENDED_ON = 'ENDED_ON',
  LAST_EVIDENCE_ON = 'LAST_EVIDENCE_ON',
  UPDATED_AT = 'UPDATED_AT',
  EXCHANGE_COUNT = 'EXCHANGE_COUNT',
}
const PartnershipOrder = orderInput('Partnership', PartnershipOrderField, {
  ID: 'The id.',
  DUTCH_NAME: 'The name of the Dutch side, as authorities are sorted by it.',
  CHINESE_NAME: 'The name of the Chinese side, as authorities are sorted by it.',
  STARTED_ON: 'When it was made.',
  ENDED_ON: 'When it was ended.',
  LAST_EVIDENCE_ON: 'Its newest evidence.',
  UPDATED_AT: 'When it last changed.',
  EXCHANGE_COUNT: 'How many exchanges were held under it.',
});

const nameOf = (reference: Sql) => (row: Sql) =>
  sql`(select side.sort_name from authority side where side.id = ${row}.${reference})`;

const orders: Record<PartnershipOrderField, SortExpression> = {
  ID: { kind: 'text', by: column('id') },
  DUTCH_NAME: { kind: 'text', by: nameOf(sql`dutch_id`) },
  CHINESE_NAME: { kind: 'text', by: nameOf(sql`chinese_id`) },
  STARTED_ON: { kind: 'day', by: column('started_day') },
  ENDED_ON: { kind: 'day', by: column('ended_day') },
  LAST_EVIDENCE_ON: { kind: 'day', by: column('last_evidence_day') },
  UPDATED_AT: { kind: 'timestamp', by: column('updated_at') },
  EXCHANGE_COUNT: {
    kind: 'integer',
    by: row => sql`(select count(*)::int from exchange its where its.partnership_id = ${row}.id)`,
  },
};

export const PartnershipConnection = connectionType<Partnership>('Partnership', () => Partnership);

export const partnerships: ListDefinition<Partnership> = {
  entity: Partnership,
  alias: 'p',
  connection: PartnershipConnection,
  filter: PartnershipFilter,
  orders,
  defaultOrder: [{ field: PartnershipOrderField.STARTED_ON }],
};

registerNode('tie', 'Partnership', partnerships);

export const PartnershipList = listArgs(
  () => PartnershipFilter,
  () => PartnershipOrder,
  'the oldest first, those of unknown start last',
);
export type PartnershipList = InstanceType<typeof PartnershipList>;
