import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLID,
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
import { type FieldPlan, type ObjectPlan, Selection, type TypePlan } from './plan.js';
import { takesInfo } from './takes-info.js';

/** What a plan is made from; equal for all that are made of one document. */
export interface PlanSource {
  schema: GraphQLSchema;
  fragments: Record<string, FragmentDefinitionNode>;
  /** Values of the variables that decide which fields are there. */
  variables: Record<string, unknown>;
}

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
  for (const [responseName, fieldNodes] of collected) {
    const fieldDefinition = definitionOf(source.schema, parent, (fieldNodes[0] as FieldNode).name.value);
    // Validation keeps unknown fields out; a reader of an older schema gets none, as GraphQL has it.
    if (!fieldDefinition) continue;
    const { resolve } = fieldDefinition;
    const type = typePlan(source, fieldDefinition.type, fieldNodes);
    const constantArguments = constantArgumentsOf(fieldDefinition, fieldNodes[0] as FieldNode);
    fields.push({
      responseName,
      fieldNodes,
      parent,
      fieldDefinition,
      resolve,
      takesInfo: takesInfo(resolve),
      type,
      constantArguments,
    });
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
