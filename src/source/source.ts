import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Node } from '../graph/record/node.js';
import { Cost } from '../graph/schema/cost.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { HttpUrl } from '../graph/types/url.js';

// Read with its citation.
@Entity({ tableName: 'source' })
@Cost(0)
@ObjectType({ implements: Node, description: 'A publication that supports facts of the register.' })
export class Source implements Node {
  @PrimaryKey({ type: 'text' })
  id!: string;

  @Property({ type: 'text' })
  @Field(() => String, { description: 'Title of the publication, in its own language.' })
  title!: string;

  @Property({ type: 'text' })
  @Field(() => String, { description: 'Publisher, such as a municipality or a newspaper.' })
  publisher!: string;

  @Property({ type: 'text', nullable: true })
  @Field(() => HttpUrl, {
    nullable: true,
    description: 'Web address. Null if only a copy was consulted.',
  })
  url!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, { nullable: true, description: 'Publication date. Null if unknown.' })
  publishedOn!: string | null;
}
