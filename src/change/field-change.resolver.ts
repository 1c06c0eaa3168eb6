import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { labelIn } from '../graph/record/label.js';
import { Cost } from '../graph/schema/cost.js';
import type { Fork } from '../graph/sql/fork.js';
import type { CodeList as RegisteredList } from '../graph/types/code-list.js';
import { CodeList } from '../graph/types/code-list.resolver.js';
import { fieldHeading } from '../graph/types/field-list.js';
import { InLanguage, Language, languageDescription, languageOf, nameIn } from '../graph/types/names.js';
import { codeListOf, factType } from './fact-type.js';
import { FieldChange } from './field-change.js';
import { holdsRedaction } from './redacted.js';
import { subjectLabel } from './subject-label.js';
import { referencesIn, valueText } from './value-text.js';

/** A changed field, and the record that it is a fact of. */
export interface ChangedField extends FieldChange {
  subjectId: string;
}

const VALUE_LABEL =
  'as people read it: labels of codes, fields and records in one language; dates and other texts as they are. Members of a value are separated by semicolons, values by commas, or by line feeds if they have members. Null if there is no value.';

@Resolver(() => FieldChange)
export class FieldChangeLabels {
  @FieldResolver(() => String, {
    description: 'Label of the field, in Dutch, English or Chinese; in English for PINYIN.',
  })
  label(@Root() { field }: ChangedField, @Args(() => InLanguage) { language }: InLanguage): string {
    return nameIn(fieldHeading(field), language);
  }

  @FieldResolver(() => Language, { description: languageDescription('label') })
  labelLanguage(@Root() { field }: ChangedField, @Args(() => InLanguage) { language }: InLanguage): Language {
    return languageOf(fieldHeading(field), language) ?? language;
  }

  @FieldResolver(() => CodeList, {
    nullable: true,
    description: 'The enum that the values of the field are of. Null for texts, dates, numbers and references.',
  })
  codeList(@Root() { field, subjectId }: ChangedField, @Info() { schema }: GraphQLResolveInfo): RegisteredList | null {
    return codeListOf(factType(schema, subjectId, field)) ?? null;
  }

  @FieldResolver(() => Boolean, {
    description:
      'True if a text of `before` or `after` was redacted: it has the mark `[redacted]`, or is the address `https://redacted.invalid/`.',
  })
  isRedacted(@Root() { before, after }: ChangedField): boolean {
    return holdsRedaction(before) || holdsRedaction(after);
  }

  @Cost(1)
  @FieldResolver(() => String, { nullable: true, description: `The value before the change, ${VALUE_LABEL}` })
  beforeLabel(
    @Root() { field, before, subjectId }: ChangedField,
    @Args(() => InLanguage) { language }: InLanguage,
    @Ctx() { em }: Context,
    @Info() { schema }: GraphQLResolveInfo,
  ) {
    return labelOfValue(em, before, factType(schema, subjectId, field), language);
  }

  @Cost(1)
  @FieldResolver(() => String, { nullable: true, description: `The value after the change, ${VALUE_LABEL}` })
  afterLabel(
    @Root() { field, after, subjectId }: ChangedField,
    @Args(() => InLanguage) { language }: InLanguage,
    @Ctx() { em }: Context,
    @Info() { schema }: GraphQLResolveInfo,
  ) {
    return labelOfValue(em, after, factType(schema, subjectId, field), language);
  }
}

/** Formats a value, after the labels of the records that it refers to are loaded: together for all values of a level. */
function labelOfValue(em: Fork, value: unknown, type: ReturnType<typeof factType>, language: Language) {
  const ids = referencesIn(value, type);
  if (ids.length === 0) return valueText(value, type, language, id => id);
  return Promise.all(ids.map(id => subjectLabel(em, id))).then(loaded => {
    const labels = new Map(loaded.map((label, index) => [ids[index], label]));
    return valueText(value, type, language, id => {
      const label = labels.get(id);
      return label ? labelIn(label, language) : id;
    });
  });
}
