import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { Cost } from '../schema/cost.js';
import type { EntityClass } from '../sql/columns.js';
import { Connection, PageInfo, type PageSource } from './connection.js';

/** A concept's connection class, which is also its GraphQL type. */
export type ConnectionClass = new <Row>(source: PageSource<Row>) => Connection<Row>;

/**
 * Returns the Relay connection type of a concept, `<name>Connection`, with edges of type `<name>Edge`.
 *
 * @param edge The edge type, if edges have more fields than `cursor` and `node`, or other types of them.
 */
export function connectionType(name: string, node: () => EntityClass<object>, edge?: ClassType): ConnectionClass {
  @ObjectType(`${name}Edge`, { description: `One ${name} record of a list, with its cursor.` })
  class PlainEdge {
    @Field(() => String, { description: 'Cursor of the record; pass it as `after` or `before`.' })
    cursor!: string;
    @Field(node as () => ClassType, { description: 'The record.' })
    node!: object;
  }
  const EdgeType = edge ?? PlainEdge;
  @ObjectType(`${name}Connection`, { description: `One page of a list of ${name} records.` })
  class ConnectionType<Row> extends Connection<Row> {
    @Field(() => [EdgeType], { description: 'Records with their cursors.' })
    override edges() {
      return super.edges();
    }
    @Field(() => [node() as ClassType], { description: 'Shorthand for `edges { node }`.' })
    override nodes() {
      return super.nodes();
    }
    @Field(() => PageInfo, {
      description: 'First and last cursor of the page, and whether more records follow or precede it.',
    })
    override pageInfo() {
      return super.pageInfo();
    }
    @Cost(5)
    @Field(() => Int, { description: 'Number of records on all pages. Counted only if selected.' })
    override totalCount() {
      return super.totalCount();
    }
  }
  return ConnectionType;
}
