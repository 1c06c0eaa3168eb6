import { type ClassType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { type ConnectionClass, connectionType } from '../graph/list/connection-type.js';
import { Cost } from '../graph/schema/cost.js';
import { codeList } from '../graph/types/code-list.js';
import { SubjectType } from './change.js';
import type { FieldChange } from './field-change.js';

export enum DifferenceKind {
  CREATED = 'CREATED',
  REVISED = 'REVISED',
  WITHDRAWN = 'WITHDRAWN',
}
codeList('DifferenceKind', DifferenceKind, 'What happened to a record between two moments.', {
  CREATED: ['The record is there at the second moment only.', 'Nieuw', 'New', '新增'],
  REVISED: ['The record is there at both moments, and fields differ.', 'Gewijzigd', 'Changed', '已更改'],
  WITHDRAWN: ['The record is there at the first moment only.', 'Ingetrokken', 'Withdrawn', '已撤回'],
});

/** A part of the log: the changes after one and up to another. */
export interface LogRange {
  /** The id of the last change that is visible at the first moment. */
  from: number;
  /** The id of the last change that is visible at the second moment; null for all that the statement sees. */
  to: number | null;
}

@ObjectType({ description: 'A record that is not the same at two moments.' })
export class Difference {
  @Field(() => SubjectType, { description: 'Type of the record.' })
  subjectType!: SubjectType;

  @Field(() => ID, { description: 'Id of the record.' })
  subjectId!: string;

  @Field(() => DifferenceKind, {
    description: 'Whether the record is new, changed, or withdrawn at the second moment.',
  })
  kind!: DifferenceKind;

  /** Resolved with the id of the record, on which their labels depend. */
  fields!: FieldChange[];

  @Field(() => Int, { description: 'Number of changes of the record between the moments.' })
  changeCount!: number;

  range!: LogRange;
}

@InputType({ description: 'Conditions on differences; all must hold. Conditions that are null are ignored.' })
export class DifferenceFilter {
  @Field(() => [SubjectType], {
    nullable: true,
    description: 'Filters by type of record: one of these. `[]` matches nothing.',
  })
  subjectTypes?: SubjectType[] | null;
  @Field(() => [DifferenceKind], {
    nullable: true,
    description: 'Filters by what happened to the record: one of these. `[]` matches nothing.',
  })
  kinds?: DifferenceKind[] | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'Filters by record: one of these ids (at most 100). `[]` matches nothing.',
  })
  subjectIds?: string[] | null;
  @Field(() => ID, {
    nullable: true,
    description:
      'Filters by authority id: differences of the authority and of its partnerships, exchanges and programmes.',
  })
  authority?: string | null;
  @Field(() => [String], {
    nullable: true,
    description:
      'Filters by field: records in which one of these differs (at most 100 names, as in `FieldChange.field`). Their other fields are shown as well. `[]` matches nothing.',
  })
  fields?: string[] | null;
}

/** The points of a page besides its records: the range of the log is read as a whole. */
const PAGE_COST = 20;

export const DifferenceConnection: ConnectionClass = connectionType('Difference', () => Difference);
Cost(PAGE_COST)(DifferenceConnection as unknown as ClassType);
