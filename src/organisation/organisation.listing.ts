import { CountryFilter } from '../authority/authority.filter.js';
import { connectionType } from '../graph/list/connection-type.js';
import { filterType } from '../graph/list/filter.js';
import { idField } from '../graph/list/id-filter.js';
import type { ListDefinition } from '../graph/list/list-definition.js';
import { enumCondition, enumFilter, nameCondition, TextFilter } from '../graph/list/operators.js';
import { enumOrder, orderInput, type SortExpression } from '../graph/list/order.js';
import { listArgs } from '../graph/list/page.js';
import { updatedAtField } from '../graph/list/time-filter.js';
import { registerNode } from '../graph/record/node.js';
import { foldedNames } from '../graph/search/search-terms.js';
import { RELEVANCE_DESCRIPTION, relevanceOrder, TEXT_DESCRIPTION, textCondition } from '../graph/search/text-filter.js';
import { column } from '../graph/sql/columns.js';
import { Confidence } from '../source/confidence.js';
import { OrganisationKind } from './organisation.enums.js';
import { Organisation } from './organisation.js';

const KindFilter = enumFilter('OrganisationKind', () => OrganisationKind);

export const OrganisationFilter = filterType('OrganisationFilter', 'Conditions on organisations; all must hold.', {
  ...idField,
  kind: [() => KindFilter, 'Filters by kind.', enumCondition(column('kind'))],
  country: [() => CountryFilter, 'Filters by the country of the office.', enumCondition(column('country'))],
  name: [() => TextFilter, 'Filters by any of the names, in any language.', nameCondition(foldedNames)],
  ...updatedAtField,
  text: [() => String, TEXT_DESCRIPTION, textCondition],
});

enum OrganisationOrderField {
  ID = 'ID',
  NAME = 'NAME',
  UPDATED_AT = 'UPDATED_AT',
  KIND = 'KIND',
  CONFIDENCE = 'CONFIDENCE',
  RELEVANCE = 'RELEVANCE',
}
const OrganisationOrder = orderInput('Organisation', OrganisationOrderField, {
  ID: 'By id.',
  NAME: 'By English name, or the first that exists.',
  UPDATED_AT: 'By time of the last change.',
  KIND: 'By kind, in the order of the values of `OrganisationKind`.',
  CONFIDENCE: 'By how well the record is supported by sources, best first.',
  RELEVANCE: RELEVANCE_DESCRIPTION,
});

const orders: Record<OrganisationOrderField, SortExpression> = {
  ID: { kind: 'text', by: column('id') },
  NAME: { kind: 'text', by: column('sort_name') },
  UPDATED_AT: { kind: 'timestamp', by: column('updated_at') },
  KIND: enumOrder('kind', OrganisationKind),
  CONFIDENCE: enumOrder('confidence', Confidence),
  RELEVANCE: relevanceOrder,
};

export const OrganisationConnection = connectionType('Organisation', () => Organisation);

export const organisations: ListDefinition<Organisation> = {
  entity: Organisation,
  alias: 'o',
  connection: OrganisationConnection,
  label: ['names'],
  filter: OrganisationFilter,
  orders,
  defaultOrder: [{ field: OrganisationOrderField.NAME }],
};

registerNode('org', 'Organisation', organisations);

export const OrganisationList = listArgs(
  () => OrganisationFilter,
  () => OrganisationOrder,
  '`NAME`',
);
export type OrganisationList = InstanceType<typeof OrganisationList>;
