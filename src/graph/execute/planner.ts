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
import { bytesOfPlans } from './plan-memory.js';
import { takesInfo, withoutInfo } from './takes-info.js';

/** The inputs of a plan; equal for all plans of one document. */
export interface PlanSource {
  schema: GraphQLSchema;
  fragments: Record<string, FragmentDefinitionNode>;
  /** The variables in `@skip` and `@include`, of which none is null, and those that are a language. */
  variables: Record<string, unknown>;
  /** True if lists may be a `JsonList`. */
  takesJsonLists: boolean;
  /** Called with the memory of each part of the plan, in bytes, when it is built. */
  onBuilt: (bytes: number) => void;
}

/** Returns the plan of an operation. Plans of nested types are built when they are first used. */
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
    // Validation rejects unknown fields; graphql-js ignores them too.
    if (!fieldDefinition) continue;
    const resolve = fieldDefinition === TypeNameMetaFieldDef ? nameOf(parent) : fieldDefinition.resolve;
    const type = typePlan(source, fieldDefinition.type, fieldNodes);
    const constantArguments = constantArgumentsOf(fieldDefinition, fieldNodes[0] as FieldNode, source.variables);
    fields.push({
      responseName,
      fieldNodes,
      parent,
      fieldDefinition,
      resolve,
      takesInfo: takesInfo(resolve),
      type,
      constantArguments,
      takesJsonLists: source.takesJsonLists,
    });
  }
  source.onBuilt(bytesOfPlans(fields));
  return { type: parent, fields };
}

/** Returns the resolver of `__typename`. That of graphql-js reads it from `info`, which would be built for each object. */
const nameOf = ({ name }: GraphQLObjectType): FieldPlan['resolve'] => withoutInfo(() => name);

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
  const nullableType = isNonNullType(type) ? type.ofType : type;
  const name = String(nullableType);
  if (isListType(nullableType)) {
    const item = typePlan(source, nullableType.ofType, nodes);
    return { kind: 'list', nullable, name, item, selection: item.selection };
  }
  if (isLeafType(nullableType)) {
    const isText = nullableType === GraphQLString || nullableType === GraphQLID;
    return { kind: isText ? 'text' : 'leaf', type: nullableType, nullable, name, selection: undefined };
  }
  const plans = new Map<string, ObjectPlan>();
  const planOf = (objectType: GraphQLObjectType): ObjectPlan => {
    let plan = plans.get(objectType.name);
    if (!plan) {
      const { schema, fragments, variables } = source;
      plan = objectPlan(source, objectType, collectSubfields(schema, fragments, variables, objectType, nodes));
      plans.set(objectType.name, plan);
    }
    return plan;
  };
  if (isObjectType(nullableType)) {
    let cached: ObjectPlan | undefined;
    const plan = () => {
      cached ??= planOf(nullableType);
      return cached;
    };
    return { kind: 'object', type: nullableType, nullable, name, plan, selection: new Selection(() => [plan()]) };
  }
  const selection = new Selection(() => source.schema.getPossibleTypes(nullableType).map(planOf));
  const planOfPossible = (typeName: string) => {
    const possible = source.schema.getPossibleTypes(nullableType).find(({ name }) => name === typeName);
    return possible && planOf(possible);
  };
  return {
    kind: 'abstract',
    type: nullableType,
    takesInfo: takesInfo(nullableType.resolveType ?? undefined),
    nullable,
    name,
    planOf: typeName => plans.get(typeName) ?? planOfPossible(typeName),
    selection,
  };
}
