import { type ASTNode, BREAK, type DocumentNode, Kind, type OperationDefinitionNode, visit } from 'graphql';

/**
 * Returns the place where an operation uses a variable first, as a path from the argument on: `["input"]` for
 * `input: $input`, `["filter", "startedOn", "from"]` for a variable in a literal. The name of the variable if it is not
 * used.
 */
export function argumentPath(
  { definitions }: DocumentNode,
  operation: OperationDefinitionNode,
  variable: string,
): readonly string[] {
  const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  for (const definition of [operation, ...fragments]) {
    const path = pathIn(definition, variable);
    if (path) return path;
  }
  return [variable];
}

function pathIn(definition: ASTNode, variable: string): string[] | undefined {
  let result: string[] | undefined;
  visit(definition, {
    Variable({ name }, key, parent, _path, ancestors) {
      if (name.value !== variable) return undefined;
      // The ancestors that graphql-js passes end before the parent.
      const path = pathOf(key, parent ? [...ancestors, parent] : ancestors);
      // Its definition is in no argument.
      if (path.length === 0) return undefined;
      result = path;
      return BREAK;
    },
  });
  return result;
}

/** Returns the path from the argument to a node: names of arguments and fields, and places in lists. */
function pathOf(key: string | number | undefined, ancestors: readonly (ASTNode | readonly ASTNode[])[]): string[] {
  const path: string[] = [];
  for (const [depth, ancestor] of ancestors.entries()) {
    if (!('kind' in ancestor)) continue;
    if (ancestor.kind === Kind.ARGUMENT || ancestor.kind === Kind.OBJECT_FIELD) path.push(ancestor.name.value);
    if (ancestor.kind !== Kind.LIST) continue;
    const values = ancestors[depth + 1] as readonly ASTNode[];
    const next = ancestors[depth + 2];
    path.push(String(next ? values.indexOf(next as ASTNode) : key));
  }
  return path;
}
