import sql from 'sql-template-tag';
import { AuthorityFilter } from '../authority/authority.filter.js';
import {
  type FilterClass,
  filterField,
  filterType,
  type RelatedRows,
  relationFilter,
  toMany,
  toOne,
} from '../graph/filter.js';
import { BooleanFilter, choice, choiceFilter, date, flag, IdFilter, PartialDateFilter } from '../graph/operators.js';
import { column, found } from '../graph/search-terms.js';
import { authorityIn, ConfidenceFilter, hasSide, PartnershipFilter } from '../partnership/partnership.filter.js';
import { ProgrammeFilter } from '../programme/programme.filter.js';
import { ExchangeKind, ExchangeStatus, ExchangeSubkind } from './exchange.enums.js';

const KindFilter = choiceFilter('ExchangeKind', () => ExchangeKind);
const SubkindFilter = choiceFilter('ExchangeSubkind', () => ExchangeSubkind);
const StatusFilter = choiceFilter('ExchangeStatus', () => ExchangeStatus);

export const ExchangeFilter = filterType('ExchangeFilter', 'Which exchanges; all of those given hold.', {
  id: [() => IdFilter, 'By id.', choice(column('id'))],
  kind: [() => KindFilter, 'By kind.', choice(column('kind'))],
  subkind: [() => SubkindFilter, 'By what it is, more exactly.', choice(column('subkind'))],
  status: [() => StatusFilter, 'By how far it came.', choice(column('status'))],
  recurring: [() => BooleanFilter, 'By whether it came back.', flag(column('recurring'))],
  startedOn: [() => PartialDateFilter, 'By when it was held or began.', date(column('started_day'))],
  endedOn: [() => PartialDateFilter, 'By when it ended.', date(column('ended_day'))],
  underPartnership: [() => BooleanFilter, 'By whether it was held under a tie.', flag(column('under_partnership'))],
  confidence: [() => ConfidenceFilter, 'By how well it is evidenced.', choice(column('confidence'))],
  dutch: [() => AuthorityFilter, 'By its Dutch side; it has one.', toOne(authorityIn('dutch_id'))],
  chinese: [() => AuthorityFilter, 'By its Chinese side; it has one.', toOne(authorityIn('chinese_id'))],
  partnership: [
    () => PartnershipFilter,
    'By the tie it was held under; it has one.',
    toOne({
      filter: () => PartnershipFilter,
      table: 'partnership',
      alias: 'p',
      on: (row, partnership) => sql`${partnership}.id = ${row}.partnership_id`,
    }),
  ],
  programme: [
    () => ProgrammeFilter,
    'By the programme it was part of; it has one.',
    toOne({
      filter: () => ProgrammeFilter,
      table: 'programme',
      alias: 'g',
      on: (row, programme) => sql`${programme}.id = ${row}.programme_id`,
    }),
  ],
  text: [() => String, 'What a search for this text would find.', found],
});
export type ExchangeFilter = object;

const ExchangesFilter = relationFilter('ExchangeRelationFilter', () => ExchangeFilter);

function filterByExchanges(filter: FilterClass, on: RelatedRows['on']): void {
  filterField(
    filter,
    'exchanges',
    () => ExchangesFilter,
    'By its exchanges.',
    toMany({ filter: () => ExchangeFilter, table: 'exchange', alias: 'e', on }),
  );
}
filterByExchanges(AuthorityFilter, (row, exchange) => hasSide(exchange, sql`${row}.id`));
filterByExchanges(PartnershipFilter, (row, exchange) => sql`${exchange}.partnership_id = ${row}.id`);
filterByExchanges(ProgrammeFilter, (row, exchange) => sql`${exchange}.programme_id = ${row}.id`);
