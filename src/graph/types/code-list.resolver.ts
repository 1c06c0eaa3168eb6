import { Arg, Args, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { abbreviate, InputError } from '../errors.js';
import { AssumedSize } from '../schema/cost.js';
import { codeLists, type CodeList as Registered, type Code as RegisteredCode } from './code-list.js';
import { InLanguage, nameIn } from './names.js';

@ObjectType({ description: 'One value of a code list, with its label in each language.' })
export class Code {
  @Field(() => String, { description: 'The enum value, as used in responses and arguments.' })
  value!: string;
  @Field(() => String, { description: 'Meaning of the value, in English.' })
  description!: string;
}

@ObjectType({
  description:
    'An enum of this API, with labels for its values in Dutch, English and Chinese. The list `Field` has the labels of fields.',
})
export class CodeList {
  @Field(() => String, { description: 'Name of the enum, such as PartnershipStatus; or Field.' })
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

  @Query(() => CodeList, { description: 'Returns one enum with its labels. An unknown name is an error.' })
  codeList(
    @Arg('name', () => String, { description: 'Name of the enum, such as PartnershipStatus.' }) name: string,
  ): Registered {
    const lists = codeLists();
    const codeList = lists.find(list => list.name === name);
    if (codeList) return codeList;
    throw new InputError(`name is one of ${lists.map(list => list.name).join(', ')}; got ${abbreviate(name)}.`);
  }

  @FieldResolver(() => String, {
    description: 'Label of the value, in Dutch, English or Chinese; in English for PINYIN.',
  })
  label(@Root() { labels }: RegisteredCode, @Args(() => InLanguage) { language }: InLanguage): string {
    return nameIn(labels, language);
  }
}
