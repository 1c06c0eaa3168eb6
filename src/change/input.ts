import { type ClassType, Field, ID, InputType, Int } from 'type-graphql';
import { PartialDate } from '../graph/types/partial-date.js';
import { HttpUrl } from '../graph/types/url.js';

@InputType({ description: 'A source that carries what is written.' })
export class SourceInput {
  @Field(() => String, { description: 'Its title.' })
  title!: string;
  @Field(() => String, { description: 'Who published it.' })
  publisher!: string;
  @Field(() => HttpUrl, { nullable: true, description: 'Where it can be read.' })
  url?: string | null;
  @Field(() => PartialDate, { nullable: true, description: 'When it was published.' })
  publishedOn?: string | null;
  @Field(() => [String], {
    nullable: true,
    description: 'The facts it carries; without it, the fields that this call changes.',
  })
  supports?: string[] | null;
}

@InputType({ description: 'Something in each language it is known in.' })
export class NamesInput {
  @Field(() => String, { nullable: true, description: 'In Dutch.' })
  nl?: string | null;
  @Field(() => String, { nullable: true, description: 'In English.' })
  en?: string | null;
  @Field(() => String, { nullable: true, description: 'In Chinese, in simplified characters.' })
  zh?: string | null;
  @Field(() => String, { nullable: true, description: 'In Chinese, in Latin letters.' })
  pinyin?: string | null;
  @Field(() => [String], { nullable: true, description: 'Other names it goes by.' })
  aliases?: string[] | null;
}

/** What every mutation takes. */
@InputType()
export class WriteInput {
  @Field(() => String, {
    nullable: true,
    description:
      'A name of your own for this call, up to 255 characters: calling again with it gives the first answer and changes nothing.',
  })
  idempotencyKey?: string | null;
  @Field(() => Boolean, { defaultValue: false, description: 'Gives the whole answer, and writes nothing.' })
  dryRun!: boolean;
  @Field(() => String, { nullable: true, description: 'Why, in your words; kept with the change.' })
  reason?: string | null;
  @Field(() => SourceInput, {
    nullable: true,
    description: 'The source of what is written; kept as a citation of the record.',
  })
  source?: SourceInput | null;
}

@InputType({ description: 'A record, and the version of it that you have seen.' })
export class ExistingInput extends WriteInput {
  @Field(() => ID, { description: 'The record.' })
  id!: string;
  @Field(() => Int, { description: 'The version you have seen: when it is another by now, nothing is written.' })
  expectedVersion!: number;
}

@InputType({ description: "A change of a tie's status: of which tie, since when, and on what ground." })
export class StatusInput extends ExistingInput {
  @Field(() => PartialDate, { description: 'From which day on. A reason or a source must be given with it.' })
  since!: string;
}

/** The facts of a concept that can be written: type and description by the name of the field. */
export type WritableFacts = Record<string, [type: () => unknown, description: string]>;

/**
 * An input type over facts of a concept.
 *
 * @param base What it takes besides.
 * @param required The facts that must be given.
 */
export function factsInput<Base extends WriteInput>(
  name: string,
  description: string,
  base: ClassType<Base>,
  facts: WritableFacts,
  required: readonly string[] = [],
): ClassType<Base & Record<string, unknown>> {
  @InputType(name, { description })
  class Input extends (base as ClassType) {}
  for (const [field, [type, fieldDescription]] of Object.entries(facts)) {
    Field(type as never, { nullable: !required.includes(field), description: fieldDescription })(
      Input.prototype,
      field,
    );
  }
  return Input as ClassType<Base & Record<string, unknown>>;
}
