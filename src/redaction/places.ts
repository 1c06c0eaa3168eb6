import { Field, ID, Int, ObjectType } from 'type-graphql';
import { SubjectType } from '../change/change.js';
import { codeList } from '../graph/types/code-list.js';
import { subjectTypeOf } from './fields.js';

export enum RedactionStore {
  RECORD = 'RECORD',
  VERSION = 'VERSION',
  CHANGE = 'CHANGE',
  ANSWER = 'ANSWER',
  KEY = 'KEY',
  PROPOSAL = 'PROPOSAL',
}
codeList('RedactionStore', RedactionStore, 'Kind of place that held a redacted text.', {
  RECORD: ['The record as it is now, with its citations.', 'Record', 'Record', '记录'],
  VERSION: ['An earlier version of the record, or of a proposal.', 'Eerdere versie', 'Earlier version', '历史版本'],
  CHANGE: ['A change in the change log.', 'Wijziging in het logboek', 'Change in the log', '变更日志中的变更'],
  ANSWER: [
    'The stored result of a call with an `idempotencyKey`.',
    'Bewaard antwoord',
    'Stored result of a call',
    '已存储的调用结果',
  ],
  KEY: ['The name of a key.', 'Naam van een sleutel', 'Name of a key', '密钥名称'],
  PROPOSAL: ['A proposal or one of its rows.', 'Voorstel', 'Proposal', '提案'],
});

@ObjectType({ description: 'A field of a record that held what was redacted, with the number of places.' })
export class RedactedPlace {
  @Field(() => RedactionStore, { description: 'Kind of place.' })
  store!: RedactionStore;
  @Field(() => SubjectType, { nullable: true, description: 'Type of the record. Null for keys and proposals.' })
  subjectType!: SubjectType | null;
  @Field(() => ID, { nullable: true, description: 'Id of the record. Null for keys and proposals.' })
  subjectId!: string | null;
  @Field(() => String, {
    description:
      'Name of the field: a value of the code list `Field`. `reason` is that of a change, `name` that of a key; of a proposal, `reason` is its message, `place` that of a row, `proposed` the name of a column that the register does not have, and a column of its rows is shown without what follows its first point.',
  })
  field!: string;
  @Field(() => Int, { description: 'The number of values: rows, versions, or values before and after a change.' })
  count!: number;
  @Field(() => String, {
    nullable: true,
    description:
      'Up to 120 characters of the first text found, around what is redacted: to check a dry run. Null unless `dryRun` is true.',
  })
  excerpt!: string | null;
}

const EXCERPT_LENGTH = 120;

/** Counts the places of a redaction, by record and field. */
export class Places {
  readonly #places = new Map<string, RedactedPlace>();

  /** @param index Where in the text it is; -1 for a web address, whose encoded form holds it. */
  add(store: RedactionStore, id: string | undefined, field: string, text: string, index: number): void {
    const key = JSON.stringify([store, id, field]);
    const place = this.#places.get(key);
    if (place) {
      place.count += 1;
      return;
    }
    const start = Math.max(0, index - EXCERPT_LENGTH / 2);
    this.#places.set(key, {
      store,
      subjectType: (id === undefined ? undefined : subjectTypeOf(id)) ?? null,
      subjectId: id ?? null,
      field,
      count: 1,
      excerpt: text.slice(start, start + EXCERPT_LENGTH).toWellFormed(),
    });
  }

  /** Returns the places in the order of records, fields and stores. */
  list(): RedactedPlace[] {
    const keyOf = ({ subjectId, field, store }: RedactedPlace) => `${subjectId ?? '~'} ${field} ${store}`;
    return [...this.#places.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }
}
