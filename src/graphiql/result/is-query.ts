import { type DocumentNode, OperationTypeNode, parse } from 'graphql';
import { operationOf } from './operation-request.js';

/** Tells if an operation is a query, the only kind that can run at a past moment. */
export const isReading = (document: DocumentNode, operationName: string | undefined): boolean =>
  (operationOf(document, operationName)?.operation ?? OperationTypeNode.QUERY) === OperationTypeNode.QUERY;

/** Tells if a text is a query, the only kind that is run without being asked to: by a link, a form, or another language. */
export function isQuery(query: string, operationName: string | undefined): boolean {
  try {
    return isReading(parse(query, { noLocation: true }), operationName);
  } catch {
    return false;
  }
}
