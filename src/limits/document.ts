import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, Kind, type SelectionSetNode } from 'graphql';
import type { ErrorCode } from '../graph/errors.js';
import { checkAliasesAndDirectives } from './alias-and-directive-limits.js';
import { DOCUMENT_LIMITS } from './document-limits.js';
import { checkIntrospection } from './introspection.js';
import { LimitError } from './limit-error.js';
import { checkFieldRepetition } from './merged-fields.js';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * Checks the size of a document against {@link DOCUMENT_LIMITS}, without the schema. Runs before validation, because
 * validation takes seconds for some short documents. Takes time linear in the length of the document, even if its
 * fragments would expand exponentially.
 *
 * @throws LimitError with the limit, the value and the maximum; GraphQLError for a fragment cycle and for a string that
 * the database cannot store.
 */
export function checkDocument(document: DocumentNode): void {
  const fragments: Fragments = new Map(
    document.definitions.flatMap(definition =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  checkAliasesAndDirectives(document);
  const sizes = new SelectionSizes(fragments);
  const operations = document.definitions.filter(definition => definition.kind === Kind.OPERATION_DEFINITION);
  for (const { selectionSet } of operations) checkSize(sizes.of(selectionSet));
  // Validation also compares the fields of fragments that no operation spreads. Their depth costs nothing.
  const unused = [...fragments.values()].filter(({ name }) => !sizes.isSpread(name.value));
  for (const { selectionSet } of unused) checkSize({ ...sizes.of(selectionSet), depth: 0 });
  for (const { selectionSet } of operations) checkIntrospection(selectionSet, fragments);
  for (const { kind, selectionSet } of [...operations, ...unused]) {
    checkFieldRepetition(selectionSet, fragments, kind === Kind.OPERATION_DEFINITION, DOCUMENT_LIMITS);
  }
}

function checkSize({ depth, selections }: Size): void {
  if (depth > DOCUMENT_LIMITS.depth) {
    const advice = 'Query the inner part in a second request, by the ids of the first.';
    throw new LimitError('depth', `The document is ${depth} levels deep`, depth, DOCUMENT_LIMITS.depth, advice);
  }
  if (selections > DOCUMENT_LIMITS.selections) {
    const advice = 'Spread fewer fragments inside fragments, or send several requests.';
    const count = selections > 1e6 ? 'over a million' : `${selections}`;
    const message = `With its fragments expanded, the document has ${count} selections`;
    throw new LimitError('selections', message, Math.min(selections, 1e6), DOCUMENT_LIMITS.selections, advice);
  }
}

interface Size {
  depth: number;
  selections: number;
}

const EMPTY_SIZE: Size = { depth: 0, selections: 0 };

/** Measures selection sets with their fragments expanded. Each fragment is measured once. */
class SelectionSizes {
  /** Sizes by fragment name; `undefined` while the fragment is being measured. */
  readonly #fragmentSizes = new Map<string, Size | undefined>();

  constructor(private readonly fragments: Fragments) {}

  isSpread(name: string): boolean {
    return this.#fragmentSizes.has(name);
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
      const isIntrospection = selection.kind === Kind.FIELD && selection.name.value.startsWith('__');
      size.depth = Math.max(size.depth, level + (isIntrospection ? 0 : inner.depth));
      size.selections += 1 + inner.selections;
    }
    return size;
  }

  #ofFragment(name: string): Size {
    const fragment = this.fragments.get(name);
    // Validation reports the undefined fragment.
    if (!fragment) return EMPTY_SIZE;
    if (!this.#fragmentSizes.has(name)) {
      this.#fragmentSizes.set(name, undefined);
      this.#fragmentSizes.set(name, this.of(fragment.selectionSet));
    }
    const size = this.#fragmentSizes.get(name);
    if (size) return size;
    throw new GraphQLError(`The fragment ${name} spreads itself.`, {
      nodes: fragment,
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' satisfies ErrorCode },
    });
  }
}
