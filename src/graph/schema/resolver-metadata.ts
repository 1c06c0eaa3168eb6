import {
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isAbstractType,
  isObjectType,
} from 'graphql';
import type { Param } from './direct-call.js';

type Class = abstract new (...args: never[]) => object;

interface Guarded {
  middlewares?: unknown[];
  roles?: unknown;
}

/** A method that resolves a field. */
export interface Handler extends Guarded {
  target: Class;
  methodName: string;
  schemaName?: string;
  params?: Param[];
}

/** A resolver of a field: a method of the object type itself (`internal`), or of a resolver class (`external`). */
export interface FieldResolverMetadata extends Handler {
  kind: 'internal' | 'external';
  getObjectType?: () => unknown;
}

/** A field that a class declares: its property, and its name in the schema. */
export interface FieldMetadata extends Guarded {
  name: string;
  schemaName: string;
  target: Class;
}

interface ClassMetadata {
  name: string;
  target: Class;
  interfaceClasses?: Class[];
  fields?: FieldMetadata[];
}

interface AbstractTypeMetadata {
  name: string;
  resolveType?: GraphQLTypeResolver<unknown, unknown>;
}

/** The part of type-graphql's metadata that direct resolvers need. */
interface Metadata {
  queries: Handler[];
  mutations: Handler[];
  fieldResolvers: FieldResolverMetadata[];
  objectTypes: ClassMetadata[];
  interfaceTypes: (ClassMetadata & AbstractTypeMetadata)[];
  unions: AbstractTypeMetadata[];
}

type Field = GraphQLField<unknown, unknown>;

/**
 * Returns the metadata that type-graphql's decorators collected. It exports no access to it.
 *
 * @throws Error if it is not where type-graphql 2 stores it: the version changed, and this file must follow.
 */
function readMetadata(): Metadata {
  const { TypeGraphQLMetadataStorage: storage } = globalThis as unknown as {
    TypeGraphQLMetadataStorage?: Partial<Metadata>;
  };
  const { queries, mutations, fieldResolvers, objectTypes, interfaceTypes, unions } = storage ?? {};
  const isComplete = [queries, mutations, fieldResolvers, objectTypes, interfaceTypes, unions].every(Array.isArray);
  if (!isComplete) throw new Error('type-graphql does not store its metadata as version 2 does.');
  return storage as Metadata;
}

/** Yields the fields of `Query` and `Mutation`, each with its handler. */
export function* rootHandlers(schema: GraphQLSchema): Generator<[Field, Handler]> {
  const { queries, mutations } = readMetadata();
  for (const [type, handlers] of [
    [schema.getQueryType(), queries],
    [schema.getMutationType(), mutations],
  ] as const) {
    for (const handler of handlers) {
      const field = type?.getFields()[handler.schemaName ?? handler.methodName];
      if (field) yield [field, handler];
    }
  }
}

/**
 * Yields the fields that object types declare or inherit, each with its resolver, if it has one. A field that a class
 * overrides is yielded twice, the class's own last.
 */
export function* declaredFields(
  schema: GraphQLSchema,
): Generator<{ field: Field; declaration: FieldMetadata; resolver: FieldResolverMetadata | undefined }> {
  const { objectTypes, interfaceTypes, fieldResolvers } = readMetadata();
  const classes = [...interfaceTypes, ...objectTypes];
  const resolversByName = Map.groupBy(fieldResolvers, ({ methodName }) => methodName);
  for (const objectType of objectTypes) {
    const type = schema.getType(objectType.name);
    if (!isObjectType(type)) continue;
    for (const declaration of ancestorsOf(objectType, classes).flatMap(({ fields = [] }) => fields)) {
      const field = type.getFields()[declaration.schemaName];
      const resolver = resolversByName
        .get(declaration.name)
        ?.find(
          ({ kind, target, getObjectType }) =>
            (kind === 'internal' ? target : getObjectType?.()) === declaration.target,
        );
      if (field) yield { field, declaration, resolver };
    }
  }
}

/** Returns an object type's interfaces, with those that they implement, its base classes, and last itself. */
function ancestorsOf({ target, interfaceClasses = [] }: ClassMetadata, classes: ClassMetadata[]): ClassMetadata[] {
  const interfaces = new Set(interfaceClasses);
  for (const implemented of interfaces) {
    const parents = classes.find(type => type.target === implemented)?.interfaceClasses ?? [];
    for (const parent of parents) interfaces.add(parent);
  }
  return classes.filter(
    type =>
      type.target === target || Object.prototype.isPrototypeOf.call(type.target, target) || interfaces.has(type.target),
  );
}

/** Yields the interfaces and unions with the `resolveType` that they were declared with. */
export function* typeResolvers(
  schema: GraphQLSchema,
): Generator<[GraphQLAbstractType, GraphQLTypeResolver<unknown, unknown>]> {
  const { interfaceTypes, unions } = readMetadata();
  for (const { name, resolveType } of [...interfaceTypes, ...unions]) {
    const type = schema.getType(name);
    if (isAbstractType(type) && resolveType) yield [type, resolveType];
  }
}
