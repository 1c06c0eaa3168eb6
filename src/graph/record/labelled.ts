import { type GraphQLSchema, isObjectType } from 'graphql';
import { Args, Ctx, Field, FieldResolver, ID, InterfaceType, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import { InLanguage, Language, languageDescription } from '../types/names.js';
import { labelIn, labelLanguage, mapLabel } from './label.js';
import { type Identified, recordSourcesByType, resolveNodeType } from './node.js';

@InterfaceType({
  description:
    'A record with a label: the text by which people recognise it in a list, a link or a heading. All record types have one, so that one fragment is enough for mixed results.',
  resolveType: resolveNodeType,
})
export abstract class Labelled implements Identified {
  @Field(() => ID, { description: 'Readable, stable id, such as nl-rotterdam or tie-rotterdam-shanghai.' })
  id!: string;
}

@Resolver(() => Labelled)
export class LabelledResolver {
  @FieldResolver(() => String, {
    description:
      'The label in one language: the name of an authority, programme or organisation, the title of an exchange, the names of both sides of a partnership, such as "Rotterdam – Shanghai".',
  })
  label(@Root() record: Identified, @Args(() => InLanguage) { language }: InLanguage, @Ctx() { em }: Context) {
    return mapLabel(em, record, label => labelIn(label, language));
  }

  @FieldResolver(() => Language, {
    description: `${languageDescription('label')} For a partnership of which one name falls back, the language of that name.`,
  })
  labelLanguage(@Root() record: Identified, @Args(() => InLanguage) { language }: InLanguage, @Ctx() { em }: Context) {
    return mapLabel(em, record, label => labelLanguage(label, language));
  }
}

/** Names the columns of the labels of each type (see `@RequiresColumns`), so that the statement of a record reads them. */
export function declareLabels(schema: GraphQLSchema): void {
  for (const [typename, { label }] of recordSourcesByType()) {
    const type = schema.getType(typename);
    if (!label || !isObjectType(type)) continue;
    const fields = type.getFields();
    for (const field of [fields.label, fields.labelLanguage]) {
      if (field) field.extensions = { ...field.extensions, requiredColumns: label };
    }
  }
}
