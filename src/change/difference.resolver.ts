import sql from 'sql-template-tag';
import { Args, ArgsType, Ctx, Field, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { PageArgs } from '../graph/list/page.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { nullOnError } from '../graph/schema/null-on-error.js';
import { columnsOf } from '../graph/sql/columns.js';
import { grouped, loaderByArguments } from '../graph/sql/loader.js';
import { queryRows } from '../graph/sql/query.js';
import { Change } from './change.js';
import { changedFields } from './change-labels.resolver.js';
import { Difference, DifferenceConnection, DifferenceFilter, type LogRange } from './difference.js';
import { readDifferenceArgs } from './difference-args.js';
import { differencesBetween } from './difference-list.js';
import { inRange } from './difference-query.js';
import { FieldChange } from './field-change.js';
import type { ChangedField } from './field-change.resolver.js';
import { latestPosition } from './log-reader.js';

/** The changes of one record that an answer has at most: the newest ones. */
const MAX_CHANGES = 20;

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
    const { moments, filter } = await readDifferenceArgs(em, args);
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

  @AssumedSize(MAX_CHANGES)
  @FieldResolver(() => [Change], {
    description: `The changes of the record between the moments, oldest first: all, or the newest ${MAX_CHANGES} if \`changeCount\` is more.`,
  })
  changes(@Root() { subjectId, range }: Difference, @Ctx() { em }: Context): Promise<Change[]> {
    return changesInRange(em, range).load(subjectId);
  }
}
