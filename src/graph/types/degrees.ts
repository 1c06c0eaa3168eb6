import { GraphQLScalarType, Kind } from 'graphql';
import { GraphQLLatitude, GraphQLLongitude } from 'graphql-scalars';

/** Returns a scalar of graphql-scalars with another description. Its literals can be integers too: `52` as well as `52.0`. */
const degrees = (scalar: GraphQLScalarType, description: string) =>
  new GraphQLScalarType({
    ...scalar.toConfig(),
    description,
    parseLiteral: (node, variables) =>
      node.kind === Kind.INT ? scalar.parseValue(Number(node.value)) : scalar.parseLiteral(node, variables),
  });

export const Latitude = degrees(GraphQLLatitude, 'Latitude in decimal degrees, from -90 to 90, such as 51.9225.');

export const Longitude = degrees(GraphQLLongitude, 'Longitude in decimal degrees, from -180 to 180, such as 4.4792.');
