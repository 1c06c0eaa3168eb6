import type {
  FieldNode,
  GraphQLAbstractType,
  GraphQLField,
  GraphQLFieldResolver,
  GraphQLLeafType,
  GraphQLObjectType,
} from 'graphql';

/** The fields that an operation asks of objects of one type. */
export interface ObjectPlan {
  type: GraphQLObjectType;
  fields: readonly FieldPlan[];
}

/** One field of a selection, with everything about it that does not depend on the object. */
export interface FieldPlan {
  /** What it is called in the result. */
  responseName: string;
  fieldNodes: readonly FieldNode[];
  parent: GraphQLObjectType;
  fieldDefinition: GraphQLField<unknown, unknown>;
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

/**
 * What an operation asks of a value: of an object the fields of its type, of an interface or a union those of each type
 * it may turn out to be.
 */
export class Selection {
  readonly #plans: () => readonly ObjectPlan[];
  #fields: Map<string, SelectedField> | undefined;

  constructor(plans: () => readonly ObjectPlan[]) {
    this.#plans = plans;
  }

  /** The selected fields by name; one that is selected under several names stands once, with all that is below. */
  get fields(): ReadonlyMap<string, SelectedField> {
    if (!this.#fields) {
      this.#fields = new Map();
      for (const plan of this.#plans().flatMap(({ fields }) => fields)) {
        const { fieldDefinition } = plan;
        const known = this.#fields.get(fieldDefinition.name);
        if (known) known.plans.push(plan);
        else this.#fields.set(fieldDefinition.name, { definition: fieldDefinition, plans: [plan] });
      }
    }
    return this.#fields;
  }

  /** What is asked of the values of one field, wherever it is selected. */
  child(field: string): Selection | undefined {
    return Selection.merge(...(this.fields.get(field)?.plans.map(({ type }) => type.selection) ?? []));
  }

  /** All that several selections ask for; undefined when there are none. */
  static merge(...selections: (Selection | undefined)[]): Selection | undefined {
    const its = selections.filter(one => one !== undefined);
    return its.length > 1 ? new Selection(() => its.flatMap(one => one.#plans())) : its[0];
  }
}

export interface SelectedField {
  definition: GraphQLField<unknown, unknown>;
  /** Each place where it is selected. */
  plans: FieldPlan[];
}

/** The method by which a value that a resolver gives is told what is asked of it; its answer goes on in its place. */
export const withSelection = Symbol('select');

/** A value that is better off when it knows what is asked of it before it is read. */
export interface SelectionAware {
  [withSelection](selection: Selection): unknown;
}
