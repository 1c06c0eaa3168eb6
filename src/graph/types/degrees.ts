import { GraphQLScalarType } from 'graphql';
import { GraphQLLatitude, GraphQLLongitude } from 'graphql-scalars';

export const Latitude = new GraphQLScalarType({
  ...GraphQLLatitude.toConfig(),
  description: 'Latitude in decimal degrees, from -90 to 90, such as 51.9225.',
});

export const Longitude = new GraphQLScalarType({
  ...GraphQLLongitude.toConfig(),
  description: 'Longitude in decimal degrees, from -180 to 180, such as 4.4792.',
});
