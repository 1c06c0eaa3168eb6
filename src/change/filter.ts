import type { EntityManager } from '@mikro-orm/sql';
import sql, { join, type Sql } from 'sql-template-tag';
import { Field, ID, InputType } from 'type-graphql';
import { InputError } from '../graph/errors.js';
import { checkId } from '../graph/record/node.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import { type Change, ChangeKind, SubjectType } from './change.js';
import { checkChangeSetId } from './change-set.js';
import { isProposalId } from './fact-subject.js';

const MAX_LIST_LENGTH = 100;

@InputType({ description: 'Conditions on changes; all must hold. Conditions that are null are ignored.' })
export class ChangeFilter {
  @Field(() => [SubjectType], {
    nullable: true,
    description: 'Filters by type of record: one of these. `[]` matches nothing.',
  })
  subjectTypes?: SubjectType[] | null;
  @Field(() => [ChangeKind], {
    nullable: true,
    description: 'Filters by kind of change: one of these. `[]` matches nothing.',
  })
  kinds?: ChangeKind[] | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'Filters by record: one of these ids (at most 100). `[]` matches nothing.',
  })
  subjectIds?: string[] | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'Filters by change set: one of these ids (at most 100). `[]` matches nothing.',
  })
  changeSets?: string[] | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Filters by authority id: changes of the authority and of its partnerships, exchanges and programmes.',
  })
  authority?: string | null;
}

/**
 * Validates a filter. An authority that is an empty text asks for nothing.
 *
 * @throws InputError for a list that is too long, or a malformed id.
 */
export function checkFilter<Filter extends Pick<ChangeFilter, 'subjectIds' | 'changeSets' | 'authority'>>(
  filter: Filter | null | undefined,
): Partial<Filter> {
  for (const [name, values] of Object.entries(filter ?? {})) {
    if (!Array.isArray(values)) continue;
    if (values.length > MAX_LIST_LENGTH) {
      const params = { path: `filter.${name}`, limit: MAX_LIST_LENGTH, count: values.length };
      throw new InputError(message('LIST_TOO_LONG', params));
    }
  }
  for (const id of filter?.subjectIds ?? []) if (!isProposalId(id)) checkId(id, 'filter.subjectIds');
  for (const id of filter?.changeSets ?? []) checkChangeSetId(id, 'filter.changeSets');
  if (filter?.authority == null) return filter ?? {};
  if (filter.authority.trim() === '') return { ...filter, authority: null };
  checkId(filter.authority, 'filter.authority');
  return filter;
}

/**
 * Checks that the authority of a filter exists, or is in the log: a subscription with a misspelt id would be silent for ever.
 *
 * @throws InputError that names the id.
 */
export async function checkAuthority(em: EntityManager, { authority }: Pick<ChangeFilter, 'authority'>): Promise<void> {
  if (authority == null) return;
  const [row] = await queryRows<{ isListed: boolean }>(
    em,
    sql`select exists (select from authority where id = ${authority})
      or exists (select from change where authorities @> ${[authority]}::text[]) as "isListed"`,
  );
  if (row?.isListed) return;
  throw new InputError(message('FEED_AUTHORITY_UNKNOWN', { path: 'filter.authority', id: authority }));
}

/**
 * Builds the condition of a filter over a row of the log: `c.subject_type = any($1::text[]) and c.authorities @>
 * $2::text[]`.
 */
export function changesWhere({ subjectTypes, kinds, subjectIds, changeSets, authority }: ChangeFilter, row: Sql): Sql {
  const conditions: Sql[] = [];
  if (subjectTypes) conditions.push(sql`${row}.subject_type = any(${subjectTypes}::text[])`);
  if (kinds) conditions.push(sql`${row}.kind = any(${kinds}::text[])`);
  if (subjectIds) conditions.push(sql`${row}.subject_id = any(${subjectIds}::text[])`);
  if (changeSets) conditions.push(sql`${row}.change_set = any(${changeSets}::text[])`);
  if (authority != null) conditions.push(sql`${row}.authorities @> ${[authority]}::text[]`);
  return conditions.length ? join(conditions, ' and ') : sql`true`;
}

/** Evaluates the same filter over a change in memory, so that the feed takes no statement per subscriber. */
export function matches(
  { subjectTypes, kinds, subjectIds, changeSets, authority }: ChangeFilter,
  change: Change,
): boolean {
  return (
    (subjectTypes?.includes(change.subjectType) ?? true) &&
    (kinds?.includes(change.kind) ?? true) &&
    (subjectIds?.includes(change.subjectId) ?? true) &&
    (changeSets?.includes(change.changeSet ?? '') ?? true) &&
    (authority == null || change.authorities.includes(authority))
  );
}
