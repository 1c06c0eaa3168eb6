import type { EntityManager } from '@mikro-orm/sql';
import type { GraphQLResolveInfo } from 'graphql';
import { Args, type ClassType, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { keyNameOf, seesKeyNames } from '../access/key-name.js';
import type { Context } from '../context.js';
import { RequiresColumns } from '../graph/read/requires-columns.js';
import { labelIn, labelLanguage } from '../graph/record/label.js';
import { AssumedSize, Cost } from '../graph/schema/cost.js';
import type { CodeList as RegisteredList } from '../graph/types/code-list.js';
import { CodeList } from '../graph/types/code-list.resolver.js';
import { fieldHeading } from '../graph/types/field-list.js';
import { InLanguage, Language, languageDescription, languageOf, nameIn } from '../graph/types/names.js';
import { Change, FieldChange } from './change.js';
import { Difference } from './difference.js';
import { codeListOf, factType } from './fact-type.js';
import { holdsRedaction } from './redacted.js';
import { subjectLabel } from './subject-label.js';
import { referencesIn, valueText } from './value-text.js';

/** A record, and fields of it. */
interface ChangedRecord {
  subjectId: string;
  fields: readonly FieldChange[];
}

/** A changed field, and the record that it is a fact of. */
export interface ChangedField extends FieldChange {
  subjectId: string;
}

/** Returns the changed fields of a record with its id, on which their labels depend. */
export const changedFields = ({ fields, subjectId }: ChangedRecord): ChangedField[] =>
  fields.map(({ field, before, after }) => ({ field, before, after, subjectId }));

/** Declares the labels of the record that a type is about, as a separate resolver class. */
function subjectLabels(type: () => ClassType) {
  @Resolver(type)
  class SubjectLabels {
    @Cost(1)
    @FieldResolver(() => String, {
      description:
        'The `label` of the record in one language: as it is now, or as it was when the record was withdrawn. The id, if the log does not have it either.',
    })
    async subjectLabel(
      @Root() { subjectId }: ChangedRecord,
      @Args(() => InLanguage) { language }: InLanguage,
      @Ctx() { em }: Context,
    ): Promise<string> {
      const label = await subjectLabel(em, subjectId);
      return label ? labelIn(label, language) : subjectId;
    }

    @Cost(1)
    @FieldResolver(() => Language, { description: languageDescription('subjectLabel') })
    async subjectLabelLanguage(
      @Root() { subjectId }: ChangedRecord,
      @Args(() => InLanguage) { language }: InLanguage,
      @Ctx() { em }: Context,
    ): Promise<Language> {
      const label = await subjectLabel(em, subjectId);
      return label ? labelLanguage(label, language) : language;
    }
  }
  return SubjectLabels;
}

@Resolver(() => Change)
class ChangeLabels {
  @AssumedSize(20)
  @FieldResolver(() => [FieldChange], { description: 'The changed fields, each with its full value before and after.' })
  fields(@Root() change: Change): ChangedField[] {
    return changedFields(change);
  }

  @RequiresColumns('actor')
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The name of the key that made the change, also of a revoked one. Null for other actors, and for clients whose key or token has no scope: names of keys are not public.',
  })
  actorName(@Root() { actor }: Change, @Ctx() { em, identity }: Context): Promise<string | null> | null {
    return seesKeyNames(identity) ? keyNameOf(em, actor) : null;
  }
}

const VALUE_LABEL =
  'as people read it: labels of codes, fields and records in one language; dates and other texts as they are. Members of a value are separated by semicolons, values by commas, or by line feeds if they have members. Null if there is no value.';

@Resolver(() => FieldChange)
class FieldChangeLabels {
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
function labelOfValue(em: EntityManager, value: unknown, type: ReturnType<typeof factType>, language: Language) {
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

/** The resolvers of labels in the change log. */
export const changeLabelResolvers = [
  subjectLabels(() => Change),
  subjectLabels(() => Difference),
  ChangeLabels,
  FieldChangeLabels,
] as const;
