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
  @ObjectType(`${name}Edge`, { description: `One ${name} in a list, with its place.` })
  class PlainEdge {
    @Field(() => String, { description: 'The place in the list; give it as `after` or `before`.' })
    cursor!: string;
    @Field(node, { description: 'The record.' })
    node!: Row;
  }
  const EdgeType = edge ?? PlainEdge;
  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name} records.` })
  class ConnectionType extends Connection<Row> {
    @Field(() => [EdgeType], { description: 'The records with their places.' })
    override edges() {
      return super.edges();
    }
    @Field(() => [node()], { description: 'The records alone.' })
    override nodes() {
      return super.nodes();
    }
    @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
    override pageInfo() {
      return super.pageInfo();
    }
    @Cost(5)
    @Field(() => Int, { description: 'How many the whole list holds; counted only when asked for.' })
    override totalCount() {
      return super.totalCount();
    }
  }
  return ConnectionType;
}
