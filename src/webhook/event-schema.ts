import { ChangeKind, SubjectType } from '../change/change.js';

const TEXT = { type: 'string' };
const ID = { type: 'string', minLength: 1 };

/** A change in an event. `THIN` webhooks get what is required; the rest is of `FULL` ones. */
const CHANGE = {
  type: 'object',
  required: ['cursor', 'kind', 'subjectType', 'subjectId', 'subjectVersion'],
  properties: {
    cursor: { ...ID, description: 'Position of the change in the log, as `after` of `changes` takes it.' },
    kind: { enum: Object.values(ChangeKind) },
    subjectType: { enum: Object.values(SubjectType) },
    subjectId: { ...ID, description: 'Id of the record.' },
    subjectVersion: {
      type: 'integer',
      description:
        'The version of the record after the change. A copy with this version or a higher one has the change.',
    },
    recordedAt: { type: 'string', format: 'date-time' },
    actor: { ...TEXT, description: 'Who made the change: `seed`, `admin`, `key:<id>` or `token:<subject>`.' },
    reason: { type: ['string', 'null'] },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'before', 'after'],
        properties: { field: TEXT, before: true, after: true },
      },
    },
  },
};

/**
 * The schema of the `data` of events about changes, to which their `dataschema` leads. Properties may be added; an event of
 * another meaning gets another `type`.
 */
export const EVENT_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Data of an event of the register',
  description:
    'One change, or the changes of one set that match the filter of the webhook. The id of the event is the cursor of the last of them, `time` is when they were recorded in the log, and `sequence` sorts as the log does.',
  type: 'object',
  required: ['cursor', 'changeSet', 'count', 'isComplete', 'changes'],
  properties: {
    cursor: {
      ...ID,
      description: 'Cursor of the last change: a client that has processed the event resumes after it.',
    },
    changeSet: { type: ['string', 'null'], description: 'Id of the set of changes that were made as one.' },
    count: { type: 'integer', description: 'The number of changes.' },
    isComplete: {
      type: 'boolean',
      description:
        'False if changes or their fields were left out because of the size of the event: read them by `changes(filter: { changeSets: [changeSet] })`.',
    },
    changes: { type: 'array', items: CHANGE },
  },
};
