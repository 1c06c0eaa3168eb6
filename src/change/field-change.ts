import { GraphQLJSON } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'One field of a record, before and after a change.' })
export class FieldChange {
  @Field(() => String, { description: 'Name of the field, such as startedOn: a value of the code list `Field`.' })
  field!: string;
  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'Value before the change. Null if there was no value, or if the record is new.',
  })
  before!: unknown;
  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'Value after the change. Null if there is no value, or if the record was withdrawn.',
  })
  after!: unknown;
}
