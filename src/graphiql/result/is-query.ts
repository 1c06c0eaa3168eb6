import { OperationTypeNode, parse } from 'graphql';
import { operationOf } from './operation-request.js';

/** Tells if an operation is a query, the only kind that is run without being asked to: by a link, a form, or another language. */
export function isQuery(query: string, operationName: string | undefined): boolean {
  try {
    const operation = operationOf(parse(query, { noLocation: true }), operationName);
    return (operation?.operation ?? OperationTypeNode.QUERY) === OperationTypeNode.QUERY;
  } catch {
    return false;
  }
}
