import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { checkIntrospection } from './introspection.js';
import { LimitError } from './limit-error.js';
import { checkMerged } from './merged.js';

/** What a document may hold; each is refused by a name of its own. */
export const DOCUMENT_LIMITS = {
  /** Levels of fields. Introspection has a bound of its own, so that every tool can read the schema. */
  depth: 12,
  /** Fields and fragments, counted as often as they are spread. */
  selections: 2_000,
  /** Different fields at the root of an operation. */
  rootFields: 20,
  /** How often a field may stand in one place: each pair of them is compared. */
  repeats: 50,
  aliases: 30,
  directives: 50,
  /** Lists and objects inside each other in a value. */
  nesting: 32,
} as const;

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * Checks how much a document asks for, from its text alone: before it is validated, since that takes long for some that
 * are short. Takes time in proportion to the document's length, also when its fragments would unfold exponentially.
 *
 * @throws LimitError that names the limit, what came and what may; GraphQLError for a fragment that spreads itself and
 * for a text that no database can hold.
 */
export function checkDocument(document: DocumentNode): void {
  const fragments: Fragments = new Map(
    document.definitions.flatMap(its =>
      its.kind === Kind.FRAGMENT_DEFINITION ? [[its.name.value, its] as const] : [],
    ),
  );
  checkParts(document);
  const sizes = new Sizes(fragments);
  const operations = document.definitions.filter(its => its.kind === Kind.OPERATION_DEFINITION);
  for (const { selectionSet } of operations) checkSize(sizes.of(selectionSet));
  // What no operation spreads is compared in validation all the same. How deep it is decides nothing.
  const unused = [...fragments.values()].filter(({ name }) => !sizes.isSpread(name.value));
  for (const { selectionSet } of unused) checkSize({ ...sizes.of(selectionSet), depth: 0 });
  for (const its of operations) checkIntrospection(its.selectionSet, fragments);
  for (const its of [...operations, ...unused]) {
    checkMerged(its.selectionSet, fragments, its.kind === Kind.OPERATION_DEFINITION, DOCUMENT_LIMITS);
  }
}

function checkSize({ depth, selections }: Size): void {
  if (depth > DOCUMENT_LIMITS.depth) {
    const advice = 'Ask for the inner part in a second request, by the ids of the first.';
    throw new LimitError('depth', `The document is ${depth} levels deep`, depth, DOCUMENT_LIMITS.depth, advice);
  }
  if (selections > DOCUMENT_LIMITS.selections) {
    const advice = 'Spread fewer fragments inside fragments, or ask in several requests.';
    const shown = selections > 1e6 ? 'over a million' : `${selections}`;
    const message = `With each fragment in its places the document has ${shown} selections`;
    throw new LimitError('selections', message, Math.min(selections, 1e6), DOCUMENT_LIMITS.selections, advice);
  }
}

interface Size {
  depth: number;
  selections: number;
}

const NOTHING: Size = { depth: 0, selections: 0 };

/** How deep and how many sets of selections are with their fragments; each fragment is measured once. */
class Sizes {
  readonly #known = new Map<string, Size | undefined>();

  constructor(private readonly fragments: Fragments) {}

  isSpread(name: string): boolean {
    return this.#known.has(name);
  }

  of({ selections }: SelectionSetNode): Size {
    const size = { depth: 0, selections: 0 };
    for (const selection of selections) {
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? this.#ofFragment(selection.name.value)
          : selection.selectionSet
            ? this.of(selection.selectionSet)
            : NOTHING;
      const level = selection.kind === Kind.FIELD ? 1 : 0;
      const below = level && selection.kind === Kind.FIELD && selection.name.value.startsWith('__') ? 0 : inner.depth;
      size.depth = Math.max(size.depth, level + below);
      size.selections += 1 + inner.selections;
    }
    return size;
  }

  #ofFragment(name: string): Size {
    const fragment = this.fragments.get(name);
    // Validation says that it is missing.
    if (!fragment) return NOTHING;
    if (!this.#known.has(name)) {
      this.#known.set(name, undefined);
      this.#known.set(name, this.of(fragment.selectionSet));
    }
    const size = this.#known.get(name);
    if (size) return size;
    throw new GraphQLError(`The fragment ${name} spreads itself.`, {
      nodes: fragment,
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  }
}

/** Counts what is counted over the whole document, and looks into every value. */
function checkParts({ definitions }: DocumentNode): void {
  let aliases = 0;
  let directives = 0;
  const readDirectives = (its: readonly (DirectiveNode | ConstDirectiveNode)[] | undefined) => {
    directives += its?.length ?? 0;
    for (const directive of its ?? []) for (const { value } of directive.arguments ?? []) checkValue(value, 1);
  };
  const readSelections = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      readDirectives(selection.directives);
      if (selection.kind === Kind.FIELD) {
        if (selection.alias) aliases += 1;
        for (const { value } of selection.arguments ?? []) checkValue(value, 1);
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) readSelections(selection.selectionSet);
    }
  };
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    readDirectives(definition.directives);
    for (const variable of (definition as OperationDefinitionNode).variableDefinitions ?? []) {
      readDirectives(variable.directives);
      if (variable.defaultValue) checkValue(variable.defaultValue, 1);
    }
    readSelections(definition.selectionSet);
  }
  const { aliases: mostAliases, directives: mostDirectives } = DOCUMENT_LIMITS;
  if (aliases > mostAliases) {
    const advice = 'Use nodes(ids:) or a filter in place of one field many times.';
    throw new LimitError('aliases', `The document has ${aliases} aliases`, aliases, mostAliases, advice);
  }
  if (directives > mostDirectives) {
    const advice = 'Leave out what you do not want.';
    throw new LimitError('directives', `The document has ${directives} directives`, directives, mostDirectives, advice);
  }
}

function checkValue(value: ValueNode, level: number): void {
  if (value.kind === Kind.STRING && value.value.includes('\0')) {
    throw new GraphQLError('A text may not hold the character NUL (U+0000); leave it out.', {
      nodes: value,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
  if (value.kind !== Kind.LIST && value.kind !== Kind.OBJECT) return;
  if (level > DOCUMENT_LIMITS.nesting) {
    const message = `A value is nested deeper than ${DOCUMENT_LIMITS.nesting} levels`;
    throw new LimitError('nesting', message, level, DOCUMENT_LIMITS.nesting, 'Write it flatter.');
  }
  if (value.kind === Kind.LIST) for (const item of value.values) checkValue(item, level + 1);
  else for (const field of value.fields) checkValue(field.value, level + 1);
}
