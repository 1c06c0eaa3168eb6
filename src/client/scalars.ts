/**
 * The TypeScript type of each scalar of the schema, for `config.scalars` of GraphQL Code Generator. Strings stay strings,
 * because a `PartialDate` (`1979`, `1979-11`) is no `Date`.
 */
export const scalars = {
  ChangeCursor: 'string',
  DateTime: 'string',
  JSON: 'unknown',
  Latitude: 'number',
  Longitude: 'number',
  PartialDate: 'string',
  URL: 'string',
} as const;
