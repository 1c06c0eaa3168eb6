import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { constantArgumentsOf } from './constant-arguments.js';
import { Selection } from './selection.js';
import { takesInfo } from './takes-info.js';

/** What a plan is made from; equal for all that are made of one document. */
export interface PlanSource {
  schema: GraphQLSchema;
  fragments: Record<string, FragmentDefinitionNode>;
  /** Values of the variables that decide which fields are there. */
  variables: Record<string, unknown>;
}

/** The fields that an operation asks of objects of one type. */
export interface ObjectPlan {
  type: GraphQLObjectType;
  fields: readonly FieldPlan[];
}

/** One field of a selection, with everything about it that does not depend on the object. */
export interface FieldPlan {
  /** What it is called in the result. */
  key: string;
  nodes: readonly FieldNode[];
  parent: GraphQLObjectType;
  definition: GraphQLField<unknown, unknown>;
  resolve: GraphQLFieldResolver<unknown, unknown> | undefined;
  /** Whether its resolver may look at its `info`. */
  takesInfo: boolean;
  type: TypePlan;
  /** Its arguments, as the same object in every run; undefined when a variable stands in them. */
  constantArguments: (() => Record<string, unknown>) | undefined;
}

interface Nullable {
  nullable: boolean;
  /** How its type is written. */
  name: string;
  /** What is asked of it, or of its items; a leaf is asked for nothing. */
  selection: Selection | undefined;
}

/** How a value becomes part of the result. */
export type TypePlan = Nullable &
  (
    | { kind: 'text' | 'leaf'; type: GraphQLLeafType }
    | { kind: 'list'; item: TypePlan }
    | { kind: 'object'; type: GraphQLObjectType; plan: () => ObjectPlan }
    | { kind: 'abstract'; type: GraphQLAbstractType; planOf: (type: GraphQLObjectType) => ObjectPlan }
  );

/** The plan of an operation's root. */
export function rootPlan(source: PlanSource, type: GraphQLObjectType, selections: SelectionSetNode): ObjectPlan {
  const { schema, fragments, variables } = source;
  return objectPlan(source, type, collectFields(schema, fragments, variables, type, selections));
}

function objectPlan(
  source: PlanSource,
  parent: GraphQLObjectType,
  collected: ReadonlyMap<string, readonly FieldNode[]>,
): ObjectPlan {
  const fields: FieldPlan[] = [];
  for (const [key, nodes] of collected) {
    const definition = definitionOf(source.schema, parent, (nodes[0] as FieldNode).name.value);
    // Validation keeps unknown fields out; a reader of an older schema gets none, as GraphQL has it.
    if (!definition) continue;
    const { resolve } = definition;
    const type = typePlan(source, definition.type, nodes);
    const constantArguments = constantArgumentsOf(definition, nodes[0] as FieldNode);
    fields.push({ key, nodes, parent, definition, resolve, takesInfo: takesInfo(resolve), type, constantArguments });
  }
  return { type: parent, fields };
}

function definitionOf(schema: GraphQLSchema, parent: GraphQLObjectType, name: string) {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (parent === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return parent.getFields()[name];
}

function typePlan(source: PlanSource, type: GraphQLOutputType, nodes: readonly FieldNode[]): TypePlan {
  const nullable = !isNonNullType(type);
  const its = isNonNullType(type) ? type.ofType : type;
  const name = String(its);
  if (isListType(its)) {
    const item = typePlan(source, its.ofType, nodes);
    return { kind: 'list', nullable, name, item, selection: item.selection };
  }
  if (isLeafType(its)) {
    const isText = its === GraphQLString || its === GraphQLID;
    return { kind: isText ? 'text' : 'leaf', type: its, nullable, name, selection: undefined };
  }
  const plans = new Map<GraphQLObjectType, ObjectPlan>();
  const planOf = (one: GraphQLObjectType): ObjectPlan => {
    let found = plans.get(one);
    if (!found) {
      const { schema, fragments, variables } = source;
      found = objectPlan(source, one, collectSubfields(schema, fragments, variables, one, nodes));
      plans.set(one, found);
    }
    return found;
  };
  if (isObjectType(its)) {
    let only: ObjectPlan | undefined;
    const plan = () => {
      only ??= planOf(its);
      return only;
    };
    return { kind: 'object', type: its, nullable, name, plan, selection: new Selection(() => [plan()]) };
  }
  const selection = new Selection(() => source.schema.getPossibleTypes(its).map(planOf));
  return { kind: 'abstract', type: its, nullable, name, planOf, selection };
}
