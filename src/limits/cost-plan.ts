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
import { type CostNode, type CostPlan, estimatedCost } from './cost.js';
import { type Length, lengthOf } from './list-length.js';

/** What a mutation costs before anything that it selects. */
const MUTATION = 10;
/** A router's question for records it has the keys of: each of them counts. */
const ENTITIES: ListSize = { assumedSize: undefined, slicingArguments: ['representations'], sizedFields: [] };
/** What the whole schema costs, and one type of it: `@cost` says nothing of introspection, a server has to. */
const INTROSPECTION: Record<string, number> = { __schema: 500, __type: 20 };

/**
 * Works out what an operation of a valid document can cost, as `@cost` and `@listSize` of the schema say: by the rules
 * that federation routers count by, so that their estimate is ours. Every object weighs 1 and every scalar 0 where the
 * schema says nothing else; a list weighs as often as it can be long; a mutation adds 10. A field that is asked for
 * twice in one place is answered once, and counted once.
 */
export function planCost(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): CostPlan {
  const type = schema.getRootType(operation.operation);
  if (!type) return { base: 0, fields: [], fixed: 0 };
  const defaults = new Map(operation.variableDefinitions?.map(its => [its.variable.name.value, its.defaultValue]));
  const planner = new Planner(schema, document, defaults);
  const drafts: Drafts = new Map();
  planner.read(operation.selectionSet, type, undefined, drafts);
  const base = operation.operation === OperationTypeNode.MUTATION ? MUTATION : 0;
  const plan: CostPlan = { base, fields: nodesOf(drafts), fixed: undefined };
  if (!planner.needsVariables) plan.fixed = estimatedCost(plan, {});
  return plan;
}

/** The fields that hold a list whose length the field above them says. */
type Sized = { fields: readonly string[]; size: Length } | undefined;
/** Fields by their name in the answer and their arguments, while a plan is made. */
type Drafts = Map<string, Omit<CostNode, 'children'> & { children: Drafts }>;

/** The fields that cost something, themselves or below. */
function nodesOf(drafts: Drafts): CostNode[] {
  return [...drafts.values()]
    .map(draft => ({ ...draft, children: nodesOf(draft.children) }))
    .filter(({ weight, children }) => weight !== 0 || children.length);
}

const ONE: Length = () => 1;

class Planner {
  /** Whether anything that was read depends on a variable. */
  needsVariables = false;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    private readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
    private readonly defaults: ReadonlyMap<string, ValueNode | undefined>,
  ) {
    const fragments = definitions.filter(its => its.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map(its => [its.name.value, its]));
  }

  read({ selections }: SelectionSetNode, parent: GraphQLNamedType, sized: Sized, into: Drafts): void {
    for (const selection of selections) {
      if (isLeftOut(selection.directives)) continue;
      if (selection.kind === Kind.FIELD) {
        this.#readField(selection, parent, sized, into);
        continue;
      }
      const its = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
      const on = its?.typeCondition ? this.schema.getType(its.typeCondition.name.value) : parent;
      if (its && on) this.read(its.selectionSet, on, sized, into);
    }
  }

  #readField(node: FieldNode, parent: GraphQLNamedType, sized: Sized, into: Drafts): void {
    const name = node.name.value;
    const key = (node.alias ?? node.name).value;
    if (INTROSPECTION[name]) {
      into.set(key, { key, weight: INTROSPECTION[name], instances: ONE, children: new Map() });
      return;
    }
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!field) return;
    const type = getNamedType(field.type);
    const listSize = name === '_entities' ? ENTITIES : listSizeOf(field);
    const size = listSize && lengthOf(listSize, field, node, this.defaults);
    if (size?.needsVariables) this.needsVariables = true;
    const same = `${key}(${node.arguments?.map(print).join()})`;
    let draft = into.get(same);
    if (!draft) {
      const isList = isListType(getNullableType(field.type));
      const instances = !isList ? ONE : sized?.fields.includes(name) ? sized.size : (size?.length ?? ONE);
      const weight = costOf(field) ?? (isCompositeType(type) ? (costOf(type) ?? 1) : 0);
      draft = { key, weight, instances, children: new Map() };
      into.set(same, draft);
    }
    const below = listSize && size ? { fields: listSize.sizedFields, size: size.length } : undefined;
    if (node.selectionSet) this.read(node.selectionSet, type, below, draft.children);
  }
}

/** Whether `@skip` or `@include` leaves a selection out whatever the variables are. */
function isLeftOut(directives: readonly DirectiveNode[] | undefined): boolean {
  for (const { name, arguments: given } of directives ?? []) {
    const value = given?.[0]?.value;
    if (value?.kind !== Kind.BOOLEAN) continue;
    if ((name.value === 'skip' && value.value) || (name.value === 'include' && !value.value)) return true;
  }
  return false;
}
