import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';

/** A time with its date. Serialises a `Date`, or the text that PostgreSQL returns. */
export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  description: 'Date and time in UTC, as RFC 3339 writes it: `2026-11-24T14:52:01.123Z`.',
  serialize: value => GraphQLDateTimeISO.serialize(typeof value === 'string' ? new Date(value) : value),
});
