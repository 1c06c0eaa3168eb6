import { CountryFilter } from '../authority/authority.filter.js';
import { connectionType } from '../graph/connection-type.js';
import { filterType } from '../graph/filter.js';
import type { Listing } from '../graph/listing.js';
import { anyName, choice, choiceFilter, IdFilter, TextFilter } from '../graph/operators.js';
import { type OrderKey, orderInput } from '../graph/order.js';
import { listArgs } from '../graph/page.js';
import { column, foldedNames, found } from '../graph/search-terms.js';
import { OrganisationKind } from './organisation.enums.js';
import { Organisation } from './organisation.js';

const KindFilter = choiceFilter('OrganisationKind', () => OrganisationKind);

export const OrganisationFilter = filterType('OrganisationFilter', 'Which organisations; all of those given hold.', {
  id: [() => IdFilter, 'By id.', choice(column('id'))],
  kind: [() => KindFilter, 'By kind.', choice(column('kind'))],
  country: [() => CountryFilter, 'By the country of its office.', choice(column('country'))],
  name: [() => TextFilter, 'By any of its names, in any language.', anyName(foldedNames)],
  text: [() => String, 'What a search for this text would find.', found],
});

enum OrganisationOrderField {
  ID = 'ID',
  NAME = 'NAME',
  UPDATED_AT = 'UPDATED_AT',
}
const OrganisationOrder = orderInput('Organisation', OrganisationOrderField, {
  ID: 'The id.',
  NAME: 'The English name, or the first known.',
  UPDATED_AT: 'When it last changed.',
});

const orders: Record<OrganisationOrderField, OrderKey> = {
  ID: { kind: 'text', by: column('id') },
  NAME: { kind: 'text', by: column('sort_name') },
  UPDATED_AT: { kind: 'timestamp', by: column('updated_at') },
};

export const OrganisationConnection = connectionType<Organisation>('Organisation', () => Organisation);

export const organisations: Listing<Organisation> = {
  entity: Organisation,
  alias: 'o',
  connection: OrganisationConnection,
  filter: OrganisationFilter,
  orders,
  defaultOrder: [{ field: OrganisationOrderField.NAME }],
};

export const OrganisationList = listArgs(
  () => OrganisationFilter,
  () => OrganisationOrder,
  'by name',
);
export type OrganisationList = InstanceType<typeof OrganisationList>;
