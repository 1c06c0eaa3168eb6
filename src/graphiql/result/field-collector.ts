import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { responseNameOf, type Variables } from './operation-request.js';

/** Collects the fields that a document selects with these values of its variables. */
export class FieldCollector {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Variables,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
    }
  }

  /** Returns the fields selected on an object type, by response name. Follows fragments whose type condition applies. */
  collect(type: GraphQLObjectType, selections: SelectionSetNode[], collected = new Map<string, FieldNode[]>()) {
    for (const selection of selections.flatMap(set => set.selections)) {
      if (this.isLeftOut(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = responseNameOf(selection);
        collected.set(key, [...(collected.get(key) ?? []), selection]);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
      const typeCondition = fragment?.typeCondition?.name.value;
      if (fragment && (!typeCondition || this.conditionApplies(type, typeCondition)))
        this.collect(type, [fragment.selectionSet], collected);
    }
    return collected;
  }

  /** Tells if `@skip` or `@include` leaves a selection out. */
  private isLeftOut({ directives = [] }: SelectionNode): boolean {
    return directives.some(({ name, arguments: [condition] = [] }) => {
      const value = condition && valueFromASTUntyped(condition.value, this.variables);
      return name.value === 'skip' ? value === true : name.value === 'include' && value === false;
    });
  }

  private conditionApplies(type: GraphQLObjectType, condition: string): boolean {
    const conditionType = this.schema.getType(condition);
    return conditionType === type || (isAbstractType(conditionType) && this.schema.isSubType(conditionType, type));
  }
}
