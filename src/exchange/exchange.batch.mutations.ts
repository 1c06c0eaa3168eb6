import { Arg, type ClassType, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { factsInput, WriteInput } from '../change/input.js';
import { partialInputOf } from '../change/partial-input.js';
import { endDryRun } from '../change/run-transaction.js';
import { UserError } from '../change/user-error.js';
import { asUserErrors } from '../change/user-errors.js';
import type { Context } from '../context.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { forkOfPresent } from '../graph/sql/connection-shares.js';
import { checkReadableBatch, type ExchangeRow } from './exchange.batch.check.js';
import { recordAllExchanges } from './exchange.batch.js';
import { exchangeFacts, requiredOfNewExchange } from './exchange.input.js';
import { ExchangeMutations } from './exchange.mutations.js';

@InputType()
class Row {}
const ExchangeRowInput = factsInput(
  'ExchangeRowInput',
  'The fields of one of several new exchanges.',
  Row as ClassType<WriteInput>,
  exchangeFacts,
  requiredOfNewExchange,
);

@InputType({ description: 'Several new exchanges, of one source and for one reason.' })
export class RecordExchangesInput extends WriteInput {
  @Field(() => [ExchangeRowInput], {
    description:
      'The exchanges: 1 to 1,000, and fewer if their texts are long: the limit of a request body applies. Send a longer list in several calls.',
  })
  rows!: ExchangeRow[];
  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Whether an exchange may have the title, the sides and the start of another one. Otherwise it is an error, `DUPLICATE`.',
  })
  allowDuplicates!: boolean;
}

@ObjectType({ description: 'Result of `recordExchanges`: the new ids, or the errors of all rows.' })
export class RecordExchangesPayload {
  @Field(() => [ID], { description: 'Ids of the new exchanges, in the order of the rows. Empty if there are errors.' })
  exchangeIds!: string[];
  @Field(() => ID, {
    nullable: true,
    description: '`changeSet` of their changes. Null if there are errors.',
  })
  changeSet!: string | null;
  @AssumedSize(5)
  @Field(() => [UserError], {
    description:
      'All that is wrong with the rows; then none was written. `path` has the row, from 0, and the field: ["input", "rows", "3", "startedOn"].',
  })
  userErrors!: UserError[];
}

@Resolver()
class ExchangeBatchMutations {
  @RequiresScope('exchange:write')
  @Mutation(() => RecordExchangesPayload, {
    description: 'Creates many exchanges as one set of changes: all, or none if one of them breaks a rule.',
  })
  async recordExchanges(
    @Arg('input', () => RecordExchangesInput, { description: 'The new exchanges.' }) input: RecordExchangesInput,
    @Ctx() context: Context,
  ): Promise<RecordExchangesPayload> {
    const nothing = { exchangeIds: [], changeSet: null };
    const partial = partialInputOf(input);
    try {
      if (partial) {
        await endDryRun(context);
        return { ...nothing, userErrors: [...(await checkReadableBatch(forkOfPresent(context.em), partial))] };
      }
      return { ...(await recordAllExchanges(context, input)), userErrors: [] };
    } catch (error) {
      return { ...nothing, userErrors: asUserErrors(error) };
    }
  }
}

/** The mutations of exchanges: of one, and of many. */
export const exchangeMutations = [ExchangeMutations, ExchangeBatchMutations] as const;
