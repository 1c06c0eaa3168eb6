import { type ClassType, Field, ID, InputType, Int } from 'type-graphql';
import { PartialDate } from '../graph/types/partial-date.js';
import { HttpUrl } from '../graph/types/url.js';
import { withLimit } from './text-limits.js';

@InputType({ description: 'A source that supports the written values.' })
export class SourceInput {
  @Field(() => String, { description: withLimit('Title of the source.', 'source.title') })
  title!: string;
  @Field(() => String, { description: withLimit('Publisher of the source.', 'source.publisher') })
  publisher!: string;
  @Field(() => HttpUrl, { nullable: true, description: 'Web address of the source.' })
  url?: string | null;
  @Field(() => PartialDate, { nullable: true, description: 'Publication date.' })
  publishedOn?: string | null;
  @Field(() => [String], {
    nullable: true,
    description: 'Names of the fields that the source supports. Default: the fields that this mutation changes.',
  })
  supports?: string[] | null;
}

@InputType({
  description:
    'A name or text in each known language; at least one is required. Replaces all earlier names, aliases included.',
})
export class NamesInput {
  @Field(() => String, { nullable: true, description: 'In Dutch.' })
  nl?: string | null;
  @Field(() => String, { nullable: true, description: 'In English.' })
  en?: string | null;
  @Field(() => String, { nullable: true, description: 'In Chinese, in simplified characters.' })
  zh?: string | null;
  @Field(() => String, { nullable: true, description: 'In Chinese, in Latin letters without tone marks.' })
  pinyin?: string | null;
  @Field(() => [String], { nullable: true, description: 'Other names. Search finds them too.' })
  aliases?: string[] | null;
}

/** Fields of the input of every mutation. */
@InputType()
export class WriteInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Unique key for this call, chosen by the client, at most 255 characters. A repeated call with the same key returns the first result and writes nothing.',
  })
  idempotencyKey?: string | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Validates the input and returns the full result, without writing anything.',
  })
  dryRun!: boolean;
  @Field(() => String, {
    nullable: true,
    description: withLimit('Reason for the change. Stored in the change log.', 'reason'),
  })
  reason?: string | null;
  @Field(() => SourceInput, {
    nullable: true,
    description: 'Source of the written values. Stored as a citation of the record.',
  })
  source?: SourceInput | null;
}

/** Fields of the input of every mutation of an existing record. */
@InputType()
export class ExistingInput extends WriteInput {
  @Field(() => ID, { description: 'Id of the record.' })
  id!: string;
  @Field(() => Int, {
    description:
      'The `version` that you have read. If the record has changed since, nothing is written and the error is `CONFLICT`.',
  })
  expectedVersion!: number;
}

/** Fields of the input of every mutation of the status of a partnership. */
@InputType()
export class StatusInput extends ExistingInput {
  @Field(() => PartialDate, {
    description: 'First day of the new status, not in the future. Requires `reason` or `source`.',
  })
  since!: string;
}

/** The facts of a concept that can be written: type and description by field name. */
export type WritableFacts = Record<string, [type: () => unknown, description: string]>;

/** Returns the description of a fact, with the limit of its texts. Limits of ids, dates and web addresses are in their types. */
function factDescription(field: string, type: unknown, description: string): string {
  const item = Array.isArray(type) ? type[0] : type;
  if (item !== String && item !== NamesInput) return description;
  return withLimit(description, field, item !== type || item === NamesInput);
}

/**
 * Declares an input type with the writable facts of a concept.
 *
 * @param base The class whose fields it inherits.
 * @param required The facts that are non-null.
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
  for (const [field, [type, text]] of Object.entries(facts)) {
    const nullable = !required.includes(field);
    Field(type as never, { nullable, description: factDescription(field, type(), text) })(Input.prototype, field);
  }
  return Input as ClassType<Base & Record<string, unknown>>;
}

/** Declares an input type of a mutation that changes the status of a partnership. */
export function statusInput(name: string, description: string, facts: WritableFacts): ClassType<StatusInput> {
  return factsInput(name, description, StatusInput, facts);
}

/**
 * Declares the input type of the mutation that withdraws a record.
 *
 * @param concept The name of its type, such as `Authority`.
 */
export function withdrawalInput(concept: string): ClassType<ExistingInput> {
  const description = `The ${concept.toLowerCase()} to withdraw, and the reason.`;
  return factsInput(`Withdraw${concept}Input`, description, ExistingInput, {
    source: [() => SourceInput, 'Refused: a withdrawn record has no citations. Name the source in `reason`.'],
  });
}
