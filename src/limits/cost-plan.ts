import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { costOf } from '../graph/schema/cost.js';
import { argumentWeight } from './argument-weight.js';
import { type Condition, conditionOf } from './condition.js';
import { type CostPlan, estimatedCost } from './cost.js';
import { type Drafts, draftOf, toCostNodes } from './cost-draft.js';
import { type Length, type ListLengths, listLengthsOf } from './list-length.js';

/** The base cost of a mutation, without its selection. */
const MUTATION_COST = 10;
/** The costs of introspection. The `@cost` specification does not cover it. */
const INTROSPECTION_COSTS: Record<string, number> = { __schema: 500, __type: 20 };

/**
 * Builds the cost plan of an operation of a valid document from `@cost` and `@listSize` in the schema. Follows the
 * rules of federation routers, so that both estimates agree. An object weighs 1 and a scalar 0 unless `@cost` says
 * otherwise; the items of a list are multiplied by its maximum length; a mutation adds 10. Equal fields of one
 * selection set are merged in the response, and count once. Conditions of filters are weighed in addition: see
 * {@link argumentWeight}.
 */
export function planCost(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): CostPlan {
  const type = schema.getRootType(operation.operation);
  if (!type) return { base: 0, fields: [], fixed: 0 };
  const defaults = new Map(
    operation.variableDefinitions?.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  );
  const planner = new Planner(schema, document, defaults);
  const drafts: Drafts = new Map();
  planner.visitSelectionSet(operation.selectionSet, { type, lengths: new Map(), condition: undefined, drafts });
  const base = operation.operation === OperationTypeNode.MUTATION ? MUTATION_COST : 0;
  const plan: CostPlan = { base, fields: toCostNodes(drafts), fixed: undefined };
  if (!planner.needsVariables) plan.fixed = estimatedCost(plan, {});
  return plan;
}

/** The context of a selection set. */
interface Place {
  type: GraphQLNamedType;
  /** The lengths of lists that the field around it determines. */
  lengths: ListLengths['children'];
  condition: Condition | undefined;
  drafts: Drafts;
}

class Planner {
  /** Set if a list length, a filter or the inclusion of a field depends on a variable. */
  needsVariables = false;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    private readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
    private readonly defaults: ReadonlyMap<string, ValueNode | undefined>,
  ) {
    const fragments = definitions.filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map(fragment => [fragment.name.value, fragment]));
  }

  visitSelectionSet({ selections }: SelectionSetNode, place: Place): void {
    for (const selection of selections) {
      const condition = conditionOf(selection.directives, place.condition, this.defaults);
      if (condition === 'never') continue;
      if (condition) this.needsVariables = true;
      if (selection.kind === Kind.FIELD) {
        this.#visitField(selection, { ...place, condition });
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
      const type = fragment?.typeCondition ? this.schema.getType(fragment.typeCondition.name.value) : place.type;
      if (fragment && type) this.visitSelectionSet(fragment.selectionSet, { ...place, type, condition });
    }
  }

  #visitField(node: FieldNode, { type: parent, lengths, condition, drafts }: Place): void {
    const name = node.name.value;
    const key = (node.alias ?? node.name).value;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    const introspectionCost = INTROSPECTION_COSTS[name];
    if (!field && !introspectionCost) return;
    // Objects of two types may have different fields of one response name.
    const draftKey = `${key}:${name}(${node.arguments?.map(print).join()})`;
    let draft = drafts.get(draftKey);
    if (condition) draft?.conditions?.add(condition);
    else if (draft) draft.conditions = undefined;
    if (!field) {
      if (!draft) drafts.set(draftKey, draftOf(key, undefined, introspectionCost ?? 0, condition));
      return;
    }
    const size = listLengthsOf(field, node, this.defaults);
    if (size.needsVariables) this.needsVariables = true;
    const instances = isListType(getNullableType(field.type)) ? (lengths.get(name) ?? size.own) : undefined;
    if (draft && instances && draft.field !== field) draft.instances = longer(draft.instances, instances);
    if (!draft) {
      draft = draftOf(key, field, this.#weightOf(field, drafts), condition);
      if (instances) draft.instances = instances;
      draft.isCapped = size.isCapped;
      const weighed = argumentWeight(field, node, this.defaults);
      if (weighed?.needsVariables) this.needsVariables = true;
      draft.argumentWeight = weighed?.weight;
      drafts.set(draftKey, draft);
    }
    if (!node.selectionSet) return;
    const type = getNamedType(field.type);
    this.visitSelectionSet(node.selectionSet, { type, lengths: size.children, condition, drafts: draft.children });
  }

  /** Returns the weight of a field. An object without weight has one if it is selected again, by an alias. */
  #weightOf(field: GraphQLField<unknown, unknown>, drafts: Drafts): number {
    const type = getNamedType(field.type);
    const isObject = isCompositeType(type);
    const weight = costOf(field) ?? (isObject ? (costOf(type) ?? 1) : 0);
    if (weight > 0 || !isObject) return weight;
    return [...drafts.values()].some(draft => draft.field?.name === field.name) ? 1 : 0;
  }
}

/** Returns the larger of two lengths: a record has more citations if it is a partnership. */
const longer =
  (a: Length, b: Length): Length =>
  variables =>
    Math.max(a(variables), b(variables));
