import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';
import { PartialDate } from '../graph/types/partial-date.js';
import { HttpUrl } from '../graph/types/url.js';

@Entity({ tableName: 'source' })
@ObjectType({ description: 'Something that was published and carries facts of the register.' })
export class Source {
  @PrimaryKey({ type: 'text' })
  @Field(() => ID, { description: 'Its id in the register.' })
  id!: string;

  @Property({ type: 'text' })
  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Property({ type: 'text' })
  @Field(() => String, { description: 'Who published it.' })
  publisher!: string;

  @Property({ type: 'text', nullable: true })
  @Field(() => HttpUrl, {
    nullable: true,
    description: 'Where it can be read; null where only a copy of it was seen.',
  })
  url!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, { nullable: true, description: 'When it was published; null when that is unknown.' })
  publishedOn!: string | null;
}
