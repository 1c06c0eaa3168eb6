import { connectionType } from '../graph/list/connection-type.js';
import type { ListDefinition } from '../graph/list/list-definition.js';
import { enumOrder, orderInput, type SortExpression } from '../graph/list/order.js';
import { listArgs } from '../graph/list/page.js';
import { registerNode } from '../graph/record/node.js';
import { RELEVANCE_DESCRIPTION, relevanceOrder } from '../graph/search/text-filter.js';
import { column } from '../graph/sql/columns.js';
import { Confidence } from '../source/confidence.js';
import { ExchangeKind, ExchangeStatus } from './exchange.enums.js';
import { ExchangeFilter } from './exchange.filter.js';
import { Exchange } from './exchange.js';

enum ExchangeOrderField {
  ID = 'ID',
  TITLE = 'TITLE',
  STARTED_ON = 'STARTED_ON',
  ENDED_ON = 'ENDED_ON',
  UPDATED_AT = 'UPDATED_AT',
  KIND = 'KIND',
  STATUS = 'STATUS',
  CONFIDENCE = 'CONFIDENCE',
  RELEVANCE = 'RELEVANCE',
}
const ExchangeOrder = orderInput('Exchange', ExchangeOrderField, {
  ID: 'By id.',
  TITLE: 'By English title, or the first that exists.',
  STARTED_ON: 'By date, or the first of several days.',
  ENDED_ON: 'By last day.',
  UPDATED_AT: 'By time of the last change.',
  KIND: 'By kind, in the order of the values of `ExchangeKind`.',
  STATUS: 'By how far it got: `AGREED`, `ANNOUNCED`, `PLANNED`, `ONGOING`, `PARTLY_REALISED`, `HELD`.',
  CONFIDENCE: 'By how well the record is supported by sources, best first.',
  RELEVANCE: RELEVANCE_DESCRIPTION,
});

const { AGREED, ANNOUNCED, PLANNED, ONGOING, PARTLY_REALISED, HELD } = ExchangeStatus;

const orders: Record<ExchangeOrderField, SortExpression> = {
  ID: { kind: 'text', by: column('id') },
  TITLE: { kind: 'text', by: column('sort_name') },
  STARTED_ON: { kind: 'day', by: column('started_day') },
  ENDED_ON: { kind: 'day', by: column('ended_day') },
  UPDATED_AT: { kind: 'timestamp', by: column('updated_at') },
  KIND: enumOrder('kind', ExchangeKind),
  STATUS: enumOrder('status', { AGREED, ANNOUNCED, PLANNED, ONGOING, PARTLY_REALISED, HELD }),
  CONFIDENCE: enumOrder('confidence', Confidence),
  RELEVANCE: relevanceOrder,
};

export const ExchangeConnection = connectionType('Exchange', () => Exchange);

export const exchanges: ListDefinition<Exchange> = {
  entity: Exchange,
  alias: 'e',
  connection: ExchangeConnection,
  label: ['title'],
  filter: ExchangeFilter,
  orders,
  defaultOrder: [{ field: ExchangeOrderField.STARTED_ON }],
};

registerNode('exch', 'Exchange', exchanges);

export const ExchangeList = listArgs(
  () => ExchangeFilter,
  () => ExchangeOrder,
  '`STARTED_ON`, unknown dates last',
);
export type ExchangeList = InstanceType<typeof ExchangeList>;
