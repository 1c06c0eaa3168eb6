import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { type UserError, type UserErrorCode, UserErrorResolver } from '../change/user-error.js';
import type { Context } from '../context.js';
import { Language } from '../graph/types/names.js';
import { Rule } from '../graph/types/rule.js';
import type { MessageParams } from '../messages/message.js';
import type { Rule as RuleName } from '../messages/rules.js';

/** A problem of a row, as an item stores it. For clients a type of its own: everybody may read it. */
@ObjectType({ description: 'A rule of the register that a row breaks.' })
export class RowProblem implements UserError {
  code!: UserErrorCode;
  @Field(() => Rule, { description: 'The rule that is broken. `codeLists` has its label in each language.' })
  rule!: RuleName;
  @Field(() => GraphQLJSON, {
    description: 'What the message names, by parameter: a JSON object of texts and numbers. For messages of your own.',
  })
  params!: MessageParams;
  @Field(() => [String], { description: 'The column of the value: ["values", "startedOn"].' })
  path!: string[];
}

const texts = new UserErrorResolver();

@Resolver(() => RowProblem)
export class RowProblemResolver {
  @FieldResolver(() => String, { description: 'What is wrong and what to do, in words for an editor.' })
  message(
    @Root() problem: RowProblem,
    @Arg('language', () => Language, {
      nullable: true,
      description:
        'The language. Default: that of the header `Accept-Language` if it is Dutch, English or Chinese, else English. PINYIN is English.',
    })
    language: Language | null | undefined,
    @Ctx() context: Context,
  ): string {
    return texts.message(problem, language, context);
  }
}
