import type { GraphQLField } from 'graphql';
import type { FieldPlan, ObjectPlan } from './plan.js';

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
        const { definition } = plan;
        const known = this.#fields.get(definition.name);
        if (known) known.plans.push(plan);
        else this.#fields.set(definition.name, { definition, plans: [plan] });
      }
    }
    return this.#fields;
  }

  /** What is asked of the values of one field, wherever it is selected. */
  below(field: string): Selection | undefined {
    return Selection.of(...(this.fields.get(field)?.plans.map(({ type }) => type.selection) ?? []));
  }

  /** All that several selections ask for; undefined when there are none. */
  static of(...selections: (Selection | undefined)[]): Selection | undefined {
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
export const select = Symbol('select');

/** A value that is better off when it knows what is asked of it before it is read. */
export interface Selectable {
  [select](selection: Selection): unknown;
}
