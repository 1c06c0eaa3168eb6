import {
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isObjectType,
  parse,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql';
import { FieldCollector } from './field-collector.js';
import { type OperationRequest, operationOf, type Variables, variablesOf } from './operation-request.js';

/** Value of a result: a leaf as parsed from JSON, a typed object, or a list of either. */
export type ResultValue = unknown | ResultObject | ResultValue[];

/** Object of a result, with its type and its fields in request order. */
export class ResultObject {
  /**
   * @param type Name of the object type; the interface or union if the result does not determine the type.
   * @param fields Fields in the order of the selection.
   */
  constructor(
    readonly type: string,
    readonly fields: readonly ResultField[],
  ) {}
}

/** Field of an object: response name (alias), schema name, arguments and value. */
export interface ResultField {
  readonly responseName: string;
  readonly fieldName: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Name of the type of the value, without list and non-null wrappers. */
  readonly type: string;
  /** True if the field has no selection set. */
  readonly isLeaf: boolean;
  readonly value: ResultValue;
}

/**
 * Types the data of a result by its request and the schema, so that aliases, fragments and interfaces are resolved.
 * Fields that the schema does not have are omitted.
 */
export function readResult(schema: GraphQLSchema, request: OperationRequest, data: unknown): ResultObject | undefined {
  const document = parse(request.query, { noLocation: true });
  const operation = operationOf(document, request.operationName);
  const type = operation && schema.getRootType(operation.operation);
  if (!operation || !type || !isObjectLike(data)) return undefined;
  return new ResultReader(schema, document, variablesOf(request, operation)).object(
    type,
    [operation.selectionSet],
    data,
  );
}

const isObjectLike = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields that are selected on a type: all but their values, which differ between its objects. */
interface SelectedField extends Omit<ResultField, 'value'> {
  readonly outputType: GraphQLOutputType;
  readonly selections: SelectionSetNode[];
}

class ResultReader {
  private readonly collector: FieldCollector;
  private readonly selected = new Map<SelectionSetNode[], Map<GraphQLObjectType, SelectedField[]>>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Variables,
  ) {
    this.collector = new FieldCollector(schema, document, variables);
  }

  object(
    type: GraphQLObjectType,
    selections: SelectionSetNode[],
    data: Record<string, unknown>,
    typeName = type.name,
  ): ResultObject {
    const entries: ResultField[] = [];
    for (const { outputType, selections: subselections, ...field } of this.fieldsOf(type, selections)) {
      const { responseName } = field;
      if (responseName in data)
        entries.push({ ...field, value: this.value(outputType, subselections, data[responseName]) });
    }
    return new ResultObject(typeName, entries);
  }

  /** Returns the fields of a type, computed once for all objects of a list. */
  private fieldsOf(type: GraphQLObjectType, selections: SelectionSetNode[]): SelectedField[] {
    const byType = this.selected.get(selections) ?? new Map<GraphQLObjectType, SelectedField[]>();
    this.selected.set(selections, byType);
    const fields = byType.get(type) ?? this.select(type, selections);
    byType.set(type, fields);
    return fields;
  }

  private select(type: GraphQLObjectType, selections: SelectionSetNode[]): SelectedField[] {
    return [...this.collector.collect(type, selections)].flatMap(([responseName, nodes]): SelectedField[] => {
      const [node] = nodes as [FieldNode];
      const name = node.name.value;
      const field = name === '__typename' ? TypeNameMetaFieldDef : type.getFields()[name];
      if (!field) return [];
      const subselections = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      const args = getArgumentValues(field, node, this.variables);
      return [
        {
          responseName,
          fieldName: field.name,
          args,
          type: getNamedType(field.type).name,
          isLeaf: subselections.length === 0,
          outputType: field.type,
          selections: subselections,
        },
      ];
    });
  }

  private value(type: GraphQLOutputType, selections: SelectionSetNode[], data: unknown): ResultValue {
    if (Array.isArray(data)) return data.map(member => this.value(type, selections, member));
    if (!isObjectLike(data) || selections.length === 0) return data ?? null;
    const namedType = getNamedType(type);
    if (isObjectType(namedType)) return this.object(namedType, selections, data);
    if (!isAbstractType(namedType)) return data;
    const types = this.schema.getPossibleTypes(namedType);
    const selected = types.find(candidate => this.typenameOf(candidate, selections, data) === candidate.name);
    if (selected) return this.object(selected, selections, data);
    // Without __typename, the type is inferred from the fields that the data has; several types may match.
    const responseNames = Object.keys(data).sort().join();
    const [match, ...alternatives] = types.filter(
      candidate => [...this.collector.collect(candidate, selections).keys()].sort().join() === responseNames,
    );
    return match ? this.object(match, selections, data, alternatives.length > 0 ? namedType.name : match.name) : null;
  }

  private typenameOf(type: GraphQLObjectType, selections: SelectionSetNode[], data: Record<string, unknown>): unknown {
    const typename = this.fieldsOf(type, selections).find(({ fieldName }) => fieldName === '__typename');
    return typename && data[typename.responseName];
  }
}
