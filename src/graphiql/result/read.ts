import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql';
import { operationOf, type Question, type Variables, variablesOf } from './question.js';

/** A leaf as JSON has it, an object with what the question says of its fields, or a list of either. */
export type Value = unknown | Item | Value[];

/** One object of an answer. */
export class Item {
  /**
   * @param type The name of its type; that of the interface or union where the answer does not tell which it is.
   * @param entries Its fields, in the order of the question.
   */
  constructor(
    readonly type: string,
    readonly entries: readonly Entry[],
  ) {}
}

/** One field of an object: what the answer calls it, what the schema calls it, and its value. */
export interface Entry {
  readonly key: string;
  readonly field: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** The name of the type of the value, without list and non-null. */
  readonly type: string;
  /** Whether the value is one that nothing can be selected of. */
  readonly leaf: boolean;
  readonly value: Value;
}

/**
 * Reads an answer with its question beside it, so that aliases, fragments and interfaces no longer hide what a value
 * is. Whatever the schema does not know is left out.
 */
export function readAnswer(schema: GraphQLSchema, question: Question, data: unknown): Item | undefined {
  const document = parse(question.query, { noLocation: true });
  const operation = operationOf(document, question.operationName);
  const type = operation && schema.getRootType(operation.operation);
  if (!operation || !type || !isRecord(data)) return undefined;
  return new Reader(schema, document, variablesOf(question, operation)).item(type, [operation.selectionSet], data);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

class Reader {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Variables,
  ) {
    for (const one of document.definitions) {
      if (one.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(one.name.value, one);
    }
  }

  item(
    type: GraphQLObjectType,
    selections: SelectionSetNode[],
    data: Record<string, unknown>,
    called = type.name,
  ): Item {
    const entries: Entry[] = [];
    for (const [key, nodes] of this.fieldsOf(type, selections)) {
      const [node] = nodes as [FieldNode];
      const name = node.name.value;
      const field = name === '__typename' ? TypeNameMetaFieldDef : type.getFields()[name];
      if (!field || !(key in data)) continue;
      const below = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      entries.push({
        key,
        field: field.name,
        args: getArgumentValues(field, node, this.variables),
        type: getNamedType(field.type).name,
        leaf: below.length === 0,
        value: this.value(field.type, below, data[key]),
      });
    }
    return new Item(called, entries);
  }

  private value(type: GraphQLOutputType, selections: SelectionSetNode[], data: unknown): Value {
    if (Array.isArray(data)) return data.map(one => this.value(type, selections, one));
    if (!isRecord(data) || selections.length === 0) return data ?? null;
    const named = getNamedType(type);
    if (isObjectType(named)) return this.item(named, selections, data);
    if (!isAbstractType(named)) return data;
    // Without __typename the fields that came tell the type, or leave more than one.
    const keys = Object.keys(data).sort().join();
    const possible = this.schema
      .getPossibleTypes(named)
      .filter(one => [...this.fieldsOf(one, selections).keys()].sort().join() === keys);
    const said = possible.filter(one => this.typenameOf(one, selections, data) === one.name);
    const [type0, ...others] = said.length > 0 ? said : possible;
    return type0 ? this.item(type0, selections, data, others.length > 0 ? named.name : type0.name) : null;
  }

  private typenameOf(type: GraphQLObjectType, selections: SelectionSetNode[], data: Record<string, unknown>): unknown {
    for (const [key, [node]] of this.fieldsOf(type, selections))
      if (node?.name.value === '__typename') return data[key];
    return undefined;
  }

  /** What is selected of an object of this type, by the name it has in the answer. */
  private fieldsOf(type: GraphQLObjectType, selections: SelectionSetNode[], into = new Map<string, FieldNode[]>()) {
    for (const selection of selections.flatMap(set => set.selections)) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        into.set(key, [...(into.get(key) ?? []), selection]);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
      const on = fragment?.typeCondition?.name.value;
      if (fragment && (!on || this.holds(type, on))) this.fieldsOf(type, [fragment.selectionSet], into);
    }
    return into;
  }

  private holds(type: GraphQLObjectType, condition: string): boolean {
    const on = this.schema.getType(condition);
    return on === type || (isAbstractType(on) && this.schema.isSubType(on, type));
  }
}
