import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { codeList } from '../graph/types/code-list.js';
import { Language, MESSAGE_LANGUAGE } from '../graph/types/names.js';
import { Rule } from '../graph/types/rule.js';
import { type Message, type MessageParams, renderMessage } from '../messages/message.js';
import type { Rule as RuleName } from '../messages/rules.js';
import { ReferringRecords } from './referring-records.js';

export enum UserErrorCode {
  CONFLICT = 'CONFLICT',
  NOT_FOUND = 'NOT_FOUND',
  INVALID = 'INVALID',
  DUPLICATE = 'DUPLICATE',
  OVERLAPPING_PERIOD = 'OVERLAPPING_PERIOD',
  EVIDENCE_REQUIRED = 'EVIDENCE_REQUIRED',
  KEY_REUSED = 'KEY_REUSED',
  FORBIDDEN = 'FORBIDDEN',
  REFERRED_TO = 'REFERRED_TO',
}
codeList('UserErrorCode', UserErrorCode, 'Reason why a mutation wrote nothing.', {
  CONFLICT: [
    'The record has another version than the one that you read. The payload has the present record.',
    'Intussen gewijzigd',
    'Changed since',
    '已被更改',
  ],
  NOT_FOUND: ['There is no record with this id.', 'Niet gevonden', 'Not found', '未找到'],
  INVALID: ['A value breaks a rule of the register; `rule` names it.', 'Ongeldig', 'Invalid', '无效'],
  DUPLICATE: ['The register already contains this record or link.', 'Bestaat al', 'Exists already', '已存在'],
  OVERLAPPING_PERIOD: [
    'The date overlaps a recorded period of the partnership.',
    'Overlappende periode',
    'Overlapping period',
    '时期重叠',
  ],
  EVIDENCE_REQUIRED: [
    'A change of status requires `reason` or `source`.',
    'Onderbouwing vereist',
    'Evidence required',
    '须有依据',
  ],
  KEY_REUSED: [
    'The `idempotencyKey` was already used for a different call.',
    'Sleutel al gebruikt',
    'Key used before',
    '键已使用过',
  ],
  FORBIDDEN: [
    'The key is bound to authorities that the record does not touch; `viewer { boundTo }` has them.',
    'Niet toegestaan',
    'Not allowed',
    '不允许',
  ],
  REFERRED_TO: [
    'Other records refer to the record that is to be withdrawn; `referring` has them.',
    'Er wordt naar verwezen',
    'Referred to',
    '被引用',
  ],
});

@ObjectType({ description: 'An error in the input, because of which nothing was written.' })
export class UserError {
  @Field(() => UserErrorCode, { description: 'Kind of error, for use in code.' })
  code!: UserErrorCode;
  @Field(() => Rule, { description: 'The rule that is broken. `codeLists` has its label in each language.' })
  rule!: RuleName;
  @Field(() => GraphQLJSON, {
    description:
      'What the message names, by parameter: a JSON object of texts and numbers, such as {"field": "startedOn", "today": "2026-11-24"}. For messages of your own.',
  })
  params!: MessageParams;
  @Field(() => [String], {
    description:
      'Path of the value in the arguments, such as ["input", "since"] or ["input", "organisations", "1"]. ["input"] for an error of several values together.',
  })
  path!: string[];
  @Field(() => Int, {
    nullable: true,
    description: 'Version of the present record, which the payload has. Null unless `code` is `CONFLICT`.',
  })
  currentVersion?: number;
  @Field(() => [String], {
    nullable: true,
    description:
      'All fields of the record that were changed after the version that you read, whether or not this call sets them. Null unless `code` is `CONFLICT`, and for a version that does not exist yet.',
  })
  changedFields?: string[];
  @AssumedSize(8)
  @Field(() => [ReferringRecords], {
    nullable: true,
    description:
      'The records that refer to the one that is to be withdrawn, by type and field: change or withdraw them first. Null unless `code` is `REFERRED_TO`.',
  })
  referring?: ReferringRecords[];
}

@Resolver(() => UserError)
export class UserErrorResolver {
  @FieldResolver(() => String, {
    description: 'What is wrong and what to do, in words for an editor; fields have their labels in Dutch and Chinese.',
  })
  message(
    @Root() error: UserError,
    @Arg('language', () => Language, {
      nullable: true,
      description:
        'The language. Default: that of the header `Accept-Language` if it is Dutch, English or Chinese, else English. PINYIN is English.',
    })
    language: Language | null | undefined,
    @Ctx() { messageLanguage }: Context,
  ): string {
    return renderMessage(error, language ? MESSAGE_LANGUAGE[language] : messageLanguage);
  }
}

/** Creates the error of one field of the input; `field` may be a path such as `names.zh`, or empty for the input as a whole. */
export function userError(code: UserErrorCode, field: string, { rule, params }: Message): UserError {
  return { code, rule, params, path: ['input', ...field.split('.').filter(Boolean)] };
}

/** Thrown by a command to reject the write: the transaction is rolled back and the client receives the errors. */
export class WriteRejected extends Error {
  /** @param record The present record, for a client that read another version of it. */
  constructor(
    readonly errors: UserError[],
    readonly record: object | null = null,
  ) {
    super(errors.map(error => renderMessage(error, 'en')).join(' '));
  }
}

/** Creates the rejection of one field of the input. */
export function rejectField(code: UserErrorCode, field: string, problem: Message): WriteRejected {
  return new WriteRejected([userError(code, field, problem)]);
}
