import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { Args, ArgsType, Ctx, Field, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { abbreviate, graphqlError, InputError } from '../graph/errors.js';
import { PageArgs } from '../graph/list/page.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { nullOnError } from '../graph/schema/null-on-error.js';
import { columnsOf } from '../graph/sql/columns.js';
import { grouped, loaderByArguments } from '../graph/sql/loader.js';
import { momentOf } from '../graph/sql/moment.js';
import { queryRows } from '../graph/sql/query.js';
import { FACT_LABELS } from '../messages/field-labels.js';
import { message } from '../messages/message.js';
import { Change, FieldChange } from './change.js';
import { type ChangedField, changedFields } from './change-labels.resolver.js';
import { Difference, DifferenceConnection, DifferenceFilter, type LogRange } from './difference.js';
import { differencesBetween, type Moments } from './difference-list.js';
import { inRange } from './difference-query.js';
import { checkAuthority, checkFilter } from './filter.js';
import { latestPosition } from './log-reader.js';
import { resolveMoment } from './moment.js';

/** The changes of one record that an answer has at most: the newest ones. */
const MAX_CHANGES = 100;

const MOMENT =
  'an instant with its offset, such as `2026-11-24T14:00:00+01:00`, or the cursor of a change, as `knownAt` takes it';

@ArgsType()
export class DifferenceArgs extends PageArgs {
  @Field(() => String, { description: `The first moment: ${MOMENT}.` })
  from!: string;
  @Field(() => String, {
    nullable: true,
    description: `The second moment, not before the first: ${MOMENT}. Without it, the present, or the moment of \`knownAt\`.`,
  })
  to?: string | null;
  @Field(() => DifferenceFilter, {
    nullable: true,
    description: 'Filters the differences: all conditions must hold.',
  })
  filter?: DifferenceFilter | null;
}

/**
 * Resolves the two moments of a difference.
 *
 * @throws GraphQLError as `resolveMoment` does; BAD_USER_INPUT if the second moment is before the first;
 *   MOMENT_IN_FUTURE if one of them is after the moment that the fork reads.
 */
export async function resolveMoments(
  em: EntityManager,
  { from, to }: { from: string; to?: string | null },
): Promise<Moments> {
  const [first, second] = await Promise.all([resolveMoment(em, from), to == null ? null : resolveMoment(em, to)]);
  if (to != null && second && second.changeId < first.changeId) {
    throw graphqlError('BAD_USER_INPUT', message('MOMENTS_REVERSED', { from: abbreviate(from), to: abbreviate(to) }));
  }
  const knownAt = momentOf(em);
  for (const [text, moment] of [[from, first] as const, [to ?? '', second] as const]) {
    if (knownAt === undefined || !moment || moment.changeId <= knownAt) continue;
    throw graphqlError('MOMENT_IN_FUTURE', message('MOMENT_AFTER_KNOWN_AT', { value: abbreviate(text) }));
  }
  return { from: first.changeId, to: second?.changeId ?? null };
}

const FIELDS = new Set(Object.keys(FACT_LABELS).filter(name => !name.includes('.')));

/** @throws InputError for a name that no field has: the answer would be empty, as if nothing differed. */
export function checkDifferenceFilter(filter: DifferenceFilter | null | undefined): DifferenceFilter {
  const unknown = filter?.fields?.find(name => !FIELDS.has(name));
  if (unknown === undefined) return checkFilter(filter);
  throw new InputError(message('DIFFERENCE_FIELD_UNKNOWN', { path: 'filter.fields', value: abbreviate(unknown) }));
}

/** The changes of records in a range, oldest first: one statement for all records of a level. */
const changesInRange = loaderByArguments<LogRange, string, Change[]>(
  ({ from, to }) => `${from} ${to}`,
  async (em, range, ids) => {
    const rows = await queryRows<Change>(
      em,
      sql`select newest.* from unnest(${[...ids]}::text[]) as subject(id) cross join lateral (
          select ${columnsOf(em, Change, 'c')} from change c
          where c.subject_id = subject.id and ${inRange(range)} order by c.id desc limit ${MAX_CHANGES}) newest
        order by newest.id`,
    );
    return grouped(ids, rows, ({ subjectId }) => subjectId);
  },
);

@Resolver(() => Difference)
export class DifferenceResolver {
  @Query(
    () => DifferenceConnection,
    nullOnError(
      'Returns the records that are not the same at two moments, by id, each with the fields that differ on the whole: what was changed and changed back in between is left out. Applied to a copy of the first moment, it gives the second.',
    ),
  )
  async difference(@Args(() => DifferenceArgs) args: DifferenceArgs, @Ctx() { em }: Context) {
    const filter = checkDifferenceFilter(args.filter);
    const [moments] = await Promise.all([resolveMoments(em, args), checkAuthority(em, filter)]);
    return differencesBetween(em, moments, filter, args, async () => (await latestPosition(em)).id);
  }

  @AssumedSize(20)
  @FieldResolver(() => [FieldChange], {
    description:
      'The fields that differ, each with its value at both moments. All facts of a record that is new or withdrawn.',
  })
  fields(@Root() difference: Difference): ChangedField[] {
    return changedFields(difference);
  }

  @AssumedSize(10)
  @FieldResolver(() => [Change], {
    description: `The changes of the record between the moments, oldest first: all, or the newest ${MAX_CHANGES} if \`changeCount\` is more.`,
  })
  changes(@Root() { subjectId, range }: Difference, @Ctx() { em }: Context): Promise<Change[]> {
    return changesInRange(em, range).load(subjectId);
  }
}
