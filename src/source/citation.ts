import sql, { raw } from 'sql-template-tag';
import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { columnsOf, type EntityClass, isOneOf } from '../graph/sql/columns.js';
import type { Fork } from '../graph/sql/fork.js';
import { grouped, loader } from '../graph/sql/loader.js';
import { queryRows } from '../graph/sql/query.js';
import { Source } from './source.js';

@ObjectType({ description: 'A source, with the facts that it supports.' })
export class Citation {
  @Field(() => Source, { description: 'The source.' })
  source!: Source;
  @Field(() => [String], {
    description:
      'The supported facts: names of fields of the record, such as startedOn, whose labels are in the code list `Field`, or short descriptions in English.',
  })
  supports!: string[];
}

/** The columns of `citation` that refer to the cited record; exactly one of them is set. */
export type CitedColumn =
  | 'authority_id'
  | 'partnership_id'
  | 'status_period_id'
  | 'programme_id'
  | 'exchange_id'
  | 'organisation_id';

interface CitationRow extends Source {
  subject: string;
  supports: string[];
}

/**
 * Reads the citations of records, in the order of their ids, without a loader, which would return those that it cached before
 * a write.
 */
export async function readCitations(em: Fork, column: CitedColumn, ids: readonly string[]): Promise<Citation[][]> {
  const subject = raw(column);
  const query = sql`
    select cited.${subject} as subject, cited.supports, ${columnsOf(em, Source, 's')}
    from citation cited join source s on s.id = cited.source_id
    where cited.${subject} ${isOneOf(ids)} order by cited.${subject}, cited.position, cited.id`;
  const rows = await queryRows<CitationRow>(em, query);
  const asCitation = ({ supports, subject: _, ...source }: CitationRow): Citation => ({ source, supports });
  return grouped(ids, rows, row => row.subject).map(group => group.map(asCitation));
}

/**
 * Returns the resolver class of a concept's field `citations`.
 *
 * @param column The column of `citation` that refers to the concept.
 * @param assumedSize The number of citations that the cost of a record assumes: as many as any record has.
 */
export function citationsField(type: () => EntityClass<object>, column: CitedColumn, assumedSize = 5) {
  const byId = loader<string, Citation[]>((em, ids) => readCitations(em, column, ids));
  @Resolver(type)
  class Citations {
    @AssumedSize(assumedSize)
    @FieldResolver(() => [Citation], { description: 'The sources, with the facts that each one supports.' })
    citations(@Root() { id }: { id: string }, @Ctx() { em }: Context) {
      return byId(em).load(id);
    }
  }
  return Citations;
}
