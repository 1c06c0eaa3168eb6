import sql, { type Sql } from 'sql-template-tag';
import type { Identity } from '../access/identity.js';
import { covers } from '../access/scope.js';
import { SubjectType } from '../change/change.js';
import { connectionType } from '../graph/list/connection-type.js';
import { type Condition, filterType } from '../graph/list/filter.js';
import { IdFilter, idField } from '../graph/list/id-filter.js';
import type { ListDefinition } from '../graph/list/list-definition.js';
import { BooleanFilter, booleanCondition, enumCondition, enumFilter } from '../graph/list/operators.js';
import { enumOrder, OrderDirection, orderInput, type SortExpression } from '../graph/list/order.js';
import { listArgs } from '../graph/list/page.js';
import type { ListRelation } from '../graph/list/relation.js';
import { updatedAtField } from '../graph/list/time-filter.js';
import { column } from '../graph/sql/columns.js';
import { ProposalDecision, ProposalOrigin, ProposalState, ProposalVerdict } from './proposal.enums.js';
import { Proposal } from './proposal.js';
import { ProposalItem } from './proposal-item.js';

const ConceptFilter = enumFilter('SubjectType', () => SubjectType);
const OriginFilter = enumFilter('ProposalOrigin', () => ProposalOrigin);
const StateFilter = enumFilter('ProposalState', () => ProposalState);
const VerdictFilter = enumFilter('ProposalVerdict', () => ProposalVerdict);
const DecisionFilter = enumFilter('ProposalDecision', () => ProposalDecision);

/** Finds proposals by a part of their source or message, in any case. */
const textCondition: Condition<string> = (row, text) =>
  text.trim() === ''
    ? undefined
    : sql`strpos(lower(concat_ws(' ', ${row}.source->>'publisher', ${row}.source->>'title', ${row}.message)), lower(${text})) > 0`;

export const ProposalFilter = filterType('ProposalFilter', 'Conditions on proposals; all must hold.', {
  ...idField,
  concept: [() => ConceptFilter, 'Filters by the type of the records.', enumCondition(column('concept'))],
  origin: [() => OriginFilter, 'Filters by origin.', enumCondition(column('origin'))],
  state: [() => StateFilter, 'Filters by state.', enumCondition(column('state'))],
  proposer: [() => IdFilter, 'Filters by proposer.', enumCondition(column('proposer'))],
  ...updatedAtField,
  text: [
    () => String,
    'Filters by a part of the publisher, the title of the source, or the message; upper and lower case are the same.',
    textCondition,
  ],
});
export type ProposalFilter = object;

enum ProposalOrderField {
  ID = 'ID',
  CREATED_AT = 'CREATED_AT',
  UPDATED_AT = 'UPDATED_AT',
  STATE = 'STATE',
}
const ProposalOrder = orderInput('Proposal', ProposalOrderField, {
  ID: 'By id.',
  CREATED_AT: 'By time of submission.',
  UPDATED_AT: 'By time of the last change.',
  STATE: 'By state, in the order of the values of `ProposalState`.',
});
const orders: Record<ProposalOrderField, SortExpression> = {
  ID: { kind: 'text', by: column('id') },
  CREATED_AT: { kind: 'timestamp', by: column('created_at') },
  UPDATED_AT: { kind: 'timestamp', by: column('updated_at') },
  STATE: enumOrder('state', ProposalState),
};

export const ProposalConnection = connectionType('Proposal', () => Proposal);

export const proposals: ListDefinition<Proposal> = {
  entity: Proposal,
  alias: 'r',
  connection: ProposalConnection,
  filter: ProposalFilter,
  orders,
  defaultOrder: [{ field: ProposalOrderField.CREATED_AT, direction: OrderDirection.DESC }],
};

export const ProposalList = listArgs(
  () => ProposalFilter,
  () => ProposalOrder,
  '`CREATED_AT`, newest first',
);
export type ProposalList = InstanceType<typeof ProposalList>;

export const ProposalItemFilter = filterType('ProposalItemFilter', 'Conditions on rows; all must hold.', {
  ...idField,
  verdict: [() => VerdictFilter, 'Filters by verdict.', enumCondition(column('verdict'))],
  decision: [() => DecisionFilter, 'Filters by decision.', enumCondition(column('decision'))],
  subjectId: [() => IdFilter, 'Filters by record.', enumCondition(column('subject_id'))],
  isApplied: [() => BooleanFilter, 'Filters by whether the row was written.', booleanCondition(column('is_applied'))],
});
export type ProposalItemFilter = object;

enum ProposalItemOrderField {
  NUMBER = 'NUMBER',
  VERDICT = 'VERDICT',
}
const ProposalItemOrder = orderInput('ProposalItem', ProposalItemOrderField, {
  NUMBER: 'By position in the proposal.',
  VERDICT: 'By verdict, in the order of the values of `ProposalVerdict`.',
});

const ProposalItemConnection = connectionType('ProposalItem', () => ProposalItem);

const proposalItems: ListDefinition<ProposalItem> = {
  entity: ProposalItem,
  alias: 'i',
  connection: ProposalItemConnection,
  filter: ProposalItemFilter,
  orders: {
    NUMBER: { kind: 'integer', by: column('number') },
    VERDICT: enumOrder('verdict', ProposalVerdict),
  },
  defaultOrder: [{ field: ProposalItemOrderField.NUMBER }],
};

export const itemsOfProposal: ListRelation<ProposalItem> = {
  name: 'Proposal.items',
  list: proposalItems,
  on: (row, [proposal]) => sql`${row}.proposal_id = ${proposal}`,
};

export const ProposalItemList = listArgs(
  () => ProposalItemFilter,
  () => ProposalItemOrder,
  '`NUMBER`',
);

/** Reports that a reviewer took up, and did not reject afterwards, which all may read. */
const PUBLIC = sql`r.origin = ${ProposalOrigin.REPORT} and r.triaged_at is not null and r.state = any(${[ProposalState.OPEN, ProposalState.APPLIED]}::text[])
  and not exists (select from proposal_item i where i.proposal_id = r.id and i.decision = ${ProposalDecision.REJECT})`;

/** Returns the condition of the proposals that a client may read: all with a scope of proposals, else triaged reports. */
export function visibleTo({ scopes }: Identity): Sql | undefined {
  return covers(scopes, 'proposal:write') || covers(scopes, 'proposal:review') ? undefined : PUBLIC;
}
