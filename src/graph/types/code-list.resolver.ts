import { Arg, Args, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { AssumedSize } from '../schema/cost.js';
import { codeLists, type CodeList as Registered, type Code as RegisteredCode } from './code-list.js';
import { InLanguage, nameIn } from './names.js';

@ObjectType({ description: 'One value of an enum, with its label in each language.' })
class Code {
  @Field(() => String, { description: 'The enum value, as used in responses and arguments.' })
  value!: string;
  @Field(() => String, { description: 'Meaning of the value, in English.' })
  description!: string;
}

@ObjectType({ description: 'An enum of this API, with labels for its values in Dutch, English and Chinese.' })
class CodeList {
  @Field(() => String, { description: 'Name of the enum, such as PartnershipStatus.' })
  name!: string;
  @Field(() => String, { description: 'Meaning of the enum, in English.' })
  description!: string;
  @AssumedSize(30)
  @Field(() => [Code], { description: 'The values, in the order of the schema.' })
  codes!: Code[];
}

@Resolver(() => Code)
export class CodeListResolver {
  @AssumedSize(30)
  @Query(() => [CodeList], {
    description:
      'Returns all enums that have labels, sorted by name. Use them for select boxes, filters and table cells.',
  })
  codeLists(): Registered[] {
    return codeLists();
  }

  @Query(() => CodeList, {
    nullable: true,
    description: 'Returns one enum with its labels. Null if `codeLists` has no enum with this name.',
  })
  codeList(
    @Arg('name', () => String, { description: 'Name of the enum, such as PartnershipStatus.' }) name: string,
  ): Registered | null {
    return codeLists().find(list => list.name === name) ?? null;
  }

  @FieldResolver(() => String, { description: 'Label of the value, in Dutch, English or Chinese.' })
  label(@Root() { labels }: RegisteredCode, @Args(() => InLanguage) { language }: InLanguage): string {
    return nameIn(labels, language);
  }
}
