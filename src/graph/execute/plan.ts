import type {
  FieldNode,
  GraphQLAbstractType,
  GraphQLField,
  GraphQLFieldResolver,
  GraphQLLeafType,
  GraphQLObjectType,
} from 'graphql';

/** The selected fields of objects of one type, in the order of the response. */
export interface ObjectPlan {
  type: GraphQLObjectType;
  fields: readonly FieldPlan[];
}

/** A selected field, with everything about it that does not depend on the object. */
export interface FieldPlan {
  /** The key in the response: the alias, or the name. */
  responseName: string;
  fieldNodes: readonly FieldNode[];
  parent: GraphQLObjectType;
  fieldDefinition: GraphQLField<unknown, unknown>;
  resolve: GraphQLFieldResolver<unknown, unknown> | undefined;
  /** `false` if the resolver never reads its `info` (see `withoutInfo`). */
  takesInfo: boolean;
  type: TypePlan;
  /** Returns the arguments, as the same object in every run; `undefined` if they contain a variable that the plan does not. */
  constantArguments: (() => Record<string, unknown>) | undefined;
  /** True if its value may contain a `JsonList` in place of a list. */
  takesJsonLists: boolean;
}

interface TypePlanBase {
  nullable: boolean;
  /** The type without its non-null mark, such as `[Partnership!]`. */
  name: string;
  /** The selection on the value, or on the items of a list; `undefined` for leaves. */
  selection: Selection | undefined;
}

/** The completion of a value, by kind of its type: `text` is a leaf whose strings need no serialising. */
export type TypePlan = TypePlanBase &
  (
    | { kind: 'text' | 'leaf'; type: GraphQLLeafType }
    | { kind: 'list'; item: TypePlan }
    | { kind: 'object'; type: GraphQLObjectType; plan: () => ObjectPlan }
    | {
        kind: 'abstract';
        type: GraphQLAbstractType;
        /** `false` if its `resolveType` never reads its `info`. */
        takesInfo: boolean;
        /** Returns the plan of a possible type by its name. */
        planOf: (typeName: string) => ObjectPlan | undefined;
      }
  );

/** The selection on a value: the fields of an object, or those of each possible type of an interface or a union. */
export class Selection {
  readonly #plans: () => readonly ObjectPlan[];
  #fields: Map<string, SelectedField> | undefined;

  constructor(plans: () => readonly ObjectPlan[]) {
    this.#plans = plans;
  }

  /** The selected fields by name. A field that is selected under several aliases, or on several types, is one entry. */
  get fields(): ReadonlyMap<string, SelectedField> {
    if (!this.#fields) {
      this.#fields = new Map();
      for (const plan of this.#plans().flatMap(({ fields }) => fields)) {
        const { fieldDefinition } = plan;
        const field = this.#fields.get(fieldDefinition.name);
        if (field) field.plans.push(plan);
        else this.#fields.set(fieldDefinition.name, { definition: fieldDefinition, plans: [plan] });
      }
    }
    return this.#fields;
  }

  /** Returns the selection on the values of a field, over all places where it is selected. */
  child(field: string): Selection | undefined {
    return Selection.merge(...(this.fields.get(field)?.plans.map(({ type }) => type.selection) ?? []));
  }

  /** Returns the selection on values of these types only. */
  ofTypes(names: ReadonlySet<string>): Selection {
    return new Selection(() => this.#plans().filter(({ type }) => names.has(type.name)));
  }

  /** Returns a selection of all fields of several selections; `undefined` if there are none. */
  static merge(...selections: (Selection | undefined)[]): Selection | undefined {
    const defined = selections.filter(selection => selection !== undefined);
    return defined.length > 1 ? new Selection(() => defined.flatMap(selection => selection.#plans())) : defined[0];
  }
}

export interface SelectedField {
  definition: GraphQLField<unknown, unknown>;
  /** Each place where it is selected. */
  plans: FieldPlan[];
}

/** The key of the method of `SelectionAware`. */
export const withSelection = Symbol('withSelection');

/** A value that needs its selection before it is read, such as a list or a record that is yet to be loaded. */
export interface SelectionAware {
  /**
   * Called by the executor when a resolver returned this value, once per field, with the selection on it. The result
   * takes the place of the value; a throw becomes the error of the field.
   */
  [withSelection](selection: Selection): unknown;
}
