import { Args, type ClassType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { keyNameOf, seesKeyNames } from '../access/key-name.js';
import type { Context } from '../context.js';
import { RequiresColumns } from '../graph/read/requires-columns.js';
import { labelIn, labelLanguage } from '../graph/record/label.js';
import { AssumedSize, Cost } from '../graph/schema/cost.js';
import { InLanguage, Language, languageDescription } from '../graph/types/names.js';
import { Change } from './change.js';
import { Difference } from './difference.js';
import { FieldChange } from './field-change.js';
import { type ChangedField, FieldChangeLabels } from './field-change.resolver.js';
import { subjectLabel } from './subject-label.js';

/** A record, and fields of it. */
interface ChangedRecord {
  subjectId: string;
  fields: readonly FieldChange[];
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
      'The name of the key that made the change, also of a revoked one. Null for other actors, and for clients whose key or token has no scope but `read` and `webhook:manage`: names of keys are not public.',
  })
  actorName(
    @Root() { actor }: Change,
    @Ctx() { em, identity, operationState }: Context,
  ): Promise<string | null> | null {
    const name = seesKeyNames(identity) ? keyNameOf(em, actor) : null;
    // The redaction of a name alone is no change of the log, which would outdate a cached response.
    if (name) operationState.isMomentary = true;
    return name;
  }
}

/** The resolvers of labels in the change log. */
export const changeLabelResolvers = [
  subjectLabels(() => Change),
  subjectLabels(() => Difference),
  ChangeLabels,
  FieldChangeLabels,
] as const;
