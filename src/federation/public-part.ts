import { type ASTNode, type DefinitionNode, type DocumentNode, valueFromASTUntyped, visit } from 'graphql';

/** Directives that Apollo Gateway refuses. The server checks scopes in any case. */
const SCOPE_DIRECTIVES: ReadonlySet<string> = new Set(['authenticated', 'requiresScopes']);

/**
 * Returns the part of a subgraph that reads: without the types with the tag `partner`, which only mutations use, and without
 * the directives of scopes.
 */
export function publicPart(subgraph: DocumentNode): DocumentNode {
  const definitions = subgraph.definitions.filter(definition => !tagsOf(definition).includes('partner'));
  return visit(
    { ...subgraph, definitions },
    {
      Directive: { enter: ({ name }) => (SCOPE_DIRECTIVES.has(name.value) ? null : undefined) },
      // The list of imports of `@link`.
      StringValue: (node, _key, _parent, _path, ancestors) =>
        SCOPE_DIRECTIVES.has(node.value.replace('@', '')) && isImport(ancestors) ? null : undefined,
    },
  );
}

const isImport = (ancestors: readonly (ASTNode | readonly ASTNode[])[]): boolean =>
  ancestors.some(node => 'kind' in node && node.kind === 'Argument' && node.name.value === 'import');

function tagsOf(definition: DefinitionNode): unknown[] {
  const directives = 'directives' in definition ? (definition.directives ?? []) : [];
  return directives
    .filter(({ name }) => name.value === 'tag')
    .flatMap(directive => (directive.arguments ?? []).map(({ value }) => valueFromASTUntyped(value)));
}
