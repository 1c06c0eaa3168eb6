import sql, { type Sql } from 'sql-template-tag';
import { connectionType } from '../graph/list/connection-type.js';
import type { ListDefinition } from '../graph/list/list-definition.js';
import { enumOrder, orderInput, type SortExpression } from '../graph/list/order.js';
import { listArgs } from '../graph/list/page.js';
import { registerNode } from '../graph/record/node.js';
import { RELEVANCE_DESCRIPTION, relevanceOrder } from '../graph/search/text-filter.js';
import { column } from '../graph/sql/columns.js';
import { Confidence } from '../source/confidence.js';
import { PartnershipKind, PartnershipStatus } from './partnership.enums.js';
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
  STATUS = 'STATUS',
  KIND = 'KIND',
  CONFIDENCE = 'CONFIDENCE',
  RELEVANCE = 'RELEVANCE',
}
const PartnershipOrder = orderInput('Partnership', PartnershipOrderField, {
  ID: 'By id.',
  DUTCH_NAME: 'By name of the Dutch side, in the order of authorities by `NAME`.',
  CHINESE_NAME: 'By name of the Chinese side, in the order of authorities by `NAME`.',
  STARTED_ON: 'By start date.',
  ENDED_ON: 'By end date.',
  LAST_EVIDENCE_ON: 'By date of the newest evidence.',
  UPDATED_AT: 'By date of the last change of the record.',
  EXCHANGE_COUNT: 'By number of exchanges under the partnership.',
  STATUS: "By today's status: `ACTIVE`, `DORMANT`, `ENDED`, `UNKNOWN`.",
  KIND: 'By form, in the order of the values of `PartnershipKind`: sister cities first, unknown last.',
  CONFIDENCE: 'By how well the record is supported by sources, best first.',
  RELEVANCE: RELEVANCE_DESCRIPTION,
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
    by: row => sql`(select count(*)::int from exchange record where record.partnership_id = ${row}.id)`,
  },
  STATUS: enumOrder('status', PartnershipStatus),
  KIND: enumOrder('kind', PartnershipKind),
  CONFIDENCE: enumOrder('confidence', Confidence),
  RELEVANCE: relevanceOrder,
};

export const PartnershipConnection = connectionType('Partnership', () => Partnership);

export const partnerships: ListDefinition<Partnership> = {
  entity: Partnership,
  alias: 'p',
  connection: PartnershipConnection,
  label: ['dutch.names', 'chinese.names'],
  filter: PartnershipFilter,
  orders,
  defaultOrder: [{ field: PartnershipOrderField.STARTED_ON }],
};

registerNode('tie', 'Partnership', partnerships);

export const PartnershipList = listArgs(
  () => PartnershipFilter,
  () => PartnershipOrder,
  '`STARTED_ON`, unknown dates last',
);
export type PartnershipList = InstanceType<typeof PartnershipList>;
