import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type ObjectValueNode,
  parse,
  print,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { BUILT_LISTS, type BuiltQuestion, type Condition, LIST_OF_GROUPS } from './built-question.js';

/** Reads a question that the builder can show; undefined for a query that has more in it, or that cannot be parsed. */
export function readQuestion(query: string): BuiltQuestion | undefined {
  let document: DocumentNode;
  try {
    document = parse(query, { noLocation: true });
  } catch {
    return undefined;
  }
  const [operation, ...others] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operation.operation !== 'query' || others.length > 0)
    return undefined;
  const [field, ...fields] = operation.selectionSet.selections;
  if (operation.variableDefinitions?.length || field?.kind !== Kind.FIELD || fields.length > 0) return undefined;
  const [, title = ''] = /^# (.+)$/m.exec(query) ?? [];
  const list = LIST_OF_GROUPS.get(field.name.value) ?? field.name.value;
  const isGroups = list !== field.name.value;
  if (!Object.hasOwn(BUILT_LISTS, list) || field.alias || field.directives?.length) return undefined;
  const args = argumentsIn(field.arguments ?? [], isGroups);
  const columns = isGroups ? [] : columnsOf(field);
  return args && columns && { title, list, columns, ...args };
}

type Arguments = Pick<BuiltQuestion, 'by' | 'conditions' | 'order' | 'first'>;

function argumentsIn(args: readonly ArgumentNode[], isGroups: boolean): Arguments | undefined {
  let read: Arguments = { by: [], conditions: [], order: undefined, first: undefined };
  for (const { name, value } of args) {
    if (name.value === 'first' && value.kind === Kind.INT && !isGroups) read = { ...read, first: Number(value.value) };
    else if (name.value === 'by' && value.kind === Kind.LIST && value.values.every(({ kind }) => kind === Kind.ENUM))
      read = { ...read, by: value.values.map(print) };
    else if (name.value === 'filter' && value.kind === Kind.OBJECT) {
      const conditions = conditionsIn(value);
      if (!conditions) return undefined;
      read = { ...read, conditions };
    } else if (name.value === 'orderBy') {
      const order = orderIn(value.kind === Kind.LIST && value.values.length === 1 ? value.values[0] : value);
      if (!order) return undefined;
      read = { ...read, order };
    } else return undefined;
  }
  return read;
}

function orderIn(value: ValueNode | undefined): BuiltQuestion['order'] {
  if (value?.kind !== Kind.OBJECT) return undefined;
  const members = new Map(value.fields.map(member => [member.name.value, print(member.value)]));
  const field = members.get('field');
  const direction = members.get('direction') ?? 'ASC';
  const isKnown = [...members.keys()].every(name => name === 'field' || name === 'direction');
  return field && isKnown ? { field, isDescending: direction === 'DESC' } : undefined;
}

const hasVariable = (value: ValueNode): boolean =>
  value.kind === Kind.VARIABLE || (value.kind === Kind.LIST && value.values.some(hasVariable));

function conditionsIn(value: ObjectValueNode, path: readonly string[] = []): Condition[] | undefined {
  const conditions: Condition[] = [];
  for (const { name, value: member } of value.fields) {
    const place = [...path, name.value];
    if (member.kind === Kind.OBJECT) {
      const inner = conditionsIn(member, place);
      if (!inner) return undefined;
      conditions.push(...inner);
    } else if (hasVariable(member) || /^(?:and|or|not)$/.test(name.value)) return undefined;
    else conditions.push({ path: place, literal: print(member) });
  }
  return conditions;
}

/** Returns the paths of the fields that a list shows; undefined if it has more than `totalCount` and plain `nodes`. */
function columnsOf({ selectionSet }: FieldNode): string[] | undefined {
  const members = selectionSet?.selections ?? [];
  if (members.some(member => member.kind !== Kind.FIELD || !/^(?:totalCount|nodes)$/.test(member.name.value)))
    return undefined;
  const nodes = members.find(member => member.kind === Kind.FIELD && member.name.value === 'nodes');
  return nodes?.kind === Kind.FIELD && nodes.selectionSet ? pathsIn(nodes.selectionSet) : undefined;
}

function pathsIn({ selections }: SelectionSetNode, prefix = ''): string[] | undefined {
  const paths: string[] = [];
  for (const member of selections) {
    if (member.kind !== Kind.FIELD || member.alias || member.arguments?.length || member.directives?.length)
      return undefined;
    const path = prefix + member.name.value;
    const inner = member.selectionSet ? pathsIn(member.selectionSet, `${path}.`) : [path];
    if (!inner) return undefined;
    paths.push(...inner);
  }
  return paths;
}
