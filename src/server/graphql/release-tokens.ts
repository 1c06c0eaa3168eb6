import type { ASTNode, DocumentNode, Location } from 'graphql';

/**
 * Removes the tokens of the lexer from a validated document, and counts its nodes. Locations of errors need the offsets
 * only; the chain of tokens is three times as large as the AST.
 *
 * @returns The number of nodes.
 */
export function releaseTokens(document: DocumentNode): number {
  let nodes = 0;
  const visit = (node: ASTNode): void => {
    nodes += 1;
    if (node.loc) Object.assign(node.loc as { -readonly [K in keyof Location]?: Location[K] }, WITHOUT_TOKENS);
    for (const [key, child] of Object.entries(node)) {
      if (key === 'loc' || typeof child !== 'object' || child === null) continue;
      if (Array.isArray(child)) child.forEach(visit);
      else visit(child as ASTNode);
    }
  };
  visit(document);
  return nodes;
}

const WITHOUT_TOKENS = { startToken: undefined, endToken: undefined };
