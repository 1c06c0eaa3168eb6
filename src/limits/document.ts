import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, Kind, type SelectionSetNode } from 'graphql';
import { checkAliasesAndDirectives } from './alias-and-directive-limits.js';
import { DOCUMENT_LIMITS } from './document-limits.js';
import { checkIntrospection } from './introspection.js';
import { LimitError } from './limit-error.js';
import { checkFieldRepetition } from './merged-fields.js';

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
  checkAliasesAndDirectives(document);
  const sizes = new Sizes(fragments);
  const operations = document.definitions.filter(its => its.kind === Kind.OPERATION_DEFINITION);
  for (const { selectionSet } of operations) checkSize(sizes.of(selectionSet));
  // What no operation spreads is compared in validation all the same. How deep it is decides nothing.
  const unused = [...fragments.values()].filter(({ name }) => !sizes.isSpread(name.value));
  for (const { selectionSet } of unused) checkSize({ ...sizes.of(selectionSet), depth: 0 });
  for (const its of operations) checkIntrospection(its.selectionSet, fragments);
  for (const its of [...operations, ...unused]) {
    checkFieldRepetition(its.selectionSet, fragments, its.kind === Kind.OPERATION_DEFINITION, DOCUMENT_LIMITS);
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

const EMPTY_SIZE: Size = { depth: 0, selections: 0 };

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
            : EMPTY_SIZE;
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
    if (!fragment) return EMPTY_SIZE;
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
