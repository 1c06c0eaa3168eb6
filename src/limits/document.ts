import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import { ClientError } from '../graph/errors.js';
import { message } from '../messages/message.js';
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
    const maximum = DOCUMENT_LIMITS.depth;
    throw new LimitError('depth', message('DOCUMENT_TOO_DEEP', { value: depth, maximum }), depth, maximum);
  }
  if (selections > DOCUMENT_LIMITS.selections) {
    const maximum = DOCUMENT_LIMITS.selections;
    const problem =
      selections > 1e6
        ? message('MILLIONS_OF_SELECTIONS', { maximum })
        : message('TOO_MANY_SELECTIONS', { value: selections, maximum });
    throw new LimitError('selections', problem, Math.min(selections, 1e6), maximum);
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
    const problem = message('FRAGMENT_CYCLE', { name });
    throw new ClientError('GRAPHQL_VALIDATION_FAILED', problem, {}, { nodes: fragment });
  }
}
