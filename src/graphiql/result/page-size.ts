import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type VariableDefinitionNode,
} from 'graphql';
import { type OperationRequest, operationOf, responseNameOf } from './operation-request.js';

/** Page of a list that names no size. */
const DEFAULT_SIZE = 20;

/** List at the root of a query, whose page can be made smaller. */
export interface RootList {
  readonly responseName: string;
  readonly size: number;
  /** Returns the query with another page size. */
  readonly sized: (size: number) => string;
}

const selects = ({ selectionSet }: FieldNode, name: string): boolean =>
  selectionSet?.selections.some(member => member.kind === Kind.FIELD && member.name.value === name) ?? false;

/** Returns the lists at the root of an operation that select `nodes` or `edges`. */
export function listFields(operation: OperationDefinitionNode | undefined): FieldNode[] {
  const fields = (operation?.selectionSet.selections ?? []).filter(member => member.kind === Kind.FIELD);
  return fields.filter(field => selects(field, 'nodes') || selects(field, 'edges'));
}

/** Returns a document in which one field of an operation is another one, with the variables that this one needs. */
export function withField(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  field: FieldNode,
  other: FieldNode,
  variables: readonly VariableDefinitionNode[] = [],
): DocumentNode {
  const selections = operation.selectionSet.selections.map(member => (member === field ? other : member));
  const variableDefinitions = [...(operation.variableDefinitions ?? []), ...variables];
  const changed = { ...operation, variableDefinitions, selectionSet: { ...operation.selectionSet, selections } };
  return { ...document, definitions: document.definitions.map(member => (member === operation ? changed : member)) };
}

/** Returns the argument `first` of a list; undefined if it is a variable, or if the list is read from its end. */
export function pageSizeOf({ arguments: args = [] }: FieldNode): number | undefined {
  const first = args.find(({ name }) => name.value === 'first');
  if (!first) return args.some(({ name }) => name.value === 'last') ? undefined : DEFAULT_SIZE;
  return first.value.kind === Kind.INT ? Number(first.value.value) : undefined;
}

/** Returns the first list at the root of a query whose page can be made smaller; undefined if there is none. */
export function rootList({ query, operationName }: OperationRequest): RootList | undefined {
  const document = parse(query, { noLocation: true });
  const operation = operationOf(document, operationName);
  const field = listFields(operation).find(list => pageSizeOf(list) !== undefined);
  if (!operation || !field) return undefined;
  const others = (field.arguments ?? []).filter(({ name }) => name.value !== 'first');
  const sized = (size: number): FieldNode => ({
    ...field,
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: 'first' },
        value: { kind: Kind.INT, value: String(size) },
      },
      ...others,
    ],
  });
  return {
    responseName: responseNameOf(field),
    size: pageSizeOf(field) ?? DEFAULT_SIZE,
    sized: size => print(withField(document, operation, field, sized(size))),
  };
}

/**
 * Returns the largest page whose cost is within the maximum: the cost of a list is that of a record for each record, and
 * the rest. Undefined if one record is too many.
 *
 * @param cost Cost with `size` records.
 * @param less Cost with one record less.
 */
export function largestPage(size: number, cost: number, less: number, maximum: number): number | undefined {
  const perRecord = cost - less;
  if (perRecord <= 0) return undefined;
  const count = Math.floor((maximum - (cost - perRecord * size)) / perRecord);
  return count >= 1 ? Math.min(count, size - 1) : undefined;
}
