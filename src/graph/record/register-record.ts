import { raw } from '@mikro-orm/core';
import { PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int } from 'type-graphql';
import { DateTime } from '../types/date-time.js';

/** Returns the current time of the database's clock, which all instances share. */
export function databaseTime(): Date {
  // MikroORM puts the expression into the statement and reads the value back.
  return raw('now()') as unknown as Date;
}

/** The base of all records of the register. In rows read by `queryRows`, timestamps are text. */
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

/** Class decorator: adds the fields `version`, `createdAt` and `updatedAt`. */
export function recordFields(target: abstract new () => RegisterRecord): void {
  const addField = (name: string, type: () => unknown, description: string) =>
    Field(type as never, { description })(target.prototype, name);
  addField(
    'version',
    () => Int,
    'Incremented by each change, starting at 1. Send it as `expectedVersion` when you change the record.',
  );
  addField('createdAt', () => DateTime, 'When the record was added to the register.');
  addField('updatedAt', () => DateTime, 'When the record last changed.');
}
