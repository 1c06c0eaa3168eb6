import { type ArgumentNode, type DirectiveNode, Kind, type OperationDefinitionNode, type ValueNode } from 'graphql';

/**
 * The variables of an operation whose values a plan is made for: those in `@skip` and `@include` decide its fields, and those
 * that are the argument `language` of a field decide what it reads of a text (see `ReadsOneLanguage`).
 */
export class DecidingVariables {
  readonly skipInclude = new Set<string>();
  readonly language = new Set<string>();
  readonly #declared: ReadonlySet<string>;

  /** @param operation One of those of the document. Variables of the others are left out. */
  constructor({ variableDefinitions = [] }: OperationDefinitionNode) {
    this.#declared = new Set(variableDefinitions.map(({ variable }) => variable.name.value));
  }

  addDirective({ name, arguments: args = [] }: DirectiveNode): void {
    if (name.value !== 'skip' && name.value !== 'include') return;
    for (const { value } of args) this.#add(this.skipInclude, value);
  }

  addArgument({ name, value }: ArgumentNode): void {
    if (name.value === 'language') this.#add(this.language, value);
  }

  #add(names: Set<string>, value: ValueNode): void {
    if (value.kind === Kind.VARIABLE && this.#declared.has(value.name.value)) names.add(value.name.value);
  }
}
