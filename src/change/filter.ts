import sql, { join, type Sql } from 'sql-template-tag';
import { Field, ID, InputType } from 'type-graphql';
import { InputError } from '../graph/errors.js';
import { checkId } from '../graph/record/node.js';
import { type Change, ChangeKind, SubjectType } from './change.js';

const MAX_LIST_LENGTH = 100;

@InputType({ description: 'Which changes; all of those given hold.' })
export class ChangeFilter {
  @Field(() => [SubjectType], { nullable: true, description: 'Of records of one of these types.' })
  subjectTypes?: SubjectType[] | null;
  @Field(() => [ChangeKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: ChangeKind[] | null;
  @Field(() => [ID], { nullable: true, description: 'Of one of these records: at most 100.' })
  subjectIds?: string[] | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Of anything that touches this authority: itself, its ties, its exchanges, its programmes.',
  })
  authority?: string | null;
}

/**
 * Checks a filter before it is used.
 *
 * @throws InputError for an empty or too long list, or a malformed id.
 */
export function checkFilter(filter: ChangeFilter | null | undefined): ChangeFilter {
  for (const [name, values] of Object.entries(filter ?? {})) {
    if (!Array.isArray(values)) continue;
    if (values.length === 0) throw new InputError(`filter.${name} is empty; name at least one value, or leave it out.`);
    if (values.length > MAX_LIST_LENGTH) {
      throw new InputError(`filter.${name} names at most ${MAX_LIST_LENGTH} values; got ${values.length}.`);
    }
  }
  for (const id of filter?.subjectIds ?? []) checkId(id, 'filter.subjectIds');
  if (filter?.authority != null) checkId(filter.authority, 'filter.authority');
  return filter ?? {};
}

/** A filter as SQL over a row of the log. */
export function changesWhere({ subjectTypes, kinds, subjectIds, authority }: ChangeFilter, row: Sql): Sql {
  const parts: Sql[] = [];
  if (subjectTypes) parts.push(sql`${row}.subject_type = any(${subjectTypes}::text[])`);
  if (kinds) parts.push(sql`${row}.kind = any(${kinds}::text[])`);
  if (subjectIds) parts.push(sql`${row}.subject_id = any(${subjectIds}::text[])`);
  if (authority != null) parts.push(sql`${row}.authorities @> ${[authority]}::text[]`);
  return parts.length ? join(parts, ' and ') : sql`true`;
}

/** The same filter over a change in memory: what subscribers are told is decided without asking the database. */
export function matches({ subjectTypes, kinds, subjectIds, authority }: ChangeFilter, change: Change): boolean {
  return (
    (subjectTypes?.includes(change.subjectType) ?? true) &&
    (kinds?.includes(change.kind) ?? true) &&
    (subjectIds?.includes(change.subjectId) ?? true) &&
    (authority == null || change.authorities.includes(authority))
  );
}
