import sql, { join, type Sql } from 'sql-template-tag';
import { Field, ID, InputType } from 'type-graphql';
import { InputError } from '../graph/errors.js';
import { checkId } from '../graph/record/node.js';
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
    description:
      'Filters by authority id: changes of the authority and of its partnerships, exchanges and programmes, and those by which another authority joins or leaves it, as its `parent` or `prefecture`.',
  })
  authority?: string | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'Filters by authority: as `authority`, for one of these ids (at most 100). `[]` matches nothing.',
  })
  authorities?: string[] | null;
  @Field(() => ID, {
    nullable: true,
    description:
      'Filters by area: as `authorities`, for the authority with this id and all authorities within it, such as a province and its municipalities. A subscription takes those that are within it when it starts.',
  })
  within?: string | null;
}

/** A filter whose area has been resolved to the ids of its authorities. */
export type ResolvedFilter = Omit<ChangeFilter, 'within'> & { within?: readonly string[] };

/**
 * Validates a filter. An authority or an area that is an empty text asks for nothing.
 *
 * @throws InputError for a list that is too long, or a malformed id.
 */
export function checkFilter<
  Filter extends Pick<ChangeFilter, 'subjectIds' | 'changeSets' | 'authority' | 'authorities' | 'within'>,
>(filter: Filter | null | undefined): Partial<Filter> {
  for (const [name, values] of Object.entries(filter ?? {})) {
    if (!Array.isArray(values)) continue;
    if (values.length > MAX_LIST_LENGTH) {
      const params = { path: `filter.${name}`, limit: MAX_LIST_LENGTH, count: values.length };
      throw new InputError(message('LIST_TOO_LONG', params));
    }
  }
  for (const id of filter?.subjectIds ?? []) if (!isProposalId(id)) checkId(id, 'filter.subjectIds');
  for (const id of filter?.changeSets ?? []) checkChangeSetId(id, 'filter.changeSets');
  for (const id of filter?.authorities ?? []) checkId(id, 'filter.authorities');
  const checked = { ...(filter as Filter) };
  for (const name of ['authority', 'within'] as const) {
    const id = filter?.[name];
    if (id?.trim() === '') delete checked[name];
    else if (id != null) checkId(id, `filter.${name}`);
  }
  return checked;
}

/**
 * Builds the condition of a filter over a row of the log: `c.subject_type = any($1::text[]) and c.authorities @>
 * $2::text[]`.
 */
export function changesWhere(filter: ResolvedFilter, row: Sql): Sql {
  const { subjectTypes, kinds, subjectIds, changeSets, authority } = filter;
  const conditions: Sql[] = [];
  if (subjectTypes) conditions.push(sql`${row}.subject_type = any(${subjectTypes}::text[])`);
  if (kinds) conditions.push(sql`${row}.kind = any(${kinds}::text[])`);
  if (subjectIds) conditions.push(sql`${row}.subject_id = any(${subjectIds}::text[])`);
  if (changeSets) conditions.push(sql`${row}.change_set = any(${changeSets}::text[])`);
  if (authority != null) conditions.push(sql`${row}.authorities @> ${[authority]}::text[]`);
  for (const ids of [filter.authorities, filter.within]) {
    if (ids) conditions.push(sql`${row}.authorities && ${[...ids]}::text[]`);
  }
  return conditions.length ? join(conditions, ' and ') : sql`true`;
}

/** Evaluates the same filter over a change in memory, so that the feed takes no statement per subscriber. */
export function matches(
  { subjectTypes, kinds, subjectIds, changeSets, authority, authorities, within }: ResolvedFilter,
  change: Change,
): boolean {
  return (
    (subjectTypes?.includes(change.subjectType) ?? true) &&
    (kinds?.includes(change.kind) ?? true) &&
    (subjectIds?.includes(change.subjectId) ?? true) &&
    (changeSets?.includes(change.changeSet ?? '') ?? true) &&
    (authority == null || change.authorities.includes(authority)) &&
    (authorities?.some(id => change.authorities.includes(id)) ?? true) &&
    (within === undefined || change.authorities.some(id => within.includes(id)))
  );
}
