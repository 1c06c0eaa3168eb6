import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
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
import { costOf, type ListSize, listSizeOf } from '../graph/schema/cost.js';
import { argumentWeight } from './argument-weight.js';
import { type CostNode, type CostPlan, estimatedCost } from './cost.js';
import { type Length, lengthOf } from './list-length.js';

/** The base cost of a mutation, without its selection. */
const MUTATION_COST = 10;
/** The list size of `_entities`: one record per representation. */
const ENTITIES_SIZE: ListSize = { assumedSize: undefined, slicingArguments: ['representations'], sizedFields: [] };
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
  planner.visitSelectionSet(operation.selectionSet, type, undefined, drafts);
  const base = operation.operation === OperationTypeNode.MUTATION ? MUTATION_COST : 0;
  const plan: CostPlan = { base, fields: toCostNodes(drafts), fixed: undefined };
  if (!planner.needsVariables) plan.fixed = estimatedCost(plan, {});
  return plan;
}

/** The fields that contain the list of their parent field, with its length: `nodes` and `edges` of a connection. */
type SizedFields = { names: readonly string[]; length: Length } | undefined;
/** Cost nodes under construction, by response name and arguments. */
type Drafts = Map<string, Omit<CostNode, 'children'> & { children: Drafts }>;

/** Returns the nodes that have a cost, or children with one. */
function toCostNodes(drafts: Drafts): CostNode[] {
  return [...drafts.values()]
    .map(draft => ({ ...draft, children: toCostNodes(draft.children) }))
    .filter(({ weight, argumentWeight, children }) => weight !== 0 || argumentWeight || children.length);
}

const SINGLE: Length = () => 1;

class Planner {
  /** Set if a list length or a filter depends on a variable. */
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

  visitSelectionSet(
    { selections }: SelectionSetNode,
    parent: GraphQLNamedType,
    sizedFields: SizedFields,
    drafts: Drafts,
  ): void {
    for (const selection of selections) {
      if (isAlwaysSkipped(selection.directives)) continue;
      if (selection.kind === Kind.FIELD) {
        this.#visitField(selection, parent, sizedFields, drafts);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
      const type = fragment?.typeCondition ? this.schema.getType(fragment.typeCondition.name.value) : parent;
      if (fragment && type) this.visitSelectionSet(fragment.selectionSet, type, sizedFields, drafts);
    }
  }

  #visitField(node: FieldNode, parent: GraphQLNamedType, sizedFields: SizedFields, drafts: Drafts): void {
    const name = node.name.value;
    const key = (node.alias ?? node.name).value;
    const introspectionCost = INTROSPECTION_COSTS[name];
    if (introspectionCost) {
      drafts.set(key, {
        key,
        weight: introspectionCost,
        argumentWeight: undefined,
        instances: SINGLE,
        children: new Map(),
      });
      return;
    }
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!field) return;
    const type = getNamedType(field.type);
    const listSize = name === '_entities' ? ENTITIES_SIZE : listSizeOf(field);
    const size = listSize && lengthOf(listSize, field, node, this.defaults);
    if (size?.needsVariables) this.needsVariables = true;
    const draftKey = `${key}(${node.arguments?.map(print).join()})`;
    let draft = drafts.get(draftKey);
    if (!draft) {
      const isList = isListType(getNullableType(field.type));
      const instances = !isList
        ? SINGLE
        : sizedFields?.names.includes(name)
          ? sizedFields.length
          : (size?.length ?? SINGLE);
      const weight = costOf(field) ?? (isCompositeType(type) ? (costOf(type) ?? 1) : 0);
      const weighed = argumentWeight(field, node, this.defaults);
      if (weighed?.needsVariables) this.needsVariables = true;
      draft = { key, weight, argumentWeight: weighed?.weight, instances, children: new Map() };
      drafts.set(draftKey, draft);
    }
    const childSizes = listSize && size ? { names: listSize.sizedFields, length: size.length } : undefined;
    if (node.selectionSet) this.visitSelectionSet(node.selectionSet, type, childSizes, draft.children);
  }
}

/** Returns true if a literal `@skip(if: true)` or `@include(if: false)` excludes a selection. */
function isAlwaysSkipped(directives: readonly DirectiveNode[] | undefined): boolean {
  for (const { name, arguments: args } of directives ?? []) {
    const value = args?.[0]?.value;
    if (value?.kind !== Kind.BOOLEAN) continue;
    if ((name.value === 'skip' && value.value) || (name.value === 'include' && !value.value)) return true;
  }
  return false;
}
