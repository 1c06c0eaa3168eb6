import { Arg, Args, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { abbreviate, InputError } from '../errors.js';
import { AssumedSize } from '../schema/cost.js';
import { codeLists, type CodeList as Registered, type Code as RegisteredCode } from './code-list.js';
import { InLanguage, nameIn } from './names.js';

@ObjectType({ description: 'One value of an enum, and what it is called.' })
class Code {
  @Field(() => String, { description: 'The value, as it stands in answers and arguments.' })
  value!: string;
  @Field(() => String, { description: 'What it means.' })
  description!: string;
}

@ObjectType({ description: 'An enum of this API as a list to show: its values with their names in three languages.' })
class CodeList {
  @Field(() => String, { description: 'The name of the enum, such as PartnershipStatus.' })
  name!: string;
  @Field(() => String, { description: 'What its values say.' })
  description!: string;
  @AssumedSize(30)
  @Field(() => [Code], { description: 'Its values, in the order of the schema.' })
  codes!: Code[];
}

@Resolver(() => Code)
export class CodeListResolver {
  @AssumedSize(30)
  @Query(() => [CodeList], {
    description: 'All enums whose values people read, by name: a front end takes their names from here.',
  })
  codeLists(): Registered[] {
    return codeLists();
  }

  @Query(() => CodeList, { description: 'One enum whose values people read.' })
  codeList(
    @Arg('name', () => String, { description: 'The name of the enum, such as PartnershipStatus.' }) name: string,
  ): Registered {
    const lists = codeLists();
    const found = lists.find(list => list.name === name);
    if (found) return found;
    throw new InputError(`name is one of ${lists.map(list => list.name).join(', ')}; got ${abbreviate(name)}.`);
  }

  @FieldResolver(() => String, { description: 'What it is called: in Dutch, English or Chinese.' })
  label(@Root() { labels }: RegisteredCode, @Args(() => InLanguage) { language }: InLanguage): string {
    return nameIn(labels, language);
  }
}
