import { ID } from 'type-graphql';
import { type FilterFields, onId } from './filter.js';
import { enumCondition, enumFilter } from './operators.js';

export const IdFilter = enumFilter('ID', () => ID);

/** The filter field `id`, the same in the filter of each concept. */
export const idField: FilterFields = {
  id: [() => IdFilter, 'Filters by id.', onId(enumCondition(id => id))],
};
