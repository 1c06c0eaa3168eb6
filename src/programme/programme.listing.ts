import sql from 'sql-template-tag';
import { connectionType } from '../graph/list/connection-type.js';
import type { ListDefinition } from '../graph/list/list-definition.js';
import { enumOrder, orderInput, type SortExpression } from '../graph/list/order.js';
import { listArgs } from '../graph/list/page.js';
import { registerNode } from '../graph/record/node.js';
import { RELEVANCE_DESCRIPTION, relevanceOrder } from '../graph/search/text-filter.js';
import { column } from '../graph/sql/columns.js';
import { Confidence } from '../source/confidence.js';
import { ProgrammeFilter } from './programme.filter.js';
import { Programme } from './programme.js';

enum ProgrammeOrderField {
  ID = 'ID',
  NAME = 'NAME',
  STARTED_ON = 'STARTED_ON',
  ENDED_ON = 'ENDED_ON',
  UPDATED_AT = 'UPDATED_AT',
  PARTNERSHIP_COUNT = 'PARTNERSHIP_COUNT',
  EXCHANGE_COUNT = 'EXCHANGE_COUNT',
  CONFIDENCE = 'CONFIDENCE',
  RELEVANCE = 'RELEVANCE',
}
const ProgrammeOrder = orderInput('Programme', ProgrammeOrderField, {
  ID: 'By id.',
  NAME: 'By English name, or the first that exists.',
  STARTED_ON: 'By start date.',
  ENDED_ON: 'By end date.',
  UPDATED_AT: 'By time of the last change.',
  PARTNERSHIP_COUNT: 'By number of linked partnerships.',
  EXCHANGE_COUNT: 'By number of exchanges.',
  CONFIDENCE: 'By how well the record is supported by sources, best first.',
  RELEVANCE: RELEVANCE_DESCRIPTION,
});

const orders: Record<ProgrammeOrderField, SortExpression> = {
  ID: { kind: 'text', by: column('id') },
  NAME: { kind: 'text', by: column('sort_name') },
  STARTED_ON: { kind: 'day', by: column('started_day') },
  ENDED_ON: { kind: 'day', by: column('ended_day') },
  UPDATED_AT: { kind: 'timestamp', by: column('updated_at') },
  PARTNERSHIP_COUNT: {
    kind: 'integer',
    by: row => sql`(select count(*)::int from programme_partnership link where link.programme_id = ${row}.id)`,
  },
  EXCHANGE_COUNT: {
    kind: 'integer',
    by: row => sql`(select count(*)::int from exchange record where record.programme_id = ${row}.id)`,
  },
  CONFIDENCE: enumOrder('confidence', Confidence),
  RELEVANCE: relevanceOrder,
};

export const ProgrammeConnection = connectionType('Programme', () => Programme);

export const programmes: ListDefinition<Programme> = {
  entity: Programme,
  alias: 'g',
  connection: ProgrammeConnection,
  label: ['names'],
  filter: ProgrammeFilter,
  orders,
  defaultOrder: [{ field: ProgrammeOrderField.STARTED_ON }],
};

registerNode('prog', 'Programme', programmes);

export const ProgrammeList = listArgs(
  () => ProgrammeFilter,
  () => ProgrammeOrder,
  '`STARTED_ON`, unknown dates last',
);
export type ProgrammeList = InstanceType<typeof ProgrammeList>;
