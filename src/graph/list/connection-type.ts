import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { Cost } from '../schema/cost.js';
import { Connection, PageInfo, type PageSource } from './connection.js';

/** A concept's connection class: what its lists are made of, and the GraphQL type they show. */
export type ConnectionClass<Row> = new (source: PageSource<Row>) => Connection<Row>;

/**
 * The Relay connection and edge types of a concept: `<name>Connection`, `<name>Edge`.
 *
 * @param edge A richer edge type than `cursor` and `node`, where a list has something to say of each place.
 */
export function connectionType<Row extends object>(
  name: string,
  node: () => ClassType,
  edge?: ClassType,
): ConnectionClass<Row> {
  @ObjectType(`${name}Edge`, { description: `One ${name} record of a list, with its cursor.` })
  class PlainEdge {
    @Field(() => String, { description: 'Cursor of the record; pass it as `after` or `before`.' })
    cursor!: string;
    @Field(node, { description: 'The record.' })
    node!: Row;
  }
  const EdgeType = edge ?? PlainEdge;
  @ObjectType(`${name}Connection`, { description: `One page of a list of ${name} records.` })
  class ConnectionType extends Connection<Row> {
    @Field(() => [EdgeType], { description: 'Records with their cursors.' })
    override edges() {
      return super.edges();
    }
    @Field(() => [node()], { description: 'Shorthand for `edges { node }`.' })
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
