import { raw } from '@mikro-orm/core';
import { PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int } from 'type-graphql';

/** A moment; the drivers give it as a Date or as PostgreSQL's own text. */
export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  description: 'Date and time in UTC, as RFC 3339 writes it: `2026-11-24T14:52:01.123Z`.',
  serialize: value => GraphQLDateTimeISO.serialize(typeof value === 'string' ? new Date(value) : value),
});

/** Now, by the database's clock: the same for every instance, whatever its own says. */
export function databaseTime(): Date {
  // The ORM puts it into the statement, and reads back what it came to.
  return raw('now()') as unknown as Date;
}

/** What every record of the register keeps about itself. A row that was read carries timestamps as text. */
export abstract class RegisterRecord {
  @PrimaryKey({ type: 'text' })
  id!: string;

  @Property({ type: 'integer', version: true })
  version!: number;

  @Property({ columnType: 'timestamptz(3)', type: 'datetime', defaultRaw: 'now()' })
  createdAt!: Date;

  @Property({ columnType: 'timestamptz(3)', type: 'datetime', defaultRaw: 'now()', onUpdate: databaseTime })
  updatedAt!: Date;
}

/** Class decorator: shows a record's version and times in the API. */
export function recordFields(target: abstract new () => RegisterRecord): void {
  const show = (name: string, type: () => unknown, description: string) =>
    Field(type as never, { description })(target.prototype, name);
  show(
    'version',
    () => Int,
    'Incremented by each change, starting at 1. Send it as `expectedVersion` when you change the record.',
  );
  show('createdAt', () => DateTime, 'When the record was added to the register.');
  show('updatedAt', () => DateTime, 'When the record last changed.');
}
