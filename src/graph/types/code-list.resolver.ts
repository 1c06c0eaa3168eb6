import { Arg, Args, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { ERROR_CODES } from '../../messages/error-codes.js';
import { type LengthByArguments, SizeByArguments } from '../schema/cost.js';
import {
  codeListNamed,
  codeLists,
  labelList,
  type CodeList as Registered,
  type Code as RegisteredCode,
} from './code-list.js';
import { InLanguage, nameIn } from './names.js';

// No field has the enum: the codes are in `extensions`. In the schema, composition would report it as unused.
labelList(
  'ErrorCode',
  'Code of an error, in `extensions.code`. Branch on it: a code never changes its meaning. No enum of the schema.',
  ERROR_CODES,
);

/** Returns the lists of these names, sorted by name: all without names. */
function listsNamed(names: unknown): Registered[] {
  if (names === null || names === undefined) return codeLists();
  const wanted = new Set<unknown>(Array.isArray(names) ? names : [names]);
  return codeLists().filter(({ name }) => wanted.has(name));
}

const numberOfLists: LengthByArguments = ({ names }) => listsNamed(names).length;
const numberOfCodes = (lists: readonly Registered[]) => lists.reduce((sum, { codes }) => sum + codes.length, 0);
/** Lists differ in length, so that the average counts: all together are as long as they are. */
const averageLength: LengthByArguments = ({ names }) => {
  const lists = listsNamed(names);
  return lists.length ? numberOfCodes(lists) / lists.length : 0;
};

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
  @SizeByArguments({ length: averageLength })
  @Field(() => [Code], { description: 'The values, in the order of the schema.' })
  codes!: Code[];
}

@Resolver(() => Code)
export class CodeListResolver {
  @SizeByArguments({ length: numberOfLists, childLengths: { codes: averageLength } })
  @Query(() => [CodeList], {
    description:
      'Returns all enums that have labels, sorted by name. Use them for select boxes, filters and table cells.',
  })
  codeLists(
    @Arg('names', () => [String], {
      nullable: true,
      description: 'Returns only the enums of these names, such as PartnershipStatus. Unknown names are left out.',
    })
    names: string[] | null,
  ): Registered[] {
    return listsNamed(names);
  }

  @SizeByArguments({ childLengths: { codes: ({ name }) => averageLength({ names: [name] }) } })
  @Query(() => CodeList, {
    nullable: true,
    description: 'Returns one enum with its labels. Null if `codeLists` has no enum with this name.',
  })
  codeList(
    @Arg('name', () => String, { description: 'Name of the enum, such as PartnershipStatus.' }) name: string,
  ): Registered | null {
    return codeListNamed(name) ?? null;
  }

  @FieldResolver(() => String, {
    description: 'Label of the value, in Dutch, English or Chinese; in English for PINYIN.',
  })
  label(@Root() { labels }: RegisteredCode, @Args(() => InLanguage) { language }: InLanguage): string {
    return nameIn(labels, language);
  }
}
